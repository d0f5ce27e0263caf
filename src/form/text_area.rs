use calendar::settings::{Item, Value};
use leptos::prelude::*;

use super::field::{described_by, invalid};
use super::session::Form;
use super::text_field::text;

/// Field of a text of several lines.
#[component]
pub fn TextArea(
    /// What the parts of the form share.
    form: Form,
    /// Which item.
    item: Item,
) -> impl IntoView {
    view! {
        <textarea
            id=item.name()
            rows="4"
            autocomplete="off"
            spellcheck="false"
            aria-describedby=described_by(item)
            aria-invalid=invalid(form, item)
            prop:value=form.show(move |form| form.draft.with(|draft| text(draft, item)))
            on:input=move |event| {
                let text = event_target_value(&event);
                form.edit(|draft| draft.set(item, Value::Text(text)));
            }
        ></textarea>
    }
}
