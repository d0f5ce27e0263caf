use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use words::{Counted, Language, Words, fill};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type PluralRules;

    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new(locale: &str) -> PluralRules;

    #[wasm_bindgen(method)]
    fn select(this: &PluralRules, count: u32) -> String;
}

/// The language that a page speaks, with its texts. A handle to a signal, so it is copied freely.
#[derive(Clone, Copy)]
pub struct Texts(pub RwSignal<Language>);

impl Texts {
    /// The language now.
    pub fn language(self) -> Language {
        self.0.get()
    }

    /// A text, now.
    pub fn text(self, words: Words) -> &'static str {
        words.in_language(self.0.get())
    }

    /// A text with values in the places of `$0` and `$1`, now.
    pub fn filled(self, words: Words, values: &[&str]) -> String {
        fill(self.text(words), values)
    }

    /// A text with a number in the place of `$0`, in the form that goes with it, now. The browser knows the rules: in
    /// French nought takes the form for one.
    pub fn counted(self, words: Counted, count: usize) -> String {
        let language = self.0.get();
        let number = u32::try_from(count).unwrap_or(u32::MAX);
        let is_one = PluralRules::new(language.code()).select(number) == "one";
        let words = if is_one { words.one } else { words.other };
        fill(words.in_language(language), &[&count.to_string()])
    }

    /// A text that follows the language, to be shown or given to a component.
    pub fn say(self, words: Words) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        move || self.text(words)
    }
}

/// Makes the texts of a language known, as the build writes them: in the order of their keys, and before each text how
/// much its key is larger than the one before.
pub fn teach(language: &str, texts: &[JsValue]) {
    let mut last = 0;
    let row = |row: &[JsValue]| {
        let [key, text] = row else { return None };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "keys have 24 bits")]
        let step = key.as_f64()? as u32;
        last += step;
        // Each language once, for as long as the module lives.
        Some((last, &*text.as_string()?.leak()))
    };
    words::teach(Language::from_host(language), texts.chunks_exact(2).filter_map(row).collect());
}
