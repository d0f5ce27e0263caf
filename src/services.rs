//! What the form does for a page of the second module.

use js_sys::Function;
use kit::js::from_js;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::connection::{Connection, Items, Values};

/// The message that is for the form itself: its items become unsaved input.
const TAKE: &str = "take";
/// The message of the loader that the module of the page has panicked.
const DIED: &str = "died";

/// What the form does for a page, as long as this lives.
pub struct Services(Closure<dyn Fn(String, JsValue, Function)>);

impl Services {
    /// Requests go through `connection`, and their replies, null where there is none, to the function that comes with
    /// them. Items that the page hands over go to `take`. `died` is called when the module of the page has panicked.
    pub fn new(connection: Connection, take: impl Fn(&Items) + 'static, died: impl Fn() + 'static) -> Self {
        Self(Closure::new(move |message: String, body: JsValue, answer: Function| {
            if message == DIED {
                return died();
            }
            let is_taken = message == TAKE;
            if is_taken {
                take(&from_js::<Values>(body.clone()).unwrap_or_default().0);
            }
            let connection = connection.clone();
            spawn_local(async move {
                let reply = if is_taken { Ok(body) } else { connection.ask(&message, &body).await };
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
