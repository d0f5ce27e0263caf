//! What the form does for a page of the second module.

use std::rc::Rc;

use js_sys::{Function, Reflect};
use kit::js::{from_js, to_js};
use serde_json::Value as Json;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::connection::{CONFIG, Connection, Items, Values, member};

/// The message that is for the form itself: its items become unsaved input.
const TAKE: &str = "take";
/// The message of the loader that the module of the page has panicked.
const DIED: &str = "died";
/// The message that tells a relay on an App Platform where the service runs.
const PLACE: &str = "place";
/// The message with a new instance password.
const SET_PASSWORD: &str = "SetInstancePassword";

/// What the form does for a page, as long as this lives.
pub struct Services(Closure<dyn Fn(String, JsValue, Function)>);

/// A secret as it travels, where it may.
type Hide = Rc<dyn Fn(&str) -> Option<Json>>;

impl Services {
    /// Requests go through `connection`, and their replies, null where there is none, to the function that comes with
    /// them. Items that the page hands over go to `take`. `hide` makes of a secret what travels. `died` is called when the
    /// module of the page has panicked.
    pub fn new(
        connection: Connection,
        take: impl Fn(&Items) + 'static,
        hide: impl Fn(&str) -> Option<Json> + 'static,
        died: impl Fn() + 'static,
    ) -> Self {
        let hide: Hide = Rc::new(hide);
        Self(Closure::new(move |message: String, body: JsValue, answer: Function| {
            if message == DIED {
                return died();
            }
            let is_taken = message == TAKE;
            if is_taken {
                take(&from_js::<Values>(body.clone()).unwrap_or_default().0);
            }
            let (connection, hide) = (connection.clone(), hide.clone());
            spawn_local(async move {
                let reply = if is_taken { Some(body) } else { ask(&connection, &hide, &message, body).await };
                // It settles a promise, which cannot fail.
                let _ = answer.call1(&JsValue::NULL, &reply.unwrap_or(JsValue::NULL));
            });
        }))
    }

    /// The function that the page gets: of a message, its body, and what takes the reply.
    pub fn function(&self) -> Function {
        self.0.as_ref().unchecked_ref::<Function>().clone()
    }
}

/// Asks the service, or for the place of the service the App Platform. A secret goes as it may.
async fn ask(connection: &Connection, hide: &Hide, message: &str, body: JsValue) -> Option<JsValue> {
    let is_place = message == PLACE;
    let (holder, name) = match message {
        PLACE => (member(&body, "ConfigItems"), "servicePassword"),
        SET_PASSWORD => (body.clone(), "password"),
        _ => return connection.ask(message, &body).await.ok(),
    };
    if let Some(secret) = member(&holder, name).as_string() {
        // They are plain objects of the page.
        let _ = Reflect::set(&holder, &name.into(), &to_js(&hide(&secret)?));
    }
    let reply = if is_place {
        connection.ask_api(CONFIG, "WriteConfig", &body).await
    } else {
        connection.ask(message, &body).await
    };
    reply.ok()
}
