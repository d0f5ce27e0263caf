//! Who looks, what they see with the stored settings and with those as typed, and why.

use browser::{language_name, time_zones};
use calendar_presence::Language as Reads;
use leptos::prelude::*;
use ui::{El, Words, el};

use super::day::{Day, Pair};
use super::outcome::{Outcome, Verdict};
use crate::field::{labelled, select};
use crate::text::{preview as text, reasons};

/// Whose presence it is. A name that needs no translation.
const PERSON: (&str, &str) = ("Anna Berg", "AB");

/// Language and time zone of who looks.
fn viewer(day: Day) -> El {
    let language = |reads: Reads| {
        let name = move || language_name(day.frame.language.get().code(), reads.code());
        el("option").attr("value", reads.code()).text(name)
    };
    let languages = select(
        Reads::ALL.map(language),
        move || day.reads.get().code().to_owned(),
        move |code| day.reads.set(Reads::from_code(&code).unwrap_or_default()),
    );
    let mut zones = time_zones();
    let own = day.zone.get_untracked();
    if !zones.contains(&own) {
        zones.push(own);
    }
    let zone = |zone: String| el("option").attr("value", zone.clone()).text(zone);
    let zones = select(zones.into_iter().map(zone), move || day.zone.get(), move |zone| day.zone.set(zone));
    el("div").class("viewer").child(labelled(day.frame, text::READS, languages)).child(labelled(
        day.frame,
        text::IN_ZONE,
        zones,
    ))
}

/// Both side by side, and the reasons.
pub fn before_and_after(day: Day) -> El {
    let heading = move || day.frame.filled(text::SEEN_AT, &[&day.frame.clock(day.minute.get())]);
    let is_same = move || {
        let is_same = day.seen.with(|seen| {
            (seen.before.activity, &seen.before.note) == (seen.after.activity, &seen.after.note)
        });
        if is_same { "true" } else { "false" }
    };
    let pair = el("div")
        .class("pair")
        .attr("data-same", is_same)
        .child(card(day, text::BEFORE, |seen| &seen.before))
        .child(card(day, text::AFTER, |seen| &seen.after).attr("role", "status"));
    el("section")
        .class("result")
        .child(el("div").class("top").child(el("h4").text(heading)).child(viewer(day)))
        .child(pair)
        .child(el("h4").text(day.frame.say(text::WHY)))
        .child(el("ul").class("reasons").each(move || reasons_of(day), reason))
}

fn card(day: Day, heading: Words, of: fn(&Pair<Outcome>) -> &Outcome) -> El {
    let read = move |read: fn(&Outcome) -> String| move || day.seen.with(|seen| read(of(seen)));
    let activity = move || day.seen.with(|seen| of(seen).activity.name());
    let word = move || day.seen.with(|seen| day.reads.get().words().activity(of(seen).activity));
    let (name, initials) = PERSON;
    let face = el("span").class("face").attr("aria-hidden", "true").text(initials);
    let says = el("p")
        .class("says")
        .attr("dir", "auto")
        .attr("lang", move || day.reads.get().code())
        .text(read(|outcome| outcome.seen.clone()));
    let chip = el("span").class("chip").attr("lang", move || day.reads.get().code()).text(word);
    el("div")
        .class("card")
        .attr("data-activity", activity)
        .child(el("h5").text(day.frame.say(heading)))
        .child(
            el("div")
                .class("person")
                .child(face)
                .child(el("div").child(el("p").child(el("b").text(name)).child(chip)).child(says)),
        )
        .child(
            el("p")
                .class("line")
                .child(el("span").text(day.frame.say(text::LINE)))
                .child(el("code").attr("dir", "auto").text(read(|outcome| outcome.note.clone()))),
        )
}

/// One text for each appointment: what became of it, its title and a sentence, parted by line feeds.
fn reasons_of(day: Day) -> Vec<String> {
    let language = day.frame.language.get();
    let titles: Vec<String> =
        day.examples.with(|examples| examples.iter().map(|one| one.title.replace('\n', " ")).collect());
    day.seen.with(|seen| {
        let reasons = seen.after.reasons.iter().zip(&titles).enumerate();
        reasons
            .map(|(place, (reason, title))| {
                let sentence = reasons::sentence(language, reason.verdict, reason.keyword.as_ref(), &titles);
                // The place makes it unique: two appointments may be alike.
                [kind(reason.verdict), "\n", title, "\n", &sentence, "\n", &place.to_string()].concat()
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

fn reason(key: &str) -> El {
    let mut parts = key.split('\n').map(str::to_owned);
    let mut part = || parts.next().unwrap_or_default();
    let (kind, title, sentence) = (part(), part(), part());
    el("li")
        .attr("data-kind", kind)
        .child(el("b").attr("dir", "auto").text(title))
        .text([" ", &sentence].concat())
}
