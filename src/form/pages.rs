//! What is opened on demand, from the second module: preview, dry run, users, App objects, export and import, what
//! certificates say.

use calendar::settings::{Item, Kind, Secret, Value};
use gloo_timers::future::TimeoutFuture;
use js_sys::Reflect;
use kit::{Button, Disclosure, Each, Flag, Warning, Words, js, live};
use leptos::html::{Div, Span};
use leptos::prelude::*;
use serde::Serialize;
use serde_json::Value as Json;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use super::section::Card;
use super::session::{Form, USERS};
use crate::connection::{Items, State as Line};
use crate::host::{Page, PageRequest};
use crate::services::{Owner, services};
use crate::text;

/// The page that leads through the set-up has pages of its own.
const ASSISTANT: &str = "assistant";

/// After so many milliseconds nobody waits for the form any more.
const UNTIL_IDLE: u32 = 200;

/// How it goes, once the form is idle: its page is not what anybody waits for.
#[component]
pub fn Overview(form: Form) -> impl IntoView {
    let is_idle = RwSignal::new(false);
    form.spawn(async move {
        TimeoutFuture::new(UNTIL_IDLE).await;
        let _ = is_idle.try_set(true);
    });
    view! {
        <Card form=form id="overview" heading=text::OVERVIEW about=text::OVERVIEW_ABOUT>
            <div class="page overview">
                <While form=form view="overview" shown=move || is_idle.get() />
            </div>
        </Card>
    }
}

/// The users, with what colleagues see of them. They open by themselves for a page that leads to them.
#[component]
pub fn Users(form: Form) -> impl IntoView {
    view! {
        <Card form=form id=USERS heading=text::USERS about=text::ABOUT_USERS>
            <Opened form=form view=USERS title=text::SHOW_USERS />
        </Card>
    }
}

/// The connection test, and what leads step by step through the set-up.
#[component]
pub fn Aids(form: Form) -> impl IntoView {
    let [assistant, test] = [RwSignal::new(false), RwSignal::new(false)];
    view! {
        <div class="page">
            <div class="aids">
                <Opener form=form view=ASSISTANT title=text::ASSISTANT open=assistant />
                <Opener form=form view="test" title=text::TEST open=test />
            </div>
            <While form=form view=ASSISTANT shown=move || assistant.get() />
            <While form=form view="test" shown=move || test.get() />
        </div>
    }
}

/// The button of a page. It is opened from elsewhere, too: by its name, and the assistant by that of a page in it, which
/// has a slash.
#[component]
fn Opener(form: Form, view: &'static str, title: Words, open: RwSignal<bool>) -> impl IntoView {
    let place = NodeRef::<Span>::new();
    Effect::new(move |_| {
        let way = form.way.get().unwrap_or_default();
        let is_own = way == view;
        if is_own || way.contains('/') && view == ASSISTANT {
            open.set(true);
        }
        // The focus of one that is a part of the form is the navigation's.
        if is_own && form.named(view).is_none() {
            let button = place.get_untracked().and_then(|place| place.first_element_child());
            if let Some(button) = button {
                let _ = button.unchecked_ref::<HtmlElement>().focus();
            }
        }
    });
    view! {
        <span node_ref=place>
            <Disclosure label=form.say(title) open=open />
        </span>
    }
}

/// A button that opens and closes a page below it.
#[component]
pub fn Opened(
    /// What it has of the form.
    form: Form,
    /// Name of the page.
    view: &'static str,
    /// What the button says.
    title: Words,
) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <div class="page">
            <Opener form=form view=view title=title open=open />
            <While form=form view=view shown=move || open.get() />
        </div>
    }
}

/// Whose the certificates in the form are. Not opened by a button, but there while `shown` holds.
#[component]
pub fn Certificate(
    /// What it has of the form.
    form: Form,
    /// Whether there are some.
    #[prop(into)]
    shown: Flag,
) -> impl IntoView {
    view! {
        <div>
            <While form=form view="certificate" shown=shown />
        </div>
    }
}

/// A page that is there while `shown` holds.
#[component]
pub fn While(form: Form, view: &'static str, #[prop(into)] shown: Flag) -> impl IntoView {
    view! {
        <Show when=move || shown.get()>
            <Attempts form=form view=view />
        </Show>
    }
}

/// Where an attempt to show a page stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Loading,
    Shown,
    Failed,
}

