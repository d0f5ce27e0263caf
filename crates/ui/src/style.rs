use std::cell::OnceCell;

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{CssStyleSheet, ShadowRoot};

thread_local! {
    /// One for all that a module shows. A constructed sheet needs no permission for inline styles.
    static SHEET: OnceCell<Option<CssStyleSheet>> = const { OnceCell::new() };
}

/// Gives a shadow root the style of the module, which is the same each time. The rules of `fields.css` belong in front of it.
pub fn adopt(root: &ShadowRoot, rules: &str) -> Result<(), JsValue> {
    SHEET.with(|sheet| {
        let sheets = sheet.get_or_init(|| make(rules)).iter().collect::<Array>();
        Reflect::set(root, &"adoptedStyleSheets".into(), &sheets).map(|_| ())
    })
}

fn make(rules: &str) -> Option<CssStyleSheet> {
    let sheet = CssStyleSheet::new().ok()?;
    sheet.replace_sync(rules).ok()?;
    Some(sheet)
}
