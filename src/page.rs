//! A page of the second module, and what the form does for it.

use js_sys::Function;
use serde_json::Value as Json;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::connection::{Connection, Message};
use crate::json;

/// The message that is for the form itself: its items become unsaved input.
const TAKE: &str = "take";
/// The message of the loader that the module of the page has panicked.
const DIED: &str = "died";

#[wasm_bindgen]
extern "C" {
    /// A page that is shown.
    #[derive(Clone)]
    pub type Page;

    /// Hands over what the form shows now.
    #[wasm_bindgen(method)]
    pub fn update(this: &Page, state: &JsValue) -> JsValue;

    /// Takes it out.
    #[wasm_bindgen(method)]
    pub fn close(this: &Page);
}

/// What the form does for a page, as long as this lives.
pub struct Services(Closure<dyn Fn(String, JsValue, Function)>);

impl Services {
    /// Requests go through `connection`, and their replies, null where there is none, to the function that comes with
    /// them. Items that the page hands over go to `take`. `died` is called when the module of the page has panicked.
    pub fn new(connection: Connection, take: impl Fn(&Message) + 'static, died: impl Fn() + 'static) -> Self {
        Self(Closure::new(move |message: String, body: JsValue, answer: Function| {
            if message == DIED {
                return died();
            }
            let connection = connection.clone();
            let body = json::from_js_object(&body).unwrap_or_default();
            let is_taken = message == TAKE;
            if is_taken {
                take(&body);
            }
            spawn_local(async move {
                let reply = if is_taken { Some(body) } else { connection.request(&message, body).await.ok() };
                let reply = reply.map_or(JsValue::NULL, |reply| json::to_js(&Json::Object(reply)));
                // It settles a promise, which cannot fail.
                let _ = answer.call1(&JsValue::NULL, &reply);
            });
        }))
    }

    /// The function that the page gets: of a message, its body, and what takes the reply.
    pub fn function(&self) -> JsValue {
        self.0.as_ref().clone()
    }
}
