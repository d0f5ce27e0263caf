use calendar::settings::guidance::{Expiry, Urgency, expiry};
use calendar::settings::{Item, Value};
use kit::{Button, Each, fill, live};
use leptos::prelude::*;

use super::session::{Access, Form};
use crate::connection::Status;
use crate::{intl, text};

/// In milliseconds.
const MINUTE: u64 = 60_000;

/// Title, what the service does at the moment, and what to do about it.
#[component]
pub fn Header(form: Form) -> impl IntoView {
    let health = move || form.status.with(|status| status.as_ref().map_or("", health));
    view! {
        <header>
            <h2>{form.say(text::TITLE)}</h2>
            <p class="status" role="status" data-health=live(health)>
                {live(move || of_status(form, sentences))}
            </p>
            // Apart from the status, because it changes by the minute, which no screen reader should tell each time.
            <p class="age">{live(move || of_status(form, age))}</p>
            <p class="advice" lang="en">
                {live(move || of_status(form, advice))}
            </p>
            <p class="advice">{live(move || secret(form))}</p>
            <Offers form=form />
        </header>
    }
}

/// A text about the status, empty until there is one.
fn of_status(form: Form, text: fn(Form, &Status) -> String) -> String {
    form.status.with(|status| status.as_ref().map(|status| text(form, status)).unwrap_or_default())
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
    let configured = form.state.stored.with(|stored| stored.pbx_name.clone());
    let others = status.pbx.others.join(", ");
    let pbx = match (&*configured, status.pbx.connected, &*others) {
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
        "running" if status.pbx.connected && status.error.is_none() => "good",
        "off" => "",
        "error" => "bad",
        _ => "fair",
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
fn advice(_: Form, status: &Status) -> String {
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
