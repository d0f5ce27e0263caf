//! The dry run: for which users the settings as typed would change what colleagues see, when and how.

use calendar::settings::{Item, Section, Settings};
use calendar_presence::Activity;
use gloo_timers::future::TimeoutFuture;
use js_sys::Array;
use leptos::prelude::*;
use ui::{El, Words, el};
use wasm_bindgen::prelude::*;

use crate::frame::{Frame, object, spawn};
use crate::settings::to_js;
use crate::text::dry_run as text;

/// So many milliseconds after the last key the service is asked.
const PAUSE: u32 = 400;

#[wasm_bindgen]
extern "C" {
    /// A `DryRunResult`.
    type Answer;

    #[wasm_bindgen(method, getter)]
    fn changed(this: &Answer) -> Option<Array>;
    #[wasm_bindgen(method, getter)]
    fn unchanged(this: &Answer) -> Option<u32>;
    #[wasm_bindgen(method, getter)]
    fn more(this: &Answer) -> Option<u32>;

    type ChangeMessage;

    #[wasm_bindgen(method, getter)]
    fn guid(this: &ChangeMessage) -> String;
    #[wasm_bindgen(method, getter)]
    fn name(this: &ChangeMessage) -> String;
    #[wasm_bindgen(method, getter)]
    fn at(this: &ChangeMessage) -> f64;
    #[wasm_bindgen(method, getter)]
    fn before(this: &ChangeMessage) -> Shown;
    #[wasm_bindgen(method, getter)]
    fn after(this: &ChangeMessage) -> Shown;

    type Shown;

    #[wasm_bindgen(method, getter)]
    fn activity(this: &Shown) -> String;
    #[wasm_bindgen(method, getter)]
    fn note(this: &Shown) -> String;
}

/// A user whose presence would be another one.
#[derive(Clone)]
struct Change {
    guid: String,
    name: String,
    at: f64,
    before: Presence,
    after: Presence,
}

/// What colleagues would see.
#[derive(Clone)]
struct Presence {
    activity: String,
    note: String,
}

impl From<Shown> for Presence {
    fn from(shown: Shown) -> Self {
        let activity = shown.activity();
        let activity = if activity.is_empty() { "free".to_owned() } else { activity };
        Self { activity, note: shown.note() }
    }
}

/// What is known.
#[derive(Clone)]
enum Outcome {
    /// A sentence in the place of a list.
    Feedback(Words),
    /// Who would be shown differently, how many of them are not listed, and how many would not.
    Found(Vec<Change>, usize, usize),
}

/// The dry run. It runs again when the settings as typed change.
pub fn dry_run(frame: Frame) -> El {
    let outcome = RwSignal::new(Outcome::Feedback(text::LOADING));
    let question = StoredValue::new(0_u32);
    let effect = RenderEffect::new(move |_| {
        let items = frame.typed.with(|typed| frame.stored.with(|stored| differences(typed, stored)));
        question.update_value(|question| *question += 1);
        spawn(ask(frame, items, outcome, question, question.get_value()));
    });
    // It lives as long as the page.
    StoredValue::new_local(effect);
    let guids = move || {
        outcome.with(|outcome| match outcome {
            Outcome::Feedback(_) => Vec::new(),
            Outcome::Found(changes, ..) => changes.iter().map(|change| change.guid.clone()).collect(),
        })
    };
    el("div")
        .class("changed")
        .attr("lang", move || frame.language.get().code())
        .child(el("p").class("about").attr("role", "status").text(move || summary(frame, &outcome.get())))
        .child(el("ul").class("people").each(guids, move |guid| row(frame, outcome, guid.to_owned())))
}

fn summary(frame: Frame, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Feedback(words) => frame.text(*words).to_owned(),
        Outcome::Found(changes, more, unchanged) => match changes.len() + more {
            0 => frame.counted(text::NOBODY, *unchanged),
            count => [&frame.counted(text::CHANGED, count), " ", &frame.counted(text::UNCHANGED, *unchanged)]
                .concat(),
        },
    }
}

