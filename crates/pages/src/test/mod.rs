//! The connection test: what works of the settings as typed, step by step, what does not and what to do about it.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `line` | what is told of a step, and their order |
//! | `run` | how a test goes on |
//! | `row` | a step as it is shown |
//! | `sentence` | what a step says in the language of the form |
//! | `report` | the report for a ticket |

mod line;
mod report;
mod row;
mod run;
mod sentence;

use calendar::settings::SyncType;
use kit::{Button, Each, Flag, Switch, Texts, Words, live};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use texts::test as text;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::frame::Frame;
use report::Report;
use row::Row;
pub use run::{Desk, Said};

/// The fields of a test, its button, and its steps.
#[component]
pub fn Test(
    /// What it has of the form.
    frame: Frame,
    /// Whom to try first.
    #[prop(optional)]
    mailbox: String,
    /// Who must not be readable.
    #[prop(optional)]
    outside: String,
) -> impl IntoView {
    let desk = Desk::new(frame);
    desk.mailbox.set(mailbox);
    desk.outside.set(outside);
    let texts = desk.texts;
    let is_running = move || desk.is_running.get();
    let label = move || texts.text(if is_running() { text::CANCEL } else { text::START });
    let press = move || if desk.is_running.get_untracked() { desk.cancel() } else { desk.start(&[]) };
    let is_graph = move || frame.typed.with(|typed| typed.sync_type == SyncType::Graph);
    on_cleanup(move || desk.leave());
    view! {
        <div class="test" lang=live(move || texts.language().code()) on:keydown=move |event| key_pressed(desk, &event)>
            <p class="about">{texts.say(text::ABOUT)}</p>
            <Field texts=texts id="test-mailbox" label=text::MAILBOX help=text::MAILBOX_HELP value=desk.mailbox />
            <Field texts=texts id="test-outside" label=text::OUTSIDE help=text::OUTSIDE_HELP value=desk.outside />
            <Show when=move || !is_graph()>
                <Switch
                    label=texts.say(text::WATCH)
                    on=move || desk.watch.get()
                    set=move |is_on| desk.watch.set(is_on)
                />
            </Show>
            <div class="said">
                <Button class="main" label=label on_press=press />
                <p class="notice" role="status" data-tone=live(move || desk.said.with(Said::tone))>
                    {live(move || desk.said.with(|said| said.sentence(texts)))}
                </p>
            </div>
            <Steps desk=desk />
            <Report desk=desk />
        </div>
    }
}

/// The steps so far.
#[component]
pub fn Steps(desk: Desk) -> impl IntoView {
    let keys = move || desk.lines.with(|lines| lines.iter().map(line::Line::key).collect());
    let is_empty: Flag = (move || desk.lines.with(Vec::is_empty)).into();
    view! {
        <ol
            class="steps"
            aria-label=live(move || desk.texts.text(text::STEPS))
            prop:hidden=live(move || is_empty.get())
        >
            <Each keys=keys children=move |key| view! { <Row desk=desk key=key /> } />
        </ol>
    }
}

/// A field for an address.
#[component]
fn Field(
    texts: Texts,
    id: &'static str,
    label: Words,
    help: Words,
    value: RwSignal<String>,
) -> impl IntoView {
    let help_id = [id, "-help"].concat();
    view! {
        <div class="field">
            <label for=id>{texts.say(label)}</label>
            <div>
                <input
                    id=id
                    type="email"
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby=help_id.clone()
                    prop:value=live(move || value.get())
                    on:input=move |event| value.set(kit::value(&event))
                />
                <p class="help" id=help_id>
                    {texts.say(help)}
                </p>
            </div>
        </div>
    }
}

/// Enter in a field starts the test, and does not save the settings.
fn key_pressed(desk: Desk, event: &KeyboardEvent) {
    let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    if field.is_some_and(|field| field.type_() == "email") && event.key() == "Enter" {
        event.prevent_default();
        desk.start(&[]);
    }
}
