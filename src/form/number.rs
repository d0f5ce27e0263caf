use calendar::settings::Item;
use leptos::prelude::*;

use super::input::{Input, TEXT, Traits};
use super::session::Form;

/// Field of a whole number. A text field, because one for numbers changes its value when the page is scrolled and
/// hides what is no number.
#[component]
pub fn Number(
    /// What the parts of the form share.
    form: Form,
    /// Which item.
    item: Item,
) -> impl IntoView {
    let traits = Traits {
        keyboard: "numeric",
        text: |draft, item| draft.number_text(item),
        change: |draft, item, input| draft.set_number(item, &input.value()),
        ..TEXT
    };
    view! { <Input form item traits /> }
}
