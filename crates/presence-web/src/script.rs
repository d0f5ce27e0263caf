//! What Rust asks of `script.js`, the file beside this one.

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/script.js")]
extern "C" {
    /// What the platform knows about a viewer.
    pub type Platform;

    /// Fails with a `RangeError` for options that do not exist.
    #[wasm_bindgen(constructor, catch)]
    pub fn new(options: &JsValue) -> Result<Platform, JsValue>;

    /// The text of a day, counted from 1970-01-01.
    #[wasm_bindgen(method)]
    pub fn date(this: &Platform, day: f64) -> String;

    /// The text of a minute of the day.
    #[wasm_bindgen(method)]
    pub fn time(this: &Platform, minute: f64) -> String;

    /// By how many milliseconds local time is ahead of UTC.
    #[wasm_bindgen(method)]
    pub fn offset(this: &Platform, instant: f64) -> f64;

    /// The tag that chooses the language of the words.
    #[wasm_bindgen(method)]
    pub fn language(this: &Platform) -> String;

    /// The object of the same name.
    #[wasm_bindgen(method, js_name = resolvedOptions)]
    pub fn resolved_options(this: &Platform, language: &str) -> JsValue;

    /// The result of `parse`, without what stands next.
    pub fn presence(
        text: &str,
        activity: Option<&str>,
        title: Option<&str>,
        until: Option<f64>,
        whole_day: bool,
        next: JsValue,
    ) -> JsValue;

    /// What stands next in the result of `parse`.
    pub fn next(activity: Option<&str>, title: Option<&str>) -> JsValue;

    /// Many notes as one text, with U+0000 between them.
    pub fn join(notes: &Array) -> String;

    /// The texts between U+0000.
    pub fn split(texts: &str) -> JsValue;
}
