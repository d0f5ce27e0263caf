//! A page of the second module, and what the form does for it.

use js_sys::{Function, Object, Reflect};
use serde_json::Value as Json;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::connection::Connection;
use crate::json;

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
pub struct Services {
    object: Object,
    _request: Closure<dyn Fn(String, JsValue, Function)>,
    _died: Closure<dyn Fn()>,
}

impl Services {
    /// Requests go through `connection`, and their replies, null where there is none, to the function that comes with
    /// them; `died` is called when the module of the page has panicked.
    pub fn new(connection: Connection, died: impl Fn() + 'static) -> Self {
        let request = Closure::<dyn Fn(String, JsValue, Function)>::new(
            move |message: String, body: JsValue, answer: Function| {
                let connection = connection.clone();
                spawn_local(async move {
                    let reply = match json::from_js(&body) {
                        Json::Object(body) => connection.request(&message, body).await.ok(),
                        _ => None,
                    };
                    let reply = reply.map_or(JsValue::NULL, |reply| json::to_js(&Json::Object(reply)));
                    // It settles a promise, which cannot fail.
                    let _ = answer.call1(&JsValue::NULL, &reply);
                });
            },
        );
        let died = Closure::<dyn Fn()>::new(died);
        let object = Object::new();
        for (name, function) in [("request", request.as_ref()), ("died", died.as_ref())] {
            // Setting a property of a fresh object cannot fail.
            let _ = Reflect::set(&object, &name.into(), function);
        }
        Self { object, _request: request, _died: died }
    }

    /// The object that the page gets.
    pub fn object(&self) -> Object {
        self.object.clone()
    }
}
