use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

/// What stands in the field that an event comes from: an `input`, a `select` or a `textarea`.
pub fn value(event: &Event) -> String {
    field(event).map(|field| field.value()).unwrap_or_default()
}

/// Whether the box or the radio button that an event comes from is checked.
pub fn is_checked(event: &Event) -> bool {
    field(event).is_some_and(|field| field.checked())
}

/// All kinds of fields have the few properties that are asked for here.
fn field(event: &Event) -> Option<HtmlInputElement> {
    event.target().map(JsCast::unchecked_into)
}
