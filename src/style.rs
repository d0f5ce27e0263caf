use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{CssStyleSheet, ShadowRoot};

thread_local! {
    /// One for all forms of the page. A constructed sheet needs no permission for inline styles.
    static SHEET: Option<CssStyleSheet> = make();
}

fn make() -> Option<CssStyleSheet> {
    let sheet = CssStyleSheet::new().ok()?;
    sheet.replace_sync(include_str!(concat!(env!("OUT_DIR"), "/form.css"))).ok()?;
    Some(sheet)
}

/// Gives the shadow root its style.
pub fn adopt(root: &ShadowRoot) -> Result<(), JsValue> {
    SHEET.with(|sheet| {
        let sheets = sheet.iter().collect::<Array>();
        Reflect::set(root, &"adoptedStyleSheets".into(), &sheets).map(|_| ())
    })
}
