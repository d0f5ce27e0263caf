//! What is opened on demand, from modules of their own: preview, dry run, users, App objects,
//! export and import, what certificates say.

use leptos::prelude::*;
use serde_json::Value as Json;
use ui::{El, Words, el, follow};
use wasm_bindgen::JsValue;

use super::section::card;
use super::session::Form;
use crate::connection::Message;
use crate::json;
use crate::page::{Page, Services};
use crate::text;

/// The preview: an example day with the settings as typed.
pub fn preview(form: Form) -> El {
    page(form, "preview", text::PREVIEW)
}

/// The dry run: for which users the settings as typed would change something.
pub fn dry_run(form: Form) -> El {
    page(form, "dryRun", text::DRY_RUN)
}

/// The users, with what colleagues see of them.
pub fn users(form: Form) -> El {
    card(form, "users", text::USERS, text::ABOUT_USERS).child(page(form, "users", text::SHOW_USERS))
}

/// The App objects.
pub fn objects(form: Form) -> El {
    page(form, "objects", text::SHOW_OBJECTS)
}

/// The whole configuration out as a file and in again.
pub fn transfer(form: Form) -> El {
    el("section").class("card").child(page(form, "transfer", text::TRANSFER))
}

/// Whose the certificates in the form are. Not opened by a button, but there while `is_filled` holds.
pub fn certificate(form: Form, is_filled: impl Fn() -> bool + 'static) -> El {
    shown_while(Box::new(is_filled), el("div"), form, "certificate")
}

/// Where an attempt to show a page stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Loading,
    Shown,
    Failed,
}

/// A button that opens and closes a page below it.
fn page(form: Form, view: &'static str, title: Words) -> El {
    let is_open = RwSignal::new(false);
    let toggle = form
        .button(title, move |_| is_open.update(|open| *open = !*open))
        .class("disclosure")
        .attr("aria-expanded", move || if is_open.get() { "true" } else { "false" });
    shown_while(Box::new(move || is_open.get()), el("div").class("page").child(toggle), form, view)
}

/// A place in which a page is there while `is_shown` holds. Boxed, so that its code is there once.
fn shown_while(is_shown: Box<dyn Fn() -> bool>, place: El, form: Form, view: &'static str) -> El {
    place.when(is_shown, move || opened(form, view))
}

fn opened(form: Form, view: &'static str) -> El {
    let phase = RwSignal::new(Phase::Loading);
    // Each attempt has an element of its own: a shadow root is for ever.
    let attempt = RwSignal::new(0_u32);
    let again = move |_: Form| {
        phase.set(Phase::Loading);
        attempt.update(|number| *number += 1);
    };
    let failed = move || {
        el("div")
            .class("warning")
            .attr("role", "alert")
            .child(el("p").text(form.say(text::PAGE_FAILED)))
            .child(form.button(text::TRY_AGAIN, again))
    };
    let is_loading = move || phase.get() == Phase::Loading;
    el("div")
        .child(
            el("p")
                .class("help")
                .attr("role", "status")
                .text(move || if is_loading() { form.text(text::PAGE_LOADING) } else { "" }),
        )
        .when(move || phase.get() == Phase::Failed, failed)
        .each(move || vec![attempt.get().to_string()], move |_| shown(form, view, phase))
}

/// Shows the page in an element of its own, and takes it out with that.
fn shown(form: Form, view: &'static str, phase: RwSignal<Phase>) -> El {
    let place = el("div");
    let container = place.element().clone();
    let page = RwSignal::new_local(None::<Page>);
    let died = move || {
        let _ = phase.try_set(Phase::Failed);
    };
    let services =
        StoredValue::new_local(Services::new(form.connection(), move |items| form.restore(items), died));
    on_cleanup(move || {
        if let Some(page) = page.try_get_untracked().flatten() {
            page.close();
        }
    });
    let host = form.host();
    form.spawn(async move {
        let Some(function) = services.try_with_value(Services::function) else { return };
        let state = untrack(|| state(form));
        let opened = host.page(&container, view, &state, &function).await;
        let _ = phase.try_set(if opened.is_some() { Phase::Shown } else { Phase::Failed });
        // What cannot be kept any more was closed meanwhile, and nobody else will take it out.
        if let Some(Some(late)) = page.try_set(opened) {
            late.close();
        }
    });
    follow(Box::new(move || {
        let state = state(form);
        page.with(|page| {
            if let Some(page) = page {
                page.update(&state);
            }
        });
    }));
    place
}

/// What the form shows now. Passwords are empty, always.
fn state(form: Form) -> JsValue {
    let language = Json::from(form.language.get().code());
    let [settings, stored] = form
        .draft(|draft| [draft.settings(), draft.stored()].map(|settings| Json::Object(settings.to_items())));
    let mut state = Message::new();
    for (name, value) in [("language", language), ("settings", settings), ("stored", stored)] {
        state.insert(name.to_owned(), value);
    }
    json::to_js(&Json::Object(state))
}
