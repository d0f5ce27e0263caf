use calendar::settings::{Item, Value};
use leptos::prelude::*;

use super::input::{Input, TEXT, Traits};
use super::session::Form;

/// Field of an item that is true or false.
#[component]
pub fn Checkbox(
    /// What the parts of the form share.
    form: Form,
    /// Which item.
    item: Item,
) -> impl IntoView {
    let traits = Traits {
        kind: "checkbox",
        is_checked: |draft, item| draft.settings().get(item) == Value::Bool(true),
        change: |draft, item, input| draft.set(item, Value::Bool(input.checked())),
        ..TEXT
    };
    view! { <Input form item traits /> }
}
