//! What the form does for a page of the second module.

use std::rc::Rc;

use js_sys::{Function, Object, Reflect};
use kit::js::{from_js, to_js};
use serde::Serialize;
use serde_json::Value as Json;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::connection::{CONFIG, Connection, Items, Values, member};

/// The message that is for the form itself: its items become unsaved input.
const TAKE: &str = "take";
/// The same: it leads to a part or an item of the form, or to a page.
const GO: &str = "go";
/// The same: it saves.
const SAVE: &str = "save";
/// The message of the loader that the module of the page has panicked.
const DIED: &str = "died";
/// The message that tells a relay on an App Platform where the service runs.
const PLACE: &str = "place";
/// The message with a new instance password.
const SET_PASSWORD: &str = "SetInstancePassword";
/// The message to which what was typed belongs.
const TEST: &str = "TestConnection";

/// The part of the form that shows a page.
pub trait Owner {
    /// Makes items unsaved input.
    fn take(&self, items: &Items);
    /// What was typed and is not saved, with secrets as they may travel; `None` where they may not.
    fn typed(&self) -> Option<Items>;
    /// A secret as it travels, where it may.
    fn hidden(&self, secret: &str) -> Option<Json>;
    /// Leads to a part or an item of the form, to users in a state, or to a page.
    fn go(&self, to: &str, state: Option<String>);
    /// Saves what was typed.
    fn save(&self);
    /// The module of the page has panicked.
    fn died(&self);
}

/// What a page gets: a function of a message, its body, and what takes the reply, null where there is none. Requests go
/// through `connection`. It is there for as long as somebody may call it, and a page that goes still may.
pub fn services(connection: Connection, owner: impl Owner + 'static) -> Function {
    let owner: Rc<dyn Owner> = Rc::new(owner);
    let ask: Closure<dyn Fn(String, JsValue, Function)> =
        Closure::new(move |message: String, body, answer| {
            answered(&connection, &owner, message, body, answer);
        });
    ask.into_js_value().unchecked_into()
}

fn answered(
    connection: &Connection,
    owner: &Rc<dyn Owner>,
    message: String,
    body: JsValue,
    answer: Function,
) {
    let text = |name| member(&body, name).as_string();
    match &*message {
        DIED => return owner.died(),
        TAKE => owner.take(&from_js::<Values>(body.clone()).unwrap_or_default().0),
        GO => owner.go(&text("to").unwrap_or_default(), text("state")),
        SAVE => owner.save(),
        _ => {
            let (connection, owner) = (connection.clone(), owner.clone());
            return spawn_local(async move {
                let reply = ask(&connection, &*owner, &message, body).await;
                // It settles a promise, which cannot fail.
                let _ = answer.call1(&JsValue::NULL, &reply.unwrap_or(JsValue::NULL));
            });
        }
    }
    let _ = answer.call1(&JsValue::NULL, &body);
}

/// An answer of our own where a secret must not travel.
#[derive(Serialize)]
struct Insecure {
    error: &'static str,
}

/// Asks the service, or for the place of the service the App Platform. A secret goes as it may.
async fn ask(connection: &Connection, owner: &dyn Owner, message: &str, body: JsValue) -> Option<JsValue> {
    let is_place = message == PLACE;
    let (holder, name) = match message {
        PLACE => (member(&body, "ConfigItems"), "servicePassword"),
        SET_PASSWORD => (body.clone(), "password"),
        TEST => {
            let Some(items) = owner.typed() else { return Some(to_js(&Insecure { error: "insecure" })) };
            put(&body, "ConfigItems", &to_js(&items));
            (JsValue::from(Object::new()), "")
        }
        _ => return connection.ask(message, &body).await.ok(),
    };
    if let Some(secret) = member(&holder, name).as_string() {
        put(&holder, name, &to_js(&owner.hidden(&secret)?));
    }
    let reply = if is_place {
        connection.ask_api(CONFIG, "WriteConfig", &body).await
    } else {
        connection.ask(message, &body).await
    };
    reply.ok()
}

/// Sets a property of a plain object of a page, which cannot fail.
fn put(object: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}
