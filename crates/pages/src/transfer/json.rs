//! Configurations as text, which the browser reads and writes: it has a parser and a writer already.

use calendar::settings::Settings;
use calendar::settings::transfer::{self, FORMAT, File, VERSION};
use js_sys::{Array, JSON, Object, Reflect};
use serde_json::Value as Json;
use wasm_bindgen::{JsCast, JsValue};

use crate::frame::object;

/// A text as a configuration, if it is JSON. What stands where a plain value belongs and is none counts as null.
pub fn parse(text: &str) -> Option<File> {
    let file = JSON::parse(text).ok()?;
    // Fails for what is no object, and so has none of these.
    let get = |name: &str| Reflect::get(&file, &name.into()).unwrap_or_default();
    Some(File {
        format: get("format").as_string().unwrap_or_default(),
        version: plain(&get("version")).as_u64().unwrap_or_default(),
        items: items(&get("settings")),
    })
}

fn items(settings: &JsValue) -> Option<Vec<(String, Json)>> {
    let settings = settings.dyn_ref::<Object>().filter(|settings| !Array::is_array(settings))?;
    let item = |name: JsValue| {
        let value = Reflect::get(settings, &name).unwrap_or_default();
        (name.as_string().unwrap_or_default(), plain(&value))
    };
    Some(Object::keys(settings).iter().map(item).collect())
}

fn plain(value: &JsValue) -> Json {
    if let Some(value) = value.as_bool() {
        Json::Bool(value)
    } else if let Some(number) = value.as_f64() {
        from_number(number)
    } else {
        value.as_string().map_or(Json::Null, Json::String)
    }
}

/// JavaScript has one type of numbers; settings are whole ones.
fn from_number(number: f64) -> Json {
    if number.fract() == 0.0 && number.abs() < 2_f64.powi(53) {
        #[expect(clippy::cast_possible_truncation, reason = "whole and small enough")]
        return Json::from(number as i64);
    }
    Json::from(number)
}

/// Settings as text that a person can read.
pub fn write(settings: &Settings) -> String {
    let items: Vec<_> = transfer::items(settings).map(|(name, value)| (name, to_js(&value))).collect();
    let version = to_js(&Json::from(VERSION));
    let members = [("format", FORMAT.into()), ("version", version), ("settings", object(&items).into())];
    let text = JSON::stringify_with_replacer_and_space(&object(&members), &JsValue::NULL, &2.into());
    text.map(String::from).unwrap_or_default()
}

fn to_js(value: &Json) -> JsValue {
    match value {
        Json::Bool(value) => JsValue::from(*value),
        Json::Number(number) => JsValue::from(number.as_f64()),
        Json::String(text) => JsValue::from(text),
        // No item is one of these.
        Json::Null | Json::Array(_) | Json::Object(_) => JsValue::NULL,
    }
}
