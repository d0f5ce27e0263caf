//! Who looks, what they see with the stored settings and with those as typed, and why.

use browser::{language_name, time_zones};
use calendar_presence::Language as Reads;
use kit::{EachOf, Labelled, Words, live, value};
use leptos::prelude::*;

use super::day::{Day, Pair};
use super::outcome::{Outcome, Verdict};
use crate::text::{preview as text, reasons};

/// Whose presence it is. A name that needs no translation.
const PERSON: (&str, &str) = ("Anna Berg", "AB");

/// Language and time zone of who looks.
#[component]
fn Viewer(day: Day) -> impl IntoView {
    let language = move |reads: Reads| {
        let name = move || language_name(day.frame.language.get().code(), reads.code());
        view! {
            <option value=reads.code() prop:selected=live(move || day.reads.get() == reads)>
                {live(name)}
            </option>
        }
    };
    let mut zones = time_zones();
    let own = day.zone.get_untracked();
    if !zones.contains(&own) {
        zones.push(own.clone());
    }
    // Nobody else changes it.
    let zone = move |zone: String| {
        let is_own = zone == own;
        view! { <option value=zone.clone() prop:selected=is_own>{zone.clone()}</option> }
    };
    let read = move |event| day.reads.set(Reads::from_code(&value(&event)).unwrap_or_default());
    view! {
        <div class="viewer">
            <Labelled label=day.frame.say(text::READS)>
                <select on:change=read>
                    {Reads::ALL.map(language)}
                </select>
            </Labelled>
            <Labelled label=day.frame.say(text::IN_ZONE)>
                <select on:change=move |event| day.zone.set(value(&event))>
                    {zones.into_iter().map(zone).collect::<Vec<_>>()}
                </select>
            </Labelled>
        </div>
    }
}

/// Both side by side, and the reasons.
#[component]
pub fn BeforeAndAfter(
    /// What the parts of the preview share.
    day: Day,
) -> impl IntoView {
    let heading = move || day.frame.filled(text::SEEN_AT, &[&day.frame.clock(day.minute.get())]);
    let is_same = move || {
        let is_same = day.seen.with(|seen| {
            (seen.before.activity, &seen.before.note) == (seen.after.activity, &seen.after.note)
        });
        if is_same { "true" } else { "false" }
    };
    view! {
        <section class="result">
            <div class="top">
                <h4>{live(heading)}</h4>
                <Viewer day=day />
            </div>
            <div class="pair" data-same=live(is_same)>
                <Card day=day heading=text::BEFORE of=|seen| &seen.before />
                <Card day=day heading=text::AFTER of=|seen| &seen.after role="status" />
            </div>
            <h4>{live(day.frame.say(text::WHY))}</h4>
            <ul class="reasons">
                <EachOf of=move || reasons_of(day) key=Told::key children=reason />
            </ul>
        </section>
    }
}

#[component]
fn Card(
    day: Day,
    heading: Words,
    of: fn(&Pair<Outcome>) -> &Outcome,
    #[prop(optional)] role: Option<&'static str>,
) -> impl IntoView {
    let read = move |read: fn(&Outcome) -> String| live(move || day.seen.with(|seen| read(of(seen))));
    let activity = move || day.seen.with(|seen| of(seen).activity.name());
    let word = move || day.seen.with(|seen| day.reads.get().words().activity(of(seen).activity));
    let code = move || day.reads.get().code();
    let (name, initials) = PERSON;
    view! {
        <div class="card" role=role data-activity=live(activity)>
            <h5>{live(day.frame.say(heading))}</h5>
            <div class="person">
                <span class="face" aria-hidden="true">
                    {initials}
                </span>
                <div>
                    <p>
                        <b>{name}</b>
                        <span class="chip" lang=live(code)>
                            {live(word)}
                        </span>
                    </p>
                    <p class="says" dir="auto" lang=live(code)>
                        {read(|outcome| outcome.seen.clone())}
                    </p>
                </div>
            </div>
            <p class="line">
                <span>{live(day.frame.say(text::LINE))}</span>
                <code dir="auto">{read(|outcome| outcome.note.clone())}</code>
            </p>
        </div>
    }
}

/// What became of an appointment.
struct Told {
    /// Two appointments may be alike in everything else.
    place: usize,
    kind: &'static str,
    title: String,
    sentence: String,
}

impl Told {
    fn key(&self) -> String {
        [&self.place.to_string(), self.kind, &self.title, &self.sentence].join("\n")
    }
}

fn reasons_of(day: Day) -> Vec<Told> {
    let language = day.frame.language.get();
    let titles: Vec<String> =
        day.examples.with(|examples| examples.iter().map(|one| one.title.clone()).collect());
    day.seen.with(|seen| {
        let reasons = seen.after.reasons.iter().zip(&titles).enumerate();
        reasons
            .map(|(place, (reason, title))| Told {
                place,
                kind: kind(reason.verdict),
                title: title.clone(),
                sentence: reasons::sentence(language, reason.verdict, reason.keyword.as_ref(), &titles),
            })
            .collect()
    })
}

fn kind(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Leads => "leads",
        Verdict::Next => "next",
        Verdict::Waits | Verdict::Behind(..) => "waits",
        Verdict::LeftOut(_) => "out",
    }
}

fn reason(told: Told) -> impl IntoView {
    view! {
        <li data-kind=told.kind>
            <b dir="auto">{told.title}</b>
            " "
            {told.sentence}
        </li>
    }
}
