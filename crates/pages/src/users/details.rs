//! What a user opens to: what is shown, why, and what comes next.

use chrono::NaiveDate;
use gloo_timers::future::TimeoutFuture;
use kit::js::from_js;
use kit::{Button, CopyButton, live, views};
use leptos::html::Div;
use leptos::prelude::*;
use serde::Deserialize;

use super::day::activity;
use super::people::Person;
use super::reasons::{Reason, When};
use super::sentences::{about, advice};
use super::user::State;
use crate::frame::{Frame, object, spawn, within};
use crate::text::{preview, users as text};

/// So often a service that is busy is asked again, …
const ATTEMPTS: u32 = 8;
/// … after so many milliseconds.
const PAUSE: u32 = 400;
/// An answer is awaited for so long.
const PATIENCE: u32 = 15_000;

/// An `ExplainResult`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Explained {
    error: Option<String>,
    note: String,
    state: State,
    changes: Vec<Change>,
    reasons: Vec<Reason>,
}

/// What is shown next.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Change {
    at: f64,
    activity: String,
    note: String,
}

/// What is known of the reasons.
#[derive(Clone, Debug, PartialEq)]
enum Known {
    /// They are on their way.
    Nothing,
    /// The service does not tell them.
    Silence,
    /// They came.
    Explained(Explained),
}

/// Asks why a user is shown as he is.
pub async fn explain(frame: Frame, guid: &str) -> Option<Explained> {
    for _ in 0..ATTEMPTS {
        let question = Box::pin(frame.request("Explain", object(&[("guid", guid.into())])));
        let answer = within(PATIENCE, question).await?.ok()?;
        let explained: Explained = from_js(answer).ok()?;
        match explained.error.as_deref() {
            None => return Some(explained),
            Some("busy") => TimeoutFuture::new(PAUSE).await,
            Some(_) => return None,
        }
    }
    None
}

impl Explained {
    /// The sentences that tell why.
    fn why(&self, frame: Frame) -> Vec<(&'static str, String)> {
        let language = frame.language.get();
        let when = |at: &When| when(frame, at);
        if self.reasons.is_empty() {
            return vec![("out", frame.text(text::NO_APPOINTMENTS).to_owned())];
        }
        self.reasons.iter().map(|reason| (reason.kind(), reason.sentence(language, &when))).collect()
    }

    /// What is shown next, and when.
    fn next(&self, frame: Frame) -> Vec<String> {
        let change = |change: &Change| {
            #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds")]
            let at = change.at as i64;
            [
                &frame.when(at),
                " · ",
                activity(frame, &change.activity),
                " · ",
                &frame.seen_at(&change.note, at),
            ]
            .concat()
        };
        self.changes.iter().map(change).collect()
    }

    /// Whether the calendar was read.
    fn is_read(&self) -> bool {
        self.reasons.iter().all(|reason| reason.why != "notRead")
    }

    /// All of it as text, for a mail or a ticket.
    pub fn as_text(&self, frame: Frame, person: &Person) -> String {
        let mut lines = person.user.with_untracked(|user| about(frame, user));
        lines.push(String::new());
        lines.push([frame.text(preview::WHY), ":"].concat());
        lines.extend(self.why(frame).into_iter().map(|(_, line)| ["- ", &line].concat()));
        let next = self.next(frame);
        if !next.is_empty() {
            lines.push(String::new());
            lines.push([frame.text(text::NEXT_CHANGES), ":"].concat());
            lines.extend(next.iter().map(|line| ["- ", line].concat()));
        }
        lines.join("\n")
    }
}

/// When an appointment is.
fn when(frame: Frame, when: &When) -> String {
    let Some((first, end)) = when.days() else {
        #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds")]
        return frame.between(when.start as i64, when.end as i64);
    };
    let day = |date: NaiveDate| i64::from(date.to_epoch_days());
    [&frame.days(day(first), day(end) - 1), ", ", frame.text(text::ALL_DAY)].concat()
}

