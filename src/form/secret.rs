use calendar::settings::{Item, Secret, Value};
use leptos::prelude::*;

use super::draft::Draft;
use super::input::{Input, TEXT, Traits};
use super::session::Form;
use crate::text::Text;

/// Field of a password. It shows what was typed, never what is stored.
#[component]
pub fn SecretField(
    /// What the parts of the form share.
    form: Form,
    /// Which item.
    item: Item,
) -> impl IntoView {
    let traits = Traits {
        kind: "password",
        text: |draft, item| match secret(draft, item) {
            Secret::Given(secret) => secret,
            Secret::Stored | Secret::Absent => String::new(),
        },
        change: |draft, item, input| draft.set(item, Value::Secret(Secret::Given(input.value()))),
        placeholder: |draft, item| {
            if secret(draft, item) == Secret::Stored { "••••••••" } else { "" }
        },
        ..TEXT
    };
    view! { <Input form item traits /> }
}

/// Whether a password is stored, and what a save will make of it; with the button that removes it.
#[component]
pub fn SecretState(
    /// What the parts of the form share.
    form: Form,
    /// Which item.
    item: Item,
) -> impl IntoView {
    let state = form.show(move |form| {
        let text = match form.draft.with(|draft| (secret(draft, item), draft.is_stored(item))) {
            (Secret::Given(_), _) => Text::SecretGiven,
            (Secret::Stored, _) => Text::SecretStored,
            (Secret::Absent, true) => Text::SecretRemoved,
            (Secret::Absent, false) => return String::new(),
        };
        form.text(text).to_owned()
    });
    let is_removed = move |draft: &Draft| secret(draft, item) == Secret::Absent;
    let button = form.show(move |form| {
        let text = if form.draft.with(is_removed) { Text::KeepSecret } else { Text::RemoveSecret };
        form.text(text).to_owned()
    });
    let switch = form.press(move |form| {
        form.edit(|draft| {
            let secret = if is_removed(draft) { Secret::Stored } else { Secret::Absent };
            draft.set(item, Value::Secret(secret));
        });
    });
    view! {
        <div class="secret">
            <p>{state}</p>
            <button type="button" prop:hidden=form.flag(move |draft| !draft.is_stored(item)) on:click=switch>{button}</button>
        </div>
    }
}

fn secret(draft: &Draft, item: Item) -> Secret {
    match draft.settings().get(item) {
        Value::Secret(secret) => secret,
        _ => Secret::Absent,
    }
}
