use leptos::prelude::*;
use ui::{El, el, fill};

use super::session::{Access, Form};
use crate::connection::Status;
use crate::text;

/// Title, and what the service does at the moment.
pub fn header(form: Form) -> El {
    let sentences = move || form.status.get().map(|status| sentences(form, &status)).unwrap_or_default();
    let health = move || form.status.with(|status| status.as_ref().map_or("", health));
    el("header")
        .child(el("h2").text(form.say(text::TITLE)))
        .child(el("p").class("status").attr("role", "status").attr("data-health", health).text(sentences))
}

fn sentences(form: Form, status: &Status) -> String {
    let sync = match &*status.sync {
        "off" => form.text(text::SYNC_OFF).to_owned(),
        "starting" => form.text(text::SYNC_STARTING).to_owned(),
        "running" => form.counted(text::SYNC_RUNNING, status.users),
        "notSupported" => form.text(text::SYNC_NOT_SUPPORTED).to_owned(),
        _ => form.text(text::SYNC_ERROR).to_owned(),
    };
    let configured = form.draft(|draft| draft.stored_pbx().to_owned());
    let pbx = match (status.is_pbx_connected, &*status.other_pbxs, &*configured) {
        (_, _, "") => return sync,
        (true, _, _) => form.filled(text::PBX_CONNECTED, &configured),
        (false, [], _) => form.filled(text::PBX_MISSING, &configured),
        (false, others, _) => fill(form.text(text::PBX_OTHER), &[&configured, &others.join(", ")]),
    };
    sync + " " + &pbx
}

fn health(status: &Status) -> &'static str {
    match &*status.sync {
        "running" if status.is_pbx_connected => "good",
        "off" => "",
        "error" => "bad",
        _ => "fair",
    }
}

/// Stands for the fields until there are settings.
pub fn waiting(form: Form) -> El {
    let denied = move || if form.access.get() == Access::Denied { form.text(text::NO_ACCESS) } else { "" };
    let ghosts = el("div").class("sections ghosts").attr("aria-hidden", "true");
    el("div")
        .child(el("p").class("warning").attr("role", "alert").text(denied))
        .child(ghosts.children([el("div").class("card"), el("div").class("card")]))
}
