use calendar::settings::{Item, Value};
use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::draft::Draft;
use super::input::{Input, TEXT, Traits};
use super::session::Form;

/// Identifies the list of time zones, which the form holds once.
pub const TIME_ZONES: &str = "time-zones";

/// Field of a text in one line.
#[component]
pub fn TextField(
    /// What the parts of the form share.
    form: Form,
    /// Which item.
    item: Item,
) -> impl IntoView {
    let suggestions = (item == Item::PresenceTimeZone).then_some(TIME_ZONES);
    view! { <Input form item traits=Traits { suggestions, text, change, ..TEXT } /> }
}

/// The text of an item.
pub fn text(draft: &Draft, item: Item) -> String {
    match draft.settings().get(item) {
        Value::Text(text) => text,
        _ => String::new(),
    }
}

fn change(draft: &mut Draft, item: Item, input: &HtmlInputElement) {
    draft.set(item, Value::Text(input.value()));
}
