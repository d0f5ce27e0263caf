use calendar::settings::{Item, Value};
use leptos::prelude::*;
use ui::{El, el};

use super::{input, tied};
use crate::form::draft::Draft;
use crate::form::pages;
use crate::form::session::Form;
use crate::{platform, text};

/// Field of a text in one line.
pub fn line(form: Form, item: Item) -> El {
    typed(form, item, input(form, item, "text"))
}

/// A text that is to be entered elsewhere, with a button that copies it.
pub fn copied(form: Form, item: Item) -> El {
    let field = line(form, item).attr("readonly", "");
    el("div")
        .class("joined")
        .child(field)
        .child(copy(form, move || form.draft(|draft| typed_text(draft, item))))
}

/// A button that copies a text, and says so.
pub fn copy(form: Form, text: impl Fn() -> String + 'static) -> El {
    let copied = RwSignal::new(false);
    let name = move || form.text(if copied.get() { text::COPIED } else { text::COPY });
    let button = el("button").attr("type", "button").attr("aria-live", "polite").text(name);
    button
        .on("click", move |_| {
            let text = text();
            form.spawn(async move { copied.set(platform::copy(&text).await) });
        })
        .on("blur", move |_| copied.set(false))
}

/// Field of certificates, which also takes a file. Below it stands whose they are.
pub fn certificates(form: Form, item: Item) -> Vec<El> {
    let field = tied(form, item, "textarea").attr("rows", "4").attr("autocomplete", "off");
    let field = typed(form, item, field.attr("spellcheck", "false"));
    let take = move |file: Option<web_sys::File>| {
        form.spawn(async move {
            if let Some(text) = platform::read(file).await {
                form.edit(|draft| draft.set(item, Value::Text(text)));
                form.leave(item);
            }
        });
    };
    let field = field.on("dragover", web_sys::Event::prevent_default).on("drop", move |event| {
        event.prevent_default();
        take(platform::dropped(event));
    });
    let chooser =
        el("input").attr("type", "file").attr("accept", ".pem,.crt,.cer").on("change", move |event| {
            take(platform::chosen(event));
        });
    let chooser =
        el("label").class("file").child(el("span").text(form.say(text::CHOOSE_FILE))).child(chooser);
    let is_filled = move || form.draft(|draft| !typed_text(draft, item).is_empty());
    vec![field, chooser, pages::certificate(form, is_filled)]
}

fn typed(form: Form, item: Item, field: El) -> El {
    field.prop("value", move || form.draft(|draft| typed_text(draft, item))).on("input", move |event| {
        let text = ui::value(event);
        form.edit(|draft| draft.set(item, Value::Text(text)));
    })
}

/// The text of an item.
pub fn typed_text(draft: &Draft, item: Item) -> String {
    match draft.settings().get(item) {
        Value::Text(text) => text,
        _ => String::new(),
    }
}
