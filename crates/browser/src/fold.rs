use js_sys::JsString;

/// Browsers fold no case by themselves, but to upper case and back comes to the same, but for three letters: the
/// capital sharp s has no upper case, the dotless i would get its dot, and a sigma that ends a word has a form of
/// its own.
pub fn fold(text: &str) -> String {
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
