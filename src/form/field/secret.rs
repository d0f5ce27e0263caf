use calendar::settings::{Item, Secret, Value};
use kit::{Button, live};
use leptos::prelude::*;

use super::input::Input;
use crate::form::session::Form;
use crate::text;

/// Field of a password. It shows what was typed, never what is stored.
#[component]
pub fn Password(form: Form, item: Item) -> impl IntoView {
    let shown = move || match secret(form, item) {
        Secret::Given(secret) => secret,
        Secret::Stored | Secret::Absent => String::new(),
    };
    let dots = move || if secret(form, item) == Secret::Stored { "••••••••" } else { "" };
    let typed = move |text: String| form.set(item, Value::Secret(Secret::Given(text)));
    view! { <Input form=form item=item kind="password" placeholder=dots text=shown typed=typed /> }
}

/// Whether a password is stored, and what a save will make of it; with the button that removes it.
#[component]
pub fn Stored(form: Form, item: Item) -> impl IntoView {
    let is_stored = move || form.of(item, |seen| seen.is_stored);
    let is_removed = move || secret(form, item) == Secret::Absent;
    let state = move || match (secret(form, item), is_stored()) {
        (Secret::Given(_), _) => form.text(text::SECRET_GIVEN),
        (Secret::Stored, _) => form.text(text::SECRET_STORED),
        (Secret::Absent, true) => form.text(text::SECRET_REMOVED),
        (Secret::Absent, false) => "",
    };
    let name = move || form.text(if is_removed() { text::KEEP_SECRET } else { text::REMOVE_SECRET });
    let switch = move || {
        let secret = if untrack(is_removed) { Secret::Stored } else { Secret::Absent };
        form.set(item, Value::Secret(secret));
    };
    view! {
        <div class="secret">
            <p>{live(state)}</p>
            <Button label=name hidden=move || !is_stored() on_press=switch />
        </div>
    }
}

fn secret(form: Form, item: Item) -> Secret {
    form.of(item, |seen| match &seen.value {
        Value::Secret(secret) => secret.clone(),
        _ => Secret::Absent,
    })
}
