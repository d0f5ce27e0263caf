use calendar::settings::{Item, Secret, Value};
use ui::{El, el};

use super::input;
use crate::form::draft::Draft;
use crate::form::session::Form;
use crate::text;

/// Field of a password. It shows what was typed, never what is stored.
pub fn field(form: Form, item: Item) -> El {
    let typed = move |draft: &Draft| match secret(draft, item) {
        Secret::Given(secret) => secret,
        Secret::Stored | Secret::Absent => String::new(),
    };
    let dots = move |draft: &Draft| {
        if secret(draft, item) == Secret::Stored { "••••••••" } else { "" }
    };
    input(form, item, "password")
        .attr("placeholder", move || form.draft(dots))
        .prop("value", move || form.draft(typed))
        .on("input", move |event| {
            let secret = Secret::Given(ui::value(event));
            form.edit(|draft| draft.set(item, Value::Secret(secret)));
        })
}

/// Whether a password is stored, and what a save will make of it; with the button that removes it.
pub fn state(form: Form, item: Item) -> El {
    let state = move || match form.draft(|draft| (secret(draft, item), draft.is_stored(item))) {
        (Secret::Given(_), _) => form.text(text::SECRET_GIVEN),
        (Secret::Stored, _) => form.text(text::SECRET_STORED),
        (Secret::Absent, true) => form.text(text::SECRET_REMOVED),
        (Secret::Absent, false) => "",
    };
    let is_removed = move |draft: &Draft| secret(draft, item) == Secret::Absent;
    let name =
        move || form.text(if form.draft(is_removed) { text::KEEP_SECRET } else { text::REMOVE_SECRET });
    let switch = move |_: &web_sys::Event| {
        form.edit(|draft| {
            let secret = if is_removed(draft) { Secret::Stored } else { Secret::Absent };
            draft.set(item, Value::Secret(secret));
        });
    };
    let button = el("button").attr("type", "button").text(name).on("click", switch);
    el("div")
        .class("secret")
        .child(el("p").text(state))
        .child(button.flag("hidden", move || !form.draft(|draft| draft.is_stored(item))))
}

fn secret(draft: &Draft, item: Item) -> Secret {
    match draft.settings().get(item) {
        Value::Secret(secret) => secret,
        _ => Secret::Absent,
    }
}
