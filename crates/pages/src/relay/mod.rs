//! Where the service runs, for the relay on an App Platform: address and password, and live how the link stands.

mod link;

use js_sys::Object;
use kit::{Button, Texts, Words, live};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use serde::Deserialize;
use texts::relay as text;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::frame::{Frame, object, spawn};
use crate::told::Told;

/// Fields for address and password, with how the link stands above them.
#[component]
pub fn Whereabouts(
    /// What it has of the form.
    frame: Frame,
    /// What the form is told by the relay.
    told: RwSignal<Told>,
) -> impl IntoView {
    let stored = told.with_untracked(|told| told.relay.as_ref()?.url.clone()).unwrap_or_default();
    let desk = Desk {
        frame,
        texts: Texts(frame.language),
        url: RwSignal::new(stored),
        password: RwSignal::new(String::new()),
        outcome: RwSignal::new(None),
    };
    let health = move || told.with(|told| link::health(told.relay.as_ref()));
    let sentence = move || told.with(|told| link::sentence(desk.texts, told.relay.as_ref()));
    let times = move || told.with(|told| link::times(desk.texts, told.relay.as_ref()));
    let is_waiting = move || told.with(|told| told.relay.as_ref().is_some_and(|relay| relay.next.is_some()));
    let outcome = move || desk.outcome.get().map_or("", |words| desk.texts.text(words));
    let tone = move || match desk.outcome.get() {
        Some(words) if words == text::REFUSED || words == text::SILENT => "bad",
        _ => "",
    };
    view! {
        <div class="relay" lang=live(move || desk.texts.language().code()) on:keydown=move |event| key_pressed(desk, &event)>
            <p class="status" role="status" data-health=live(health)>
                {live(sentence)}
            </p>
            // Apart from the status, because it changes with each attempt, which no screen reader should tell each time.
            <div class="said">
                <p class="help">{live(times)}</p>
                <Button
                    class="link"
                    label=desk.texts.say(text::RETRY)
                    hidden=move || !is_waiting()
                    on_press=move || retry(desk)
                />
            </div>
            <Field desk=desk id="relay-address" kind="url" label=text::ADDRESS help=text::ADDRESS_HELP value=desk.url />
            <Field
                desk=desk
                id="relay-password"
                kind="password"
                label=text::PASSWORD
                help=text::PASSWORD_HELP
                value=desk.password
            />
            <div class="buttons">
                <Button label=desk.texts.say(text::APPLY) on_press=move || apply(desk) />
            </div>
            <p class="notice" role="status" data-tone=live(tone)>
                {live(outcome)}
            </p>
        </div>
    }
}

/// What the parts of the page share. Handles to signals, so it is copied freely.
#[derive(Clone, Copy)]
struct Desk {
    frame: Frame,
    texts: Texts,
    url: RwSignal<String>,
    password: RwSignal<String>,
    /// What became of the last change.
    outcome: RwSignal<Option<Words>>,
}

#[component]
fn Field(
    desk: Desk,
    id: &'static str,
    kind: &'static str,
    label: Words,
    help: Words,
    value: RwSignal<String>,
) -> impl IntoView {
    let help_id = [id, "-help"].concat();
    view! {
        <div class="field">
            <label for=id>{desk.texts.say(label)}</label>
            <div>
                <input
                    id=id
                    type=kind
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby=help_id.clone()
                    prop:value=live(move || value.get())
                    on:input=move |event| value.set(kit::value(&event))
                />
                <p class="help" id=help_id>
                    {desk.texts.say(help)}
                </p>
            </div>
        </div>
    }
}

/// What the App Platform says to a change of its settings.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Written {
    result: Option<String>,
    error: Option<String>,
}

/// Tells the App Platform what was typed. The relay connects by itself then.
fn apply(desk: Desk) {
    if desk.outcome.get_untracked() == Some(text::APPLYING) {
        return;
    }
    desk.outcome.set(Some(text::APPLYING));
    let url = desk.url.get_untracked().trim().to_owned();
    let password = desk.password.get_untracked();
    spawn(async move {
        let mut items = vec![("serviceUrl", url.into())];
        // The stored one stays.
        if !password.is_empty() {
            items.push(("servicePassword", password.into()));
        }
        let body = object(&[("ConfigItems", object(&items).into())]);
        let words = match desk.frame.request("place", body).await {
            Ok(reply) => match kit::js::from_js::<Written>(reply).unwrap_or_default() {
                Written { error: None, result } if result.as_deref().is_none_or(|result| result == "ok") => {
                    text::APPLIED
                }
                _ => text::REFUSED,
            },
            Err(_) => text::SILENT,
        };
        // The page may have been closed meanwhile.
        let _ = desk.outcome.try_set(Some(words));
        if words == text::APPLIED {
            let _ = desk.password.try_set(String::new());
        }
    });
}

/// Lets the relay try at once.
fn retry(desk: Desk) {
    spawn(async move {
        // What comes of it, the relay tells by itself.
        let _ = desk.frame.request("RetryRelay", Object::new()).await;
    });
}

/// Enter in a field tells the App Platform, and does not save the settings.
fn key_pressed(desk: Desk, event: &KeyboardEvent) {
    let is_field = event.target().is_some_and(|target| target.has_type::<HtmlInputElement>());
    if is_field && event.key() == "Enter" {
        event.prevent_default();
        apply(desk);
    }
}
