//! Values that cross the border to JavaScript. They are read into types with names: what lacks a field or has another
//! type is an error in words, never a dead module. Text is parsed and written by the browser's own JSON.

use js_sys::JSON;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// A JavaScript value as one of ours, or what is wrong with it.
pub fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, String> {
    serde_wasm_bindgen::from_value(value).map_err(|error| error.to_string())
}

/// A value of ours as plain JavaScript: objects, lists, texts, numbers, null. What cannot be written is `undefined`.
pub fn to_js<T: Serialize + ?Sized>(value: &T) -> JsValue {
    value.serialize(&Serializer::json_compatible()).unwrap_or_default()
}

/// A text as JSON holds it, or what is wrong with it.
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    from_js(JSON::parse(text).map_err(|_| "no JSON".to_owned())?)
}

/// A value as JSON.
pub fn stringify<T: Serialize + ?Sized>(value: &T) -> String {
    JSON::stringify(&to_js(value)).map(String::from).unwrap_or_default()
}
