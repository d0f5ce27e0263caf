//! Names that browsers know.

use std::cell::RefCell;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;

    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &str, options: &Object) -> Result<DisplayNames, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<Option<String>, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Intl, js_name = supportedValuesOf)]
    fn supported_values_of(key: &str) -> Result<Array, JsValue>;
}

thread_local! {
    /// Names of languages in the language that was asked for last.
    static NAMES: RefCell<(String, Option<DisplayNames>)> = RefCell::default();
}

/// All time zones that the browser knows.
pub fn time_zones() -> Vec<String> {
    let zones = supported_values_of("timeZone").unwrap_or_default();
    zones.iter().filter_map(|zone| zone.as_string()).collect()
}

/// Name of a language in the language `locale`, its code where the browser has none.
pub fn language_name(locale: &str, code: &str) -> String {
    NAMES.with_borrow_mut(|(of, names)| {
        if of != locale {
            locale.clone_into(of);
            let options = Object::new();
            // Setting a property of a fresh object cannot fail.
            let _ = Reflect::set(&options, &"type".into(), &"language".into());
            *names = DisplayNames::new(locale, &options).ok();
        }
        names.as_ref().and_then(|names| names.of(code).ok().flatten()).unwrap_or_else(|| code.to_owned())
    })
}

#[wasm_bindgen(module = "/src/names.js")]
extern "C" {
    /// Time zone of this browser.
    #[wasm_bindgen(js_name = ownTimeZone)]
    pub fn own_time_zone() -> String;

    /// How long ago an instant was, in the language `locale`, such as "12 seconds ago".
    pub fn age(locale: &str, instant: f64) -> String;

    /// A day, counted from 1970-01-01, in the language `locale`, such as "3 March 2031".
    pub fn date(locale: &str, day: f64) -> String;

    /// How far away something is in the language `locale`, such as "in 4 years".
    pub fn distance(locale: &str, count: f64, unit: &str) -> String;

    /// Yesterday, today and tomorrow in the language `locale`, for -1, 0 and 1.
    #[wasm_bindgen(js_name = dayName)]
    pub fn day_name(locale: &str, distance: f64) -> String;

    /// The day that it is here, counted from 1970-01-01.
    pub fn today() -> f64;
}
