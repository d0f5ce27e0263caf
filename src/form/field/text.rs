use calendar::settings::{Item, Value};
use kit::{CopyButton, live};
use leptos::prelude::*;
use web_sys::File;

use super::input::Input;
use super::{described_by, is_wrong};
use crate::form::pages::Certificate;
use crate::form::session::Form;
use crate::{platform, text};

/// Field of a text in one line.
#[component]
pub fn Line(
    /// What it has of the form.
    form: Form,
    /// Its item.
    item: Item,
    /// Its type.
    #[prop(default = "text")]
    kind: &'static str,
    /// Whether it can only be read and copied.
    #[prop(optional)]
    fixed: bool,
) -> impl IntoView {
    let text = move || form.of(item, |seen| seen.text.clone());
    let typed = move |text| form.set(item, Value::Text(text));
    view! { <Input form=form item=item kind=kind fixed=fixed text=text typed=typed /> }
}

/// A text that is to be entered elsewhere, with a button that copies it.
#[component]
pub fn Copied(form: Form, item: Item) -> impl IntoView {
    view! {
        <div class="joined">
            <Line form=form item=item fixed=true />
            <CopyButton
                label=form.say(text::COPY)
                copied=form.say(text::COPIED)
                text=move || form.of(item, |seen| seen.text.clone())
            />
        </div>
    }
}

/// Field of certificates, which also takes a file. Below it stands whose they are.
#[component]
pub fn Certificates(form: Form, item: Item) -> impl IntoView {
    let take = move |file: Option<File>| {
        form.spawn(async move {
            if let Some(text) = platform::read(file).await {
                form.set(item, Value::Text(text));
                form.leave(item);
            }
        });
    };
    let drop = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        take(platform::dropped(&event));
    };
    view! {
        <textarea
            id=item.name()
            rows="4"
            autocomplete="off"
            spellcheck="false"
            aria-describedby=described_by(item)
            aria-invalid=live(move || is_wrong(form, item))
            prop:value=live(move || form.of(item, |seen| seen.text.clone()))
            on:input=move |event| form.set(item, Value::Text(kit::value(&event)))
            on:dragover=move |event| event.prevent_default()
            on:drop=drop
        ></textarea>
        <label class="file">
            <span>{form.say(text::CHOOSE_FILE)}</span>
            <input
                type="file"
                accept=".pem,.crt,.cer"
                on:change=move |event| take(platform::chosen(&event))
            />
        </label>
        <Certificate form=form shown=move || form.of(item, |seen| !seen.text.is_empty()) />
    }
}