fn row(frame: Frame, outcome: RwSignal<Outcome>, guid: String) -> El {
    let guid = StoredValue::new(guid);
    let name = move || of(outcome, guid, |change| change.name.clone());
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds")]
    let from = move || of(outcome, guid, |change| frame.when(change.at as i64));
    let shown = move |label: Words, get: fn(&Change) -> &Presence| {
        el("div")
            .class("shown")
            .attr("data-activity", move || of(outcome, guid, |change| get(change).activity.clone()))
            .child(
                el("span")
                    .class("label")
                    .text(frame.say(label))
                    .text(" · ")
                    .text(move || of(outcome, guid, |change| word(frame, &get(change).activity))),
            )
            .child(
                el("p")
                    .class("says")
                    .attr("dir", "auto")
                    .text(move || of(outcome, guid, |change| frame.seen(&get(change).note))),
            )
    };
    el("li")
        .class("change")
        .child(
            el("div")
                .class("who")
                .child(el("b").text(name))
                .child(el("span").text(move || frame.filled(text::FROM, &[&from()]))),
        )
        .child(shown(text::BEFORE, |change| &change.before))
        .child(shown(text::AFTER, |change| &change.after))
}

/// The word for an activity. The line of text alone does not tell a do not disturb from busy.
fn word(frame: Frame, activity: &str) -> String {
    let found = Activity::ALL.into_iter().find(|one| one.name() == activity);
    found.map(|activity| frame.reads().words().activity(activity).to_owned()).unwrap_or_default()
}

/// Something of a change; empty once it is gone.
fn of(outcome: RwSignal<Outcome>, guid: StoredValue<String>, read: impl Fn(&Change) -> String) -> String {
    outcome.with(|outcome| match outcome {
        Outcome::Feedback(_) => String::new(),
        Outcome::Found(changes, ..) => {
            let found = guid.with_value(|guid| changes.iter().find(|change| change.guid == *guid));
            found.map(read).unwrap_or_default()
        }
    })
}

async fn ask(
    frame: Frame,
    items: Vec<(&'static str, JsValue)>,
    outcome: RwSignal<Outcome>,
    question: StoredValue<u32>,
    number: u32,
) {
    if items.is_empty() {
        outcome.set(Outcome::Feedback(text::NOTHING_TYPED));
        return;
    }
    TimeoutFuture::new(PAUSE).await;
    // The next key was pressed meanwhile, or the page closed.
    if question.try_get_value() != Some(number) {
        return;
    }
    let body = object(&[("ConfigItems", object(&items).into())]);
    let answer = frame.request("DryRun", body).await;
    if question.try_get_value() == Some(number) {
        outcome
            .set(answer.map_or(Outcome::Feedback(text::UNREACHABLE), |answer| read(answer.unchecked_ref())));
    }
}

fn read(answer: &Answer) -> Outcome {
    let (Some(changed), Some(unchanged)) = (answer.changed(), answer.unchanged()) else {
        return Outcome::Feedback(text::REFUSED);
    };
    let change = |message: JsValue| {
        let message: &ChangeMessage = message.unchecked_ref();
        Change {
            guid: message.guid(),
            name: message.name(),
            at: message.at(),
            before: message.before().into(),
            after: message.after().into(),
        }
    };
    let more = answer.more().unwrap_or_default();
    Outcome::Found(changed.iter().map(change).collect(), more as usize, unchanged as usize)
}

/// The items that were typed and bear on presence. Others need not even be right yet.
fn differences(typed: &Settings, stored: &Settings) -> Vec<(&'static str, JsValue)> {
    let bears_on_presence = |item: &&Item| item.section() != Section::Exchange && **item != Item::PbxName;
    let items = Item::ALL.iter().filter(bears_on_presence);
    let changed = items.filter(|&&item| typed.get(item) != stored.get(item));
    changed.map(|&item| (item.name(), to_js(typed.get(item)))).collect()
}
