//! The administrator's files.

use js_sys::Date;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, Event, File, HtmlInputElement};

/// A configuration has far less than this many bytes; what is larger is not read at all.
const MOST: f64 = 1_000_000.0;

/// The file that was chosen in a field. The same can be chosen again afterwards.
pub fn chosen(event: &Event) -> Option<File> {
    let field = event.target()?.unchecked_into::<HtmlInputElement>();
    let file = field.files()?.get(0);
    field.set_value("");
    file
}

/// The file that was dropped, if it was one.
pub fn dropped(event: &Event) -> Option<File> {
    event.unchecked_ref::<DragEvent>().data_transfer()?.files()?.get(0)
}

/// What stands in a file. `None` if it cannot be read.
pub async fn read(file: File) -> Option<String> {
    if file.size() > MOST {
        return None;
    }
    JsFuture::from(file.text()).await.ok()?.as_string()
}

/// The date here, as `2026-11-21`.
pub fn today() -> String {
    // Sweden writes dates so.
    Date::new_0().to_locale_date_string("sv", &JsValue::UNDEFINED).into()
}
