//! The form: one component per kind of field, and one file per part.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `draft` | what was typed, beside what the service has |
//! | `state` | the signals for it: one for each item |
//! | `session` | what the parts share: state, connection, loading |
//! | `save` | how a save goes |
//! | `status` | what the service does, and whether that is still so |
//! | `search` | finding an entry of a long list |
//! | `row` | the row of an item: label, field, help, problem, conflict |
//! | `field` | the fields of each kind |
//! | `section` | a card with the items of a section |
//! | `sections` | all of them, in the order of the form |
//! | `navigation` | the ways to them, and which one is in view |
//! | `relay` | a relay on an App Platform, and where it finds the service |
//! | `pages` | what is opened on demand, from a module of its own |
//! | `header`, `bar` | what frames the sections |
//! | `guidance` | what ends at Microsoft, the move to Graph, the first steps |
//! | `summary` | what the last save came to, and the way back |
//! | `keys` | what keys do in the whole form |
//! | `leaving` | input that would be lost |

// Handles are smaller on wasm.
#![cfg_attr(
    not(target_family = "wasm"),
    expect(
        clippy::large_types_passed_by_value,
        reason = "`Form` is a bundle of handles, passed as signals are"
    )
)]

mod bar;
mod draft;
mod field;
mod guidance;
mod header;
mod keys;
mod leaving;
mod navigation;
mod pages;
mod relay;
mod row;
mod save;
mod search;
mod section;
mod sections;
mod session;
mod state;
mod status;
mod summary;

use kit::{Language, Shadow, Texts, live};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::host::Host;
use session::{Access, Form};

/// Style of everything in the form.
const RULES: &str = include_str!(concat!(env!("OUT_DIR"), "/form.css"));

/// The form with the settings of a Calendar service. It connects as soon as it is shown, and closes its connection when
/// it goes. It stands in a shadow root of its own, so that neither its names nor its style meet those of the page.
#[component]
pub fn CalendarForm(
    /// The page that shows it: gives it a way to the service.
    #[prop(into)]
    host: Host,
    /// Code of the language, such as `de`; may change. Its texts must have been [taught](crate::teach).
    #[prop(into, default = "en".into())]
    language: TextProp,
    /// `dark` or `light`; may change.
    #[prop(into, default = "dark".into())]
    scheme: TextProp,
) -> impl IntoView {
    let texts = Texts(RwSignal::new(untrack(|| Language::from_host(&language.get()))));
    Effect::new(move |_| texts.0.set(Language::from_host(&language.get())));
    let form = Form::open(host, texts);
    view! {
        <Shadow rules=RULES scheme=scheme>
            <Whole form=form />
        </Shadow>
    }
}

/// The element of the form, with everything in it.
#[component]
fn Whole(form: Form) -> impl IntoView {
    let is_granted = move || form.access.get() == Access::Granted;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.spawn(form.save());
    };
    view! {
        <form
            class="calendar"
            lang=live(move || form.language().code())
            novalidate=true
            autocomplete="off"
            node_ref=form.place
            on:submit=submit
            on:keydown=move |event| keys::pressed(form, &event)
        >
            <header::Header form=form />
            <Show when=move || form.relay.with(Option::is_some)>
                <div class="sections">
                    <relay::Whereabouts form=form />
                </div>
            </Show>
            <Show when=is_granted fallback=move || view! { <header::Waiting form=form /> }>
                <sections::Sections form=form />
            </Show>
            <bar::Bar form=form />
        </form>
    }
}
