//! What is opened on demand, from the second module: preview, dry run, users, App objects, export and import, what
//! certificates say.

use js_sys::Reflect;
use kit::{Button, Disclosure, Each, Flag, Warning, Words, js, live};
use leptos::html::Div;
use leptos::prelude::*;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};

use super::section::Card;
use super::session::Form;
use crate::connection::{Items, State as Line};
use crate::host::{Page, PageRequest};
use crate::services::Services;
use crate::text;

/// The users, with what colleagues see of them.
#[component]
pub fn Users(form: Form) -> impl IntoView {
    view! {
        <Card form=form id="users" heading=text::USERS about=text::ABOUT_USERS>
            <Opened form=form view="users" title=text::SHOW_USERS />
        </Card>
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
    let is_open = RwSignal::new(false);
    view! {
        <div class="page">
            <Disclosure label=form.say(title) open=is_open />
            <While form=form view=view shown=move || is_open.get() />
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

/// Shows the page in an element of its own, and takes it out with that.
#[component]
fn Attempt(form: Form, view: &'static str, phase: RwSignal<Phase>) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    let page = RwSignal::new_local(None::<Box<dyn Page>>);
    let died = move || {
        // The page may have been closed meanwhile.
        let _ = phase.try_set(Phase::Failed);
    };
    let services = Services::new(
        form.connection(),
        move |items| form.restore(items),
        move |secret| form.hidden(secret),
        died,
    );
    let services = StoredValue::new_local(services);
    on_cleanup(move || {
        page.try_with_untracked(|page| {
            if let Some(page) = page {
                page.close();
            }
        });
    });
    place.on_load(move |container| {
        let Some(ask) = services.try_with_value(Services::function) else { return };
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
    /// What the service says of the PBX, once it has said something and while it is connected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pbx_connected: Option<bool>,
    /// Address under which others reach the service, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    public_url: Option<String>,
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
    let (settings, stored) =
        form.state.always(|draft| (draft.settings().to_items(), draft.stored().to_items()));
    let told =
        js::to_js(&Told { language: form.language().code(), settings, stored, pbx_connected, public_url });
    if let Some(relay) = relay {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&told, &"relay".into(), &relay.told);
    }
    told
}