/// The details of a user. They are asked for when it opens, and again when something has changed.
#[component]
pub fn Details(
    /// What it has of the form.
    frame: Frame,
    /// The user.
    person: Person,
    /// What he opens to, so that its height is known.
    place: NodeRef<Div>,
) -> impl IntoView {
    let known = RwSignal::new(Known::Nothing);
    let said = RwSignal::new(None);
    let guid = StoredValue::new(person.guid.clone());
    let [shown, advised, copied, named] = std::array::from_fn(move |_| person.clone());
    let changed = Memo::new(move |_| {
        shown
            .user
            .with(|user| (user.note.clone(), user.activity.clone(), user.state, user.last_sync.is_some()))
    });
    Effect::new(move |_| {
        changed.track();
        spawn(async move {
            let Some(guid) = guid.try_get_value() else { return };
            let explained = explain(frame, &guid).await;
            // The details may have been closed meanwhile.
            let _ = known.try_set(explained.map_or(Known::Silence, Known::Explained));
        });
    });
    let explained =
        move || known.with(|known| if let Known::Explained(it) = known { Some(it.clone()) } else { None });
    let status = move || match (&*known.read(), said.get()) {
        (_, Some(words)) => frame.text(words),
        (Known::Nothing, None) => frame.text(text::LOADING),
        (Known::Silence, None) => frame.text(text::UNREACHABLE),
        (Known::Explained(_), None) => "",
    };
    let why = move || explained().map(|it| it.why(frame)).unwrap_or_default();
    let next = move || explained().map(|it| it.next(frame)).unwrap_or_default();
    let line = move || explained().map(|it| it.note).unwrap_or_default();
    let is_read = move || explained().is_some_and(|it| it.is_read());
    let reasons = move || {
        let reason = |(kind, sentence)| view! { <li data-kind=kind>{sentence}</li> }.into_any();
        why().into_iter().map(reason).collect::<Vec<_>>()
    };
    let advised = move || {
        let line = |(line, lang)| view! { <p class="advised" lang=lang>{line}</p> }.into_any();
        advised.user.with(|user| advice(frame, user)).into_iter().map(line).collect::<Vec<_>>()
    };
    let later = move || {
        let change = |sentence: String| view! { <li dir="auto">{sentence}</li> }.into_any();
        next().into_iter().map(change).collect::<Vec<_>>()
    };
    let as_text = move || explained().map(|it| it.as_text(frame, &copied)).unwrap_or_default();
    let again = move || {
        let guid = guid.get_value();
        spawn(async move {
            let words = read_again(frame, &guid).await;
            // The details may have been closed meanwhile.
            let _ = said.try_set(Some(words));
        });
    };
    let name = move || [" ", &named.user.with(|user| user.name.clone())].concat();
    view! {
        <div class="why" node_ref=place>
            {views(advised)}
            <p role="status">{live(status)}</p>
            <h4 prop:hidden=live(move || why().is_empty())>{live(frame.say(preview::WHY))}</h4>
            <ul class="reasons">{views(reasons)}</ul>
            <h4 prop:hidden=live(move || !is_read())>{live(frame.say(text::NEXT_CHANGES))}</h4>
            <ul class="next">{views(later)}</ul>
            <p class="about" prop:hidden=live(move || !is_read() || !next().is_empty())>{live(frame.say(text::NO_CHANGES))}</p>
            <p class="line" prop:hidden=live(move || line().is_empty())>
                <span>{live(frame.say(preview::LINE))}</span>
                <code dir="auto">{live(line)}</code>
            </p>
            <div class="buttons">
                <Button label=frame.say(text::RESYNC) of=name on_press=again />
                <CopyButton label=frame.say(text::COPY) copied=frame.say(text::COPIED) text=as_text />
            </div>
        </div>
    }
}

/// Has a calendar read again; what is to be said of it.
pub async fn read_again(frame: Frame, guid: &str) -> kit::Words {
    let answer = frame.request("Resync", object(&[("guid", guid.into())])).await;
    if answer.is_ok() { text::RESYNCED } else { text::UNREACHABLE }
}
