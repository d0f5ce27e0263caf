use calendar::settings::Item;
use leptos::prelude::*;

use super::field::{described_by, is_wrong};
use super::session::Form;

/// Field of a whole number. A text field, because one for numbers changes its value when the page is scrolled and hides
/// what is no number.
#[component]
pub fn Number(
    /// What the parts of the form share.
    form: Form,
    /// Which item.
    item: Item,
) -> impl IntoView {
    view! {
        <input
            type="text"
            class="short"
            inputmode="numeric"
            id=item.name()
            aria-describedby=described_by(item)
            aria-invalid=move || is_wrong(form, item).to_string()
            prop:value=move || form.draft.with(|draft| draft.number_text(item))
            on:input=move |event| {
                let text = event_target_value(&event);
                form.edit(|draft| draft.set_number(item, &text));
            }
        />
    }
}
