//! How the link of a relay on an App Platform stands.

use js_sys::Object;
use kit::js::from_js;
use serde::Deserialize;
use wasm_bindgen::JsValue;

/// A relay, and how its link stands. What the form itself has no use for stays as it came, for a page of the second module.
#[derive(Clone, Debug)]
pub struct Relay {
    /// What it says of itself.
    of_itself: JsValue,
    /// The same, with what it says of its link.
    pub told: JsValue,
    /// What of that the form needs.
    pub link: Link,
}

/// How a link stands.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Link {
    /// The protocol of the relay; the service itself says nothing here.
    relay: Option<f64>,
    /// `up`, or why not.
    #[serde(rename = "link")]
    pub stands: String,
    /// The address of the service that the relay was given.
    pub url: Option<String>,
}

impl Relay {
    /// What has answered `GetRelay`, if it was a relay and not the service itself.
    pub fn found(answer: JsValue) -> Option<Self> {
        let link: Link = from_js(answer.clone()).ok()?;
        link.relay.is_some().then(|| Self { of_itself: answer.clone(), told: answer, link })
    }

    /// Takes over what it says of its link; of itself it speaks only once.
    pub fn update(&mut self, said: JsValue) {
        let told = Object::assign(&Object::new(), &Object::from(self.of_itself.clone()));
        self.told = Object::assign(&told, &Object::from(said.clone())).into();
        self.link = from_js(said).unwrap_or_default();
    }
}
