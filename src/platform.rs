//! What the browser knows: time zones, Unicode normalization, names of languages.

use std::cell::RefCell;

use calendar::Platform;
use js_sys::{Array, JsString, Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DateTimeFormat;

    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &str, options: &Object) -> Result<DateTimeFormat, JsValue>;

    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;

    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &str, options: &Object) -> Result<DisplayNames, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<Option<String>, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Intl, js_name = supportedValuesOf)]
    fn supported_values_of(key: &str) -> Result<Array, JsValue>;

    #[wasm_bindgen(catch, js_namespace = crypto, js_name = getRandomValues)]
    fn get_random_values(bytes: &mut [u8]) -> Result<(), JsValue>;
}

thread_local! {
    /// The zone that was asked about last: the form asks with every key that is pressed, and a formatter is slow to make.
    static LAST_ZONE: RefCell<(String, bool)> = RefCell::default();
    /// Names of languages in the language that was asked for last.
    static NAMES: RefCell<(String, Option<DisplayNames>)> = RefCell::default();
}

/// The browser.
pub struct Browser;

impl Platform for Browser {
    fn is_time_zone(&self, name: &str) -> bool {
        LAST_ZONE.with_borrow_mut(|last| {
            if last.0 != name {
                *last = (name.to_owned(), DateTimeFormat::new("en", &options("timeZone", name)).is_ok());
            }
            last.1
        })
    }

    /// Browsers fold no case by themselves, but to upper case and back comes to the same, but for three letters: the
    /// capital sharp s has no upper case, the dotless i would get its dot, and a sigma that ends a word has a form of
    /// its own.
    fn fold(&self, text: &str) -> String {
        const DOTLESS_I: char = '\u{e131}';
        let hidden: String = text.chars().map(|c| if c == 'ı' { DOTLESS_I } else { c }).collect();
        let folded: String =
            JsString::from(hidden).normalize("NFC").to_lower_case().to_upper_case().to_lower_case().into();
        let shown = |c| match c {
            DOTLESS_I => 'ı',
            'ς' => 'σ',
            c => c,
        };
        folded.chars().map(shown).collect()
    }
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
            *names = DisplayNames::new(locale, &options("type", "language")).ok();
        }
        names.as_ref().and_then(|names| names.of(code).ok().flatten()).unwrap_or_else(|| code.to_owned())
    })
}

/// A text that nobody can guess.
pub fn random_text() -> Option<String> {
    let mut bytes = [0; 16];
    get_random_values(&mut bytes).ok()?;
    Some(bytes.iter().map(|byte| char::from(b'a' + byte % 16)).collect())
}

fn options(key: &str, value: &str) -> Object {
    let options = Object::new();
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(&options, &key.into(), &value.into());
    options
}
