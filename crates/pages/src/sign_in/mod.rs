//! Signing in to Exchange Online: who has signed in and since when, and the button that opens Microsoft's page in a tab of
//! its own. What comes of that is told by the status, here and in other browsers alike.

mod tab;

use calendar::settings::{Item, SyncType};
use js_sys::{Date, Object};
use kit::{Button, Texts, live};
use leptos::prelude::*;
use serde::Deserialize;
use texts::sign_in as text;
use wasm_bindgen::JsValue;

use crate::frame::{Frame, spawn};
use crate::told::Told;
use tab::Tab;

/// What is to be stored before somebody can sign in with it. Of passwords a page knows nothing.
const ITEMS: [Item; 8] = [
    Item::SyncType,
    Item::User,
    Item::ClientId,
    Item::TenantId,
    Item::SupportedAccounts,
    Item::RedirectUri,
    Item::Scopes,
    Item::NationalCloud,
];

/// Who has signed in, and the way to do so.
#[component]
pub fn SignIn(
    /// What it has of the form.
    frame: Frame,
    /// What the form is told by the service.
    told: RwSignal<Told>,
) -> impl IntoView {
    let desk = Desk { frame, texts: Texts(frame.language), told, step: RwSignal::new(Step::Nothing) };
    Effect::new(move |before: Option<Option<f64>>| {
        let since = told.with(|told| told.source()?.signed_in_since);
        // Somebody has signed in just now, here or elsewhere.
        if before.is_some_and(|before| before != since) {
            desk.step.set(Step::Nothing);
        }
        since
    });
    let is_in = move || told.with(|told| signed_in_as(told).is_some());
    let health = move || match (is_in(), is_other(desk)) {
        (true, false) => "good",
        (true, true) => "fair",
        (false, _) => "bad",
    };
    let label = move || desk.texts.text(if is_in() { text::AGAIN } else { text::SIGN_IN });
    let tone = move || if matches!(desk.step.get(), Step::Failed(_)) { "bad" } else { "" };
    view! {
        <div class="relay" lang=live(move || desk.texts.language().code())>
            <p class="status" role="status" data-health=live(health)>
                {live(move || who(desk))}
            </p>
            <p class="help">{live(move || about(desk))}</p>
            <div class="buttons">
                <Button label=label hidden=move || !is_stored(desk) on_press=move || begin(desk) />
            </div>
            <p class="notice" role="status" data-tone=live(tone)>
                {live(move || outcome(desk))}
            </p>
            <Show when=move || matches!(desk.step.get(), Step::Blocked(_))>
                <p>
                    <a href=live(move || address(desk)) target="_blank" rel="noopener noreferrer">
                        {desk.texts.say(text::OPEN)}
                    </a>
                </p>
            </Show>
        </div>
    }
}

/// What the parts of the page share. Handles to signals, so it is copied freely.
#[derive(Clone, Copy)]
struct Desk {
    frame: Frame,
    texts: Texts,
    told: RwSignal<Told>,
    step: RwSignal<Step>,
}

/// Where a sign-in stands.
#[derive(Clone)]
enum Step {
    /// None was begun, or it is done.
    Nothing,
    /// The service is asked for the address.
    Asking,
    /// It goes on in another tab.
    Elsewhere,
    /// The browser lets no tab be opened but by a link to this address.
    Blocked(String),
    /// It did not begin; with the word for why, where the service gave one.
    Failed(Option<String>),
}

/// What the service says to `StartSignIn`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Started {
    url: Option<String>,
    error: Option<String>,
}

fn signed_in_as(told: &Told) -> Option<&String> {
    told.source()?.signed_in_as.as_ref()
}

/// Whether somebody else has signed in than the user of the settings.
fn is_other(desk: Desk) -> bool {
    let user = desk.frame.stored.with(|stored| stored.user.clone());
    let is_other = |name: &String| !name.eq_ignore_ascii_case(&user);
    desk.told.with(|told| signed_in_as(told).is_some_and(is_other))
}

/// Who has signed in, and since when.
fn who(desk: Desk) -> String {
    desk.told.with(|told| {
        match (signed_in_as(told), told.source().and_then(|source| source.signed_in_since)) {
            (Some(name), Some(since)) => {
                let since = Date::new(&JsValue::from_f64(since));
                let since = since.to_locale_string(desk.texts.language().code(), &JsValue::UNDEFINED);
                desk.texts.filled(text::SIGNED_IN, &[name, &String::from(since)])
            }
            _ => desk.texts.text(text::NOBODY).to_owned(),
        }
    })
}

/// What is to be known beside that.
fn about(desk: Desk) -> String {
    if !is_stored(desk) {
        return desk.texts.text(text::SAVE_FIRST).to_owned();
    }
    if is_other(desk) {
        let user = desk.frame.stored.with(|stored| stored.user.clone());
        return desk.texts.filled(text::OTHER_USER, &[&user]);
    }
    desk.texts.text(text::ABOUT).to_owned()
}

/// Whether the service has what stands in the form, as far as a sign-in depends on it.
fn is_stored(desk: Desk) -> bool {
    desk.frame.stored.with(|stored| {
        let is_same = |typed: &calendar::settings::Settings| {
            ITEMS.iter().all(|&item| typed.get(item) == stored.get(item))
        };
        stored.sync_type == SyncType::Cloud && desk.frame.typed.with(is_same)
    })
}

fn outcome(desk: Desk) -> String {
    match desk.step.get() {
        Step::Nothing | Step::Asking => String::new(),
        Step::Elsewhere => desk.texts.text(text::ELSEWHERE).to_owned(),
        Step::Blocked(_) => desk.texts.text(text::BLOCKED).to_owned(),
        Step::Failed(None) => desk.texts.text(text::SILENT).to_owned(),
        Step::Failed(Some(code)) => desk.texts.filled(text::FAILED, &[&code]),
    }
}

fn address(desk: Desk) -> String {
    match desk.step.get() {
        Step::Blocked(url) => url,
        _ => String::new(),
    }
}

/// Opens a tab at once, because browsers let none be opened later than at the click, and sends it to the login when the
/// service has said where that is.
fn begin(desk: Desk) {
    if matches!(desk.step.get_untracked(), Step::Asking) {
        return;
    }
    desk.step.set(Step::Asking);
    let tab = Tab::open();
    spawn(async move {
        let started = desk.frame.request("StartSignIn", Object::new()).await;
        let started: Option<Started> = started.ok().and_then(|reply| kit::js::from_js(reply).ok());
        let step = match (started, tab) {
            (Some(Started { url: Some(url), .. }), Some(tab)) => {
                tab.go(&url);
                Step::Elsewhere
            }
            (Some(Started { url: Some(url), .. }), None) => Step::Blocked(url),
            (started, tab) => {
                if let Some(tab) = tab {
                    tab.close();
                }
                Step::Failed(started.and_then(|started| started.error))
            }
        };
        // The page may have been closed meanwhile.
        let _ = desk.step.try_set(step);
    });
}
