use calendar::settings::guidance::{Expiry, Urgency, expiry};
use calendar::settings::{Item, Value};
use kit::{Button, Each, fill, live};
use leptos::prelude::*;

use super::bar::yes_or_no;
use super::session::{Access, Form};
use super::status::Age;
use crate::connection::{Pbxs, Source, Status};
use crate::{intl, text};

/// In milliseconds.
const MINUTE: u64 = 60_000;

/// Title, what the service does at the moment, and what to do about it.
#[component]
pub fn Header(form: Form) -> impl IntoView {
    let health = move || known(form, health);
    let state = move || {
        if form.age.get() == Age::Checking {
            form.text(text::CHECKING).to_owned()
        } else {
            known(form, |status| sentences(form, status))
        }
    };
    let is_there = move || !known(form, Status::awaits_pbx);
    view! {
        <header data-stale=live(move || yes_or_no(matches!(form.age.get(), Age::Stale(_))))>
            <h2>{form.say(text::TITLE)}</h2>
            <p class="status" role="status" data-health=live(health)>
                {live(state)}
            </p>
            // Apart from the status, because it changes by the minute, which no screen reader should tell each time.
            <p class="age">{live(move || known(form, |status| source(form, status)))}</p>
            <p class="age">{live(move || lost(form).unwrap_or_else(|| known(form, |status| age(form, status))))}</p>
            <Button
                class="link"
                label=form.say(text::APP_OBJECTS)
                hidden=is_there
                on_press=move || form.focus_in("[aria-labelledby=objects] button")
            />
            <p class="advice" lang="en">
                {live(move || known(form, advice))}
            </p>
            <p class="advice">{live(move || secret(form))}</p>
            <Offers form=form />
        </header>
    }
}

/// Something of the status; nothing until there is one, and while it is about settings that are no more.
fn known<T: Default>(form: Form, ask: impl FnOnce(&Status) -> T) -> T {
    let is_old = form.age.get() == Age::Checking;
    form.status.with(|status| status.as_ref().filter(|_| !is_old).map(ask).unwrap_or_default())
}

fn sentences(form: Form, status: &Status) -> String {
    let sync = match &*status.sync {
        "off" => form.text(text::SYNC_OFF).to_owned(),
        "starting" if status.awaits_pbx() => String::new(),
        "starting" => form.text(text::SYNC_STARTING).to_owned(),
        "running" => form.counted(text::SYNC_RUNNING, status.users),
        _ => form.text(text::SYNC_ERROR).to_owned(),
    };
    let unmatched = match status.unmatched {
        0 => String::new(),
        unmatched => form.counted(text::UNMATCHED, unmatched),
    };
    let Pbxs { configured, connected, others } = &status.pbx;
    let others = others.join(", ");
    let pbx = match (&**configured, connected, &*others) {
        ("", _, "") => String::new(),
        ("", ..) => form.filled(text::PBX_CONNECTED, &others),
        (_, true, _) => form.filled(text::PBX_CONNECTED, configured),
        (_, false, "") if status.awaits_pbx() => form.filled(text::PBX_AWAITED, configured),
        (_, false, "") => form.filled(text::PBX_MISSING, configured),
        (_, false, _) => fill(form.text(text::PBX_OTHER), &[configured, &others]),
    };
    [sync, unmatched, pbx].join(" ").trim().to_owned()
}

fn health(status: &Status) -> &'static str {
    match &*status.sync {
        "running" if status.pbx.connected && status.error.is_none() => "good",
        "off" => "",
        "error" => "bad",
        _ => "fair",
    }
}

/// The Exchange server, and how its changes are learned of.
fn source(form: Form, status: &Status) -> String {
    let Source { server, version, watching } = &status.source;
    if server.is_empty() {
        return String::new();
    }
    let server = fill(form.text(text::SERVER), &[server, version]);
    match &**watching {
        "streaming" => [&server, " ", form.text(text::STREAMING)].concat(),
        "polling" => [&server, " ", form.text(text::POLLING)].concat(),
        _ => server,
    }
}

/// Since when nothing has been heard of the service.
fn lost(form: Form) -> Option<String> {
    match form.age.get() {
        Age::Stale(at) => Some(form.filled(text::STALE, &intl::time(form.language(), at))),
        _ => None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "minutes are few")]
fn age(form: Form, status: &Status) -> String {
    match status.age.unwrap_or_default() / MINUTE {
        0 => String::new(),
        minutes => form.filled(text::AGE, &intl::distance(form.language(), -(minutes as f64), "minute")),
    }
}

/// What the service advises. It does so in English; what it says about a missing PBX stands in our own words above.
fn advice(status: &Status) -> String {
    if status.error.as_deref() == Some("pbxNotConnected") {
        return String::new();
    }
    status.advice.clone().unwrap_or_default()
}

/// That the secret in use expires, from a month before.
fn secret(form: Form) -> String {
    let today = intl::today();
    let expiry = form.state.stored.with(|stored| expiry(stored, today));
    let Some(Expiry { days, urgency }) = expiry.filter(|expiry| expiry.urgency > Urgency::None) else {
        return String::new();
    };
    let words = if urgency == Urgency::Over { text::SECRET_EXPIRED } else { text::SECRET_EXPIRES };
    form.filled(words, &intl::date(form.language(), today + days))
}

/// The PBXs that are connected in place of the one in the field, each with a button that puts its name there.
#[component]
fn Offers(form: Form) -> impl IntoView {
    let offer = move |pbx: String| {
        let name = pbx.clone();
        let press = move || {
            form.set(Item::PbxName, Value::Text(pbx.clone()));
            form.focus(Item::PbxName);
        };
        view! { <Button label=move || form.filled(text::USE_PBX, &name) on_press=press /> }
    };
    view! {
        <div class="offers">
            <Each keys=move || offers(form) children=offer />
        </div>
    }
}

fn offers(form: Form) -> Vec<String> {
    let others = form.status.with(|status| match status {
        Some(status) if !status.pbx.connected => status.pbx.others.clone(),
        _ => Vec::new(),
    });
    let typed = form.of(Item::PbxName, |seen| seen.text.clone());
    if form.access.get() == Access::Granted && !others.contains(&typed) { others } else { Vec::new() }
}

/// Stands for the fields until there are settings.
#[component]
pub fn Waiting(form: Form) -> impl IntoView {
    let denied = move || if form.access.get() == Access::Denied { form.text(text::NO_ACCESS) } else { "" };
    view! {
        <div>
            <p class="warning" role="alert">
                {live(denied)}
            </p>
            <div class="sections ghosts" aria-hidden="true">
                <div class="card"></div>
                <div class="card"></div>
            </div>
        </div>
    }
}
