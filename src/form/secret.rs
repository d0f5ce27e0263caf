use calendar::settings::{Item, Secret, Value};
use leptos::prelude::*;

use super::field::{described_by, is_required, is_wrong};
use super::session::Form;
use crate::text::Text;

/// Field of a password. It shows what was typed and whether one is stored, never the stored one.
#[component]
pub fn SecretField(
    /// What the parts of the form share.
    form: Form,
    /// Which item.
    item: Item,
) -> impl IntoView {
    let secret = Memo::new(move |_| match form.draft.with(|draft| draft.settings().get(item)) {
        Value::Secret(secret) => secret,
        _ => Secret::Absent,
    });
    let is_stored = Memo::new(move |_| form.draft.with(|draft| draft.is_stored(item)));
    let typed = move || match secret.get() {
        Secret::Given(secret) => secret,
        Secret::Stored | Secret::Absent => String::new(),
    };
    let state = move || match (secret.get(), is_stored.get()) {
        (Secret::Given(_), _) => Text::SecretGiven,
        (Secret::Absent, true) => Text::SecretRemoved,
        (Secret::Absent, false) => Text::SecretAbsent,
        (Secret::Stored, _) => Text::SecretStored,
    };
    let set = move |secret| form.edit(|draft| draft.set(item, Value::Secret(secret)));
    let state_id = item.name().to_owned() + "-state";
    view! {
        <div class="secret">
            <input
                type="password"
                id=item.name()
                autocomplete="new-password"
                placeholder=move || if secret.get() == Secret::Stored { "••••••••" } else { "" }
                aria-describedby=state_id.clone() + " " + &described_by(item)
                aria-invalid=move || is_wrong(form, item).to_string()
                aria-required=move || is_required(form, item).to_string()
                prop:value=typed
                on:input=move |event| set(Secret::Given(event_target_value(&event)))
            />
            {move || match (secret.get(), is_stored.get()) {
                (Secret::Stored, _) => Some((Text::RemoveSecret, Secret::Absent)),
                (Secret::Absent, true) => Some((Text::KeepSecret, Secret::Stored)),
                _ => None,
            }.map(|(text, then)| view! {
                <button type="button" on:click=move |_| set(then.clone())>{form.text(text)}</button>
            })}
        </div>
        <p class="state" id=state_id>{move || form.text(state())}</p>
    }
}
