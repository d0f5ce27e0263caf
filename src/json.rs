//! JSON as the browser reads and writes it. It has a parser and a writer already; those of `serde_json` would add a
//! tenth to the download.

use js_sys::{Array, JSON, Object, Reflect};
use serde_json::{Map, Value as Json};
use wasm_bindgen::prelude::*;

/// A text as a JSON object, if it is one.
pub fn parse(text: &str) -> Option<Map<String, Json>> {
    from_js_object(&JSON::parse(text).ok()?)
}

/// A JavaScript object as a JSON one, if it is one.
pub fn from_js_object(value: &JsValue) -> Option<Map<String, Json>> {
    match from_js(value) {
        Json::Object(object) => Some(object),
        _ => None,
    }
}

/// A JSON value as text.
pub fn stringify(json: &Json) -> String {
    JSON::stringify(&to_js(json)).map(String::from).unwrap_or_default()
}

/// A JSON value as a JavaScript one.
pub fn to_js(json: &Json) -> JsValue {
    match json {
        Json::Null => JsValue::NULL,
        Json::Bool(value) => JsValue::from(*value),
        Json::Number(number) => JsValue::from(number.as_f64()),
        Json::String(text) => JsValue::from(text),
        Json::Array(values) => values.iter().map(to_js).collect::<Array>().into(),
        Json::Object(members) => {
            let object = Object::new();
            for (name, value) in members {
                // Setting a property of a fresh object cannot fail.
                let _ = Reflect::set(&object, &name.into(), &to_js(value));
            }
            object.into()
        }
    }
}

/// A JavaScript value as a JSON one.
pub fn from_js(value: &JsValue) -> Json {
    if let Some(value) = value.as_bool() {
        Json::Bool(value)
    } else if let Some(number) = value.as_f64() {
        from_number(number)
    } else if let Some(text) = value.as_string() {
        Json::String(text)
    } else if let Some(values) = value.dyn_ref::<Array>() {
        Json::Array(values.iter().map(|value| from_js(&value)).collect())
    } else if let Some(object) = value.dyn_ref::<Object>() {
        let mut members = Map::new();
        for entry in Object::entries(object).iter().map(|entry| Array::from(&entry)) {
            members.insert(entry.get(0).as_string().unwrap_or_default(), from_js(&entry.get(1)));
        }
        Json::Object(members)
    } else {
        Json::Null
    }
}

/// JavaScript has one type of numbers; whole ones are what the messages hold.
fn from_number(number: f64) -> Json {
    if number.fract() == 0.0 && number.abs() < 2_f64.powi(53) {
        #[expect(clippy::cast_possible_truncation, reason = "whole and small enough")]
        return Json::from(number as i64);
    }
    Json::from(number)
}
