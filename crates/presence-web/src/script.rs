//! What Rust asks of `script.js`, the file beside this one.

use js_sys::{Array, JsString};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/script.js")]
extern "C" {
    /// What the platform knows about a viewer, and the texts that notes are put together from.
    pub type Platform;

    /// Fails with a `RangeError` for options that do not exist.
    #[wasm_bindgen(constructor, catch)]
    pub fn new(options: &JsValue) -> Result<Platform, JsValue>;

    /// The tag that chooses the language of the words.
    #[wasm_bindgen(method)]
    pub fn language(this: &Platform) -> String;

    /// Keeps words, one in a line, as the texts with the numbers from 0 on.
    #[wasm_bindgen(method, js_name = keepWords)]
    pub fn keep_words(this: &Platform, lines: &str);

    /// Keeps the text of a day, counted from 1970-01-01.
    #[wasm_bindgen(method, js_name = keepDate)]
    pub fn keep_date(this: &Platform, number: usize, day: f64);

    /// Keeps the text of a minute of the day.
    #[wasm_bindgen(method, js_name = keepTime)]
    pub fn keep_time(this: &Platform, number: usize, minute: u16);

    /// By how many milliseconds local time is ahead of UTC.
    #[wasm_bindgen(method)]
    pub fn offset(this: &Platform, instant: f64) -> f64;

    /// The object of the same name.
    #[wasm_bindgen(method, js_name = resolvedOptions)]
    pub fn resolved_options(this: &Platform, language: &str) -> JsValue;

    /// Puts texts together for the notes from `from` on and adds them to `shown`.
    #[wasm_bindgen(method)]
    pub fn assemble(this: &Platform, notes: &Array, from: u32, parts: &[i32], shown: &Array);

    /// Writes as many notes as there is room for, from `from` on, and where each ends.
    pub fn encode(notes: &Array, from: u32, bytes: &mut [u8], ends: &mut [u32]) -> u32;

    /// The room that one note may take.
    pub fn room(notes: &Array, index: u32) -> usize;

    /// The result of `parse`; `parts` are its text, its title and the next title.
    pub fn presence(
        note: &JsString,
        parts: &[i32],
        activity: Option<&str>,
        until: Option<f64>,
        whole_day: bool,
        next_activity: Option<&str>,
    ) -> JsValue;
}
