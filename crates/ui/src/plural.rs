use wasm_bindgen::prelude::*;

use words::{Counted, Language, fill};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type PluralRules;

    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new(locale: &str) -> PluralRules;

    #[wasm_bindgen(method)]
    fn select(this: &PluralRules, count: u32) -> String;
}

/// A text with a number in the place of `$0`, in the form that goes with it. The browser knows the rules: in French
/// nought takes the form for one.
pub fn count(words: Counted, language: Language, count: usize) -> String {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    let is_one = PluralRules::new(language.code()).select(count) == "one";
    let words = if is_one { words.one } else { words.other };
    fill(words.in_language(language), &[&count.to_string()])
}