/// A page, or what kept it from being shown, with a way to try again.
#[component]
fn Attempts(form: Form, view: &'static str) -> impl IntoView {
    let phase = RwSignal::new(Phase::Loading);
    let attempt = RwSignal::new(0_u32);
    let again = move || {
        phase.set(Phase::Loading);
        attempt.update(|number| *number += 1);
    };
    let loading = move || if phase.get() == Phase::Loading { form.text(text::PAGE_LOADING) } else { "" };
    view! {
        <div>
            <p class="help" role="status">
                {live(loading)}
            </p>
            <Show when=move || phase.get() == Phase::Failed>
                <Warning text=form.say(text::PAGE_FAILED)>
                    <Button label=form.say(text::TRY_AGAIN) on_press=again />
                </Warning>
            </Show>
            // Each attempt has an element of its own: a shadow root is for ever.
            <Each
                keys=move || vec![attempt.get().to_string()]
                children=move |_| view! { <Attempt form=form view=view phase=phase /> }
            />
        </div>
    }
}

/// An attempt, as far as its page asks something of the form.
struct Attempted {
    form: Form,
    phase: RwSignal<Phase>,
}

impl Owner for Attempted {
    fn take(&self, items: &Items) {
        self.form.restore(items);
    }

    fn typed(&self) -> Option<Items> {
        Some(self.form.to_message()?.1.items)
    }

    fn hidden(&self, secret: &str) -> Option<Json> {
        self.form.hidden(secret)
    }

    fn go(&self, to: &str, state: Option<String>) {
        // That is how the service calls it.
        self.form.go(if to == "appObjects" { "objects" } else { to }, state);
    }

    fn save(&self) {
        self.form.spawn(self.form.save());
    }

    fn died(&self) {
        // The page may have been closed meanwhile.
        let _ = self.phase.try_set(Phase::Failed);
    }
}

/// Shows the page in an element of its own, and takes it out with that.
#[component]
fn Attempt(form: Form, view: &'static str, phase: RwSignal<Phase>) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    let page = RwSignal::new_local(None::<Box<dyn Page>>);
    let services = StoredValue::new_local(services(form.connection(), Attempted { form, phase }));
    on_cleanup(move || {
        page.try_with_untracked(|page| {
            if let Some(page) = page {
                page.close();
            }
        });
    });
    place.on_load(move |container| {
        let Some(ask) = services.try_get_value() else { return };
        let host = form.host();
        form.spawn(async move {
            let request = PageRequest {
                container: container.unchecked_into(),
                view,
                state: untrack(|| told(form)),
                ask,
            };
            let opened = host.page(request).await;
            let _ = phase.try_set(if opened.is_some() { Phase::Shown } else { Phase::Failed });
            // What cannot be kept any more was closed meanwhile, and nobody else will take it out.
            if let Some(Some(late)) = page.try_set(opened) {
                late.close();
            }
        });
    });
    Effect::new(move |_| {
        let state = told(form);
        page.with(|page| {
            if let Some(page) = page {
                page.update(&state);
            }
        });
    });
    view! { <div node_ref=place></div> }
}

/// What a page is told of the form. Passwords are empty, always.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    /// Code of the language.
    language: &'static str,
    /// As typed.
    settings: Items,
    /// As the service has them.
    stored: Items,
    /// Where a page of the assistant is to be shown: its name, empty for none.
    way: String,
    /// The passwords that are there, stored or typed, by the names of their items.
    secrets: Vec<&'static str>,
    /// What the service says of the PBX, once it has said something and while it is connected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pbx_connected: Option<bool>,
    /// Address under which others reach the service, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    public_url: Option<String>,
    /// The state of the users whom another page has led to.
    #[serde(skip_serializing_if = "Option::is_none")]
    users_in: Option<String>,
}

fn told(form: Form) -> JsValue {
    let is_connected = form.line.get() == Line::Connected;
    let (pbx_connected, public_url) = form.status.with(|status| {
        let status = status.as_ref();
        let pbx = status.filter(|_| is_connected).map(|status| status.pbx.connected);
        (pbx, status.and_then(|status| status.public_url.clone()))
    });
    let relay = form.relay.get();
    // The plugin's files are the App Platform's then, and the pages of the objects are not among them.
    let public_url = public_url.or_else(|| relay.as_ref()?.link.url.clone());
    let (settings, stored, secrets) = form.state.always(|draft| {
        let is_there = |item: &&Item| !matches!(draft.settings().get(**item), Value::Secret(Secret::Absent));
        let passwords = Item::ALL.iter().filter(|item| item.kind() == Kind::Password);
        let secrets = passwords.filter(is_there).map(|item| item.name()).collect();
        (draft.settings().to_items(), draft.stored().to_items(), secrets)
    });
    let language = form.language().code();
    let (way, users_in) = (form.way.get().unwrap_or_default(), form.users_in.get());
    let told =
        js::to_js(&Told { language, settings, stored, way, secrets, pbx_connected, public_url, users_in });
    // Setting properties of a fresh object cannot fail.
    let _ = Reflect::set(&told, &"status".into(), &form.told.get());
    if let Some(relay) = relay {
        let _ = Reflect::set(&told, &"relay".into(), &relay.told);
    }
    told
}
