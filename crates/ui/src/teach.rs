use wasm_bindgen::JsValue;
use words::Language;

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
