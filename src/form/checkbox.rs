use calendar::settings::{Item, Value};
use leptos::prelude::*;

use super::field::described_by;
use super::session::Form;

/// Field of an item that is true or false.
#[component]
pub fn Checkbox(
    /// What the parts of the form share.
    form: Form,
    /// Which item.
    item: Item,
) -> impl IntoView {
    let is_checked = move || form.draft.with(|draft| draft.settings().get(item) == Value::Bool(true));
    view! {
        <input
            type="checkbox"
            id=item.name()
            aria-describedby=described_by(item)
            prop:checked=is_checked
            on:change=move |event| {
                let value = Value::Bool(event_target_checked(&event));
                form.edit(|draft| draft.set(item, value));
            }
        />
    }
}
