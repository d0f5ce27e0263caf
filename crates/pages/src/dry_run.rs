//! The dry run: for which users the settings as typed would change what colleagues see, when and how.

use calendar::settings::{Item, Section, Settings};
use gloo_timers::future::TimeoutFuture;
use kit::js::from_js;
use kit::{EachOf, StatusLine, Words, live};
use leptos::prelude::*;
use serde::Deserialize;
use wasm_bindgen::JsValue;

use crate::frame::{Frame, object, spawn};
use crate::settings::to_js;
use crate::text::dry_run as text;
use crate::users::activity;

/// So many milliseconds after the last key the service is asked.
const PAUSE: u32 = 400;

/// A `DryRunResult`.
#[derive(Deserialize)]
struct Answer {
    changed: Vec<Change>,
    unchanged: usize,
    #[serde(default)]
    more: usize,
}

/// A user whose presence would be another one.
#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Change {
    guid: String,
    name: String,
    at: f64,
    before: Presence,
    after: Presence,
}

/// What colleagues would see.
#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Presence {
    activity: String,
    note: String,
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
#[component]
pub fn DryRun(
    /// What it has of the form.
    frame: Frame,
) -> impl IntoView {
    let outcome = RwSignal::new(Outcome::Feedback(text::LOADING));
    let question = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let items = frame.typed.with(|typed| frame.stored.with(|stored| differences(typed, stored)));
        question.update_value(|question| *question += 1);
        spawn(ask(frame, items, outcome, question, question.get_value()));
    });
    let changes = move || {
        outcome.with(|outcome| match outcome {
            Outcome::Feedback(_) => Vec::new(),
            Outcome::Found(changes, ..) => changes.clone(),
        })
    };
    // Who is shown otherwise again is another row: there is nothing in it that could be lost.
    let key = |change: &Change| [&*change.guid, &change.after.activity, &change.after.note].join(" ");
    view! {
        <div class="changed" lang=live(move || frame.language.get().code())>
            <StatusLine class="about" text=move || summary(frame, &outcome.read()) />
            <ul class="people">
                <EachOf of=changes key=key children=move |change| view! { <Row frame=frame change=change /> } />
            </ul>
            <p class="about">{live(move || outcome.with(|outcome| rest(frame, outcome)))}</p>
        </div>
    }
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

/// How many would be shown differently and are not listed.
fn rest(frame: Frame, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Found(_, more, _) if *more > 0 => frame.counted(text::MORE, *more),
        _ => String::new(),
    }
}

/// A user: from when on, what is shown before, and what after.
#[component]
fn Row(frame: Frame, change: Change) -> impl IntoView {
    let Change { name, at, before, after, .. } = change;
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds")]
    let at = at as i64;
    // A text that stays the same is said once.
    let is_same_text = before.note == after.note;
    let from = move || frame.filled(text::FROM, &[&frame.when(at)]);
    view! {
        <li class="change">
            <div class="who">
                <b dir="auto">{name}</b>
                <span>{live(from)}</span>
            </div>
            <Shown frame=frame label=text::BEFORE presence=before at=at is_silent=is_same_text />
            <Shown frame=frame label=text::AFTER presence=after at=at is_silent=false />
        </li>
    }
}

#[component]
fn Shown(
    frame: Frame,
    label: Words,
    presence: Presence,
    at: i64,
    /// Whether its text stands beside it already.
    is_silent: bool,
) -> impl IntoView {
    let Presence { activity: name, note } = presence;
    let color = if name.is_empty() { "free".to_owned() } else { name.clone() };
    let label = move || [frame.text(label), " · ", activity(frame, &name)].concat();
    let says = (!is_silent).then(|| view! { <span>{live(move || frame.seen_at(&note, at))}</span> });
    view! {
        <div class="shown" data-activity=color>
            <span class="label">{live(label)}</span>
            <p class="says" dir="auto">
                {says}
            </p>
        </div>
    }
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
        outcome.set(answer.map_or(Outcome::Feedback(text::UNREACHABLE), read));
    }
}

fn read(answer: JsValue) -> Outcome {
    match from_js::<Answer>(answer) {
        Ok(Answer { changed, unchanged, more }) => Outcome::Found(changed, more, unchanged),
        Err(_) => Outcome::Feedback(text::REFUSED),
    }
}

/// The items that were typed and bear on presence. Others need not even be right yet.
fn differences(typed: &Settings, stored: &Settings) -> Vec<(&'static str, JsValue)> {
    let bears_on_presence =
        |item: &&Item| !matches!(item.section(), Section::Exchange | Section::Api) && **item != Item::PbxName;
    let items = Item::ALL.iter().filter(bears_on_presence);
    let changed = items.filter(|&&item| typed.get(item) != stored.get(item));
    changed.map(|&item| (item.name(), to_js(typed.get(item)))).collect()
}
