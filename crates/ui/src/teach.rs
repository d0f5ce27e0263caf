use wasm_bindgen::JsValue;
use words::Language;

/// Makes the texts of a language known: keys and texts in turn, in the order of the keys, as the build writes them.
pub fn teach(language: &str, texts: &[JsValue]) {
    let row = |row: &[JsValue]| {
        let [key, text] = row else { return None };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "keys are 32 bits")]
        let key = key.as_f64()? as u32;
        // Each language once, for as long as the module lives.
        Some((key, &*text.as_string()?.leak()))
    };
    words::teach(Language::from_host(language), texts.chunks_exact(2).filter_map(row).collect());
}
