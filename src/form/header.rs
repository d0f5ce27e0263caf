use calendar::settings::guidance::{Expiry, Urgency, expiry};
use calendar::settings::{Item, Value};
use leptos::prelude::*;
use ui::{El, el, fill};

use super::session::{Access, Form};
use crate::connection::Status;
use crate::{intl, text};

/// In milliseconds.
const MINUTE: usize = 60_000;

/// Title, what the service does at the moment, and what to do about it.
pub fn header(form: Form) -> El {
    let health = move || form.status.with(|status| status.as_ref().map_or("", health));
    let status = el("p")
        .class("status")
        .attr("role", "status")
        .attr("data-health", health)
        .text(of_status(form, sentences));
    // Apart from the status, because it changes by the minute, which no screen reader should tell each time.
    let age = el("p").class("age").text(of_status(form, age));
    el("header")
        .child(el("h2").text(form.say(text::TITLE)))
        .child(status)
        .child(age)
        .child(el("p").class("advice").attr("lang", "en").text(of_status(form, advice)))
        .child(el("p").class("advice").text(move || secret(form)))
        .child(el("div").class("offers").each(move || offers(form), move |pbx| offer(form, pbx)))
}

/// A text about the status, empty until there is one.
fn of_status(form: Form, text: fn(Form, &Status) -> String) -> impl Fn() -> String {
    move || form.status.get().map(|status| text(form, &status)).unwrap_or_default()
}

fn sentences(form: Form, status: &Status) -> String {
    let mut sentences = match &*status.sync {
        "off" => form.text(text::SYNC_OFF).to_owned(),
        "starting" => form.text(text::SYNC_STARTING).to_owned(),
        "running" => form.counted(text::SYNC_RUNNING, status.users),
        "notSupported" => form.text(text::SYNC_NOT_SUPPORTED).to_owned(),
        _ => form.text(text::SYNC_ERROR).to_owned(),
    };
    if status.unmatched > 0 {
        sentences = sentences + " " + &form.counted(text::UNMATCHED, status.unmatched);
    }
    let configured = form.draft(|draft| draft.stored_pbx().to_owned());
    let others = status.other_pbxs.join(", ");
    let pbx = match (&*configured, status.is_pbx_connected, &*others) {
        ("", _, "") => return sentences,
        ("", ..) => form.filled(text::PBX_CONNECTED, &others),
        (_, true, _) => form.filled(text::PBX_CONNECTED, &configured),
        (_, false, "") => form.filled(text::PBX_MISSING, &configured),
        (_, false, _) => fill(form.text(text::PBX_OTHER), &[&configured, &others]),
    };
    sentences + " " + &pbx
}

fn health(status: &Status) -> &'static str {
    match &*status.sync {
        "running" if status.is_pbx_connected && status.error.is_empty() => "good",
        "off" => "",
        "error" => "bad",
        _ => "fair",
    }
}

#[expect(clippy::cast_precision_loss, reason = "minutes are few")]
fn age(form: Form, status: &Status) -> String {
    match status.age / MINUTE {
        0 => String::new(),
        minutes => form.filled(text::AGE, &intl::distance(form.language.get(), -(minutes as f64), "minute")),
    }
}

/// What the service advises. It does so in English; what it says about a missing PBX stands in our own words above.
fn advice(_: Form, status: &Status) -> String {
    if status.error == "pbxNotConnected" { String::new() } else { status.advice.clone() }
}

/// That the secret in use expires, from a month before.
fn secret(form: Form) -> String {
    let today = intl::today();
    let expiry = form.draft(|draft| expiry(draft.stored(), today));
    let Some(Expiry { days, urgency }) = expiry.filter(|expiry| expiry.urgency > Urgency::None) else {
        return String::new();
    };
    let words = if urgency == Urgency::Over { text::SECRET_EXPIRED } else { text::SECRET_EXPIRES };
    form.filled(words, &intl::date(form.language.get(), today + days))
}

/// The PBXs that are connected in place of the one in the field.
fn offers(form: Form) -> Vec<String> {
    let others = form.status.with(|status| match status {
        Some(status) if !status.is_pbx_connected => status.other_pbxs.clone(),
        _ => Vec::new(),
    });
    let typed = form.draft(|draft| draft.settings().pbx_name.clone());
    if form.access.get() == Access::Granted && !others.contains(&typed) { others } else { Vec::new() }
}

/// Puts the name of a PBX into its field.
fn offer(form: Form, pbx: &str) -> El {
    let name = pbx.to_owned();
    let label = move || form.filled(text::USE_PBX, &name);
    let pbx = pbx.to_owned();
    el("button").attr("type", "button").text(label).on("click", move |_| {
        form.edit(|draft| draft.set(Item::PbxName, Value::Text(pbx.clone())));
        form.focus(Item::PbxName);
    })
}

/// Stands for the fields until there are settings.
pub fn waiting(form: Form) -> El {
    let denied = move || if form.access.get() == Access::Denied { form.text(text::NO_ACCESS) } else { "" };
    let ghosts = el("div").class("sections ghosts").attr("aria-hidden", "true");
    el("div")
        .child(el("p").class("warning").attr("role", "alert").text(denied))
        .child(ghosts.children([el("div").class("card"), el("div").class("card")]))
}
