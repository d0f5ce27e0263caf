use leptos::prelude::*;
use ui::{El, el, value};

use super::bar::bar;
use super::day::{Day, Pair};
use super::example::DAY;
use super::outcome::Stretch;
use crate::field::button;
use crate::text::preview as text;

/// The slider moves in steps of this many minutes.
const STEP: u16 = 5;
/// Hours between two figures of the ruler.
const RULER: u16 = 3;

/// The day at a glance: the appointments, what is seen with both settings, and the slider for the time of day.
pub fn timeline(day: Day) -> El {
    let is_empty = move || day.examples.with(Vec::is_empty);
    el("div")
        .class("timeline")
        .child(ruler())
        .child(
            el("div")
                .class("tracks")
                .child(needle(day))
                .child(appointments(day))
                .child(
                    el("p")
                        .class("empty")
                        .flag("hidden", move || !is_empty())
                        .text(day.frame.say(text::NO_APPOINTMENTS)),
                )
                .child(strip(day, text::BEFORE, |pair| &pair.before))
                .child(strip(day, text::AFTER, |pair| &pair.after).child(changes(day))),
        )
        .child(slider(day))
        .child(
            el("div")
                .class("foot")
                .child(el("p").class("verdict").attr("role", "status").text(move || verdict(day)))
                .child(button(day.frame, text::ADD, move || day.add())),
        )
}

/// A place on the day as a style.
pub fn place(start: u16, end: u16) -> String {
    // Of a hundredth of the day's width, so that no figures are needed behind a point.
    let part = |minute: u16| {
        let hundredths = u32::from(minute) * 10_000 / u32::from(DAY);
        ["calc(", &hundredths.to_string(), "% / 100)"].concat()
    };
    ["left:", &part(start), ";width:", &part(end.saturating_sub(start))].concat()
}

fn ruler() -> El {
    let hours = (0..=24 / RULER).map(|number| {
        let hour = number * RULER;
        el("span").prop("style", place(hour * 60, hour * 60)).text(hour.to_string())
    });
    el("div").class("ruler").attr("aria-hidden", "true").children(hours)
}

fn needle(day: Day) -> El {
    let minute = move || place(day.minute.get(), day.minute.get());
    let activity = move || day.seen.with(|seen| seen.after.activity.name());
    el("div")
        .class("needle")
        .attr("data-activity", activity)
        .attr("aria-hidden", "true")
        .prop("style", minute)
}

fn appointments(day: Day) -> El {
    let numbers =
        move || day.examples.with(|examples| examples.iter().map(|one| one.number.to_string()).collect());
    el("ul")
        .class("appointments")
        .attr("aria-label", day.frame.say(text::APPOINTMENTS))
        .each(numbers, move |number| bar(day, number.parse().unwrap_or_default()))
}

/// What is seen during the day, in the colours of the presences.
fn strip(day: Day, label: ui::Words, of: fn(&Pair<Vec<Stretch>>) -> &Vec<Stretch>) -> El {
    let keys = move || day.courses.with(|pair| of(pair).iter().map(key).collect());
    let described = move || {
        let mut words = day.frame.text(label).to_owned();
        day.courses.with(|pair| {
            for stretch in of(pair) {
                let activity = day.frame.reads().words().activity(stretch.activity);
                words.push_str(&[", ", &day.frame.clock(stretch.start), " ", activity].concat());
            }
        });
        words
    };
    let stretches = el("div").class("stretches").attr("role", "img").attr("aria-label", described);
    el("div")
        .class("strip")
        .child(el("span").class("label").attr("aria-hidden", "true").text(day.frame.say(label)))
        .child(stretches.each(keys, stretch))
}

/// All that the element of a stretch shows, so that it stays while that does.
fn key(stretch: &Stretch) -> String {
    [stretch.activity.name(), "|", &place(stretch.start, stretch.end)].concat()
}

fn stretch(key: &str) -> El {
    let (activity, place) = key.split_once('|').unwrap_or_default();
    el("span").attr("data-activity", activity.to_owned()).prop("style", place.to_owned())
}

/// Marks where both settings differ.
fn changes(day: Day) -> El {
    let places = move || {
        let differences = day.courses.with(Pair::differences);
        differences.into_iter().map(|(start, end)| place(start, end)).collect()
    };
    el("div")
        .class("changes")
        .attr("aria-hidden", "true")
        .each(places, |place| el("span").prop("style", place.to_owned()))
}

fn verdict(day: Day) -> String {
    let differences = day.courses.with(Pair::differences);
    if differences.is_empty() {
        return day.frame.text(text::SAME).to_owned();
    }
    let time = |(start, end): &(u16, u16)| [&day.frame.clock(*start), "–", &day.frame.clock(*end)].concat();
    let times: Vec<String> = differences.iter().map(time).collect();
    day.frame.filled(text::DIFFERS, &[&times.join(", ")])
}

fn slider(day: Day) -> El {
    let field = el("input")
        .attr("type", "range")
        .attr("min", "0")
        .attr("max", DAY.to_string())
        .attr("step", STEP.to_string())
        .attr("aria-label", day.frame.say(text::TIME_OF_DAY))
        .attr("aria-valuetext", move || day.frame.clock(day.minute.get()))
        .prop("value", move || day.minute.get().to_string())
        .on("input", move |event| {
            if let Ok(minute) = value(event).parse::<u16>() {
                // The last one is the next day already.
                day.minute.set(minute.min(DAY - STEP));
            }
        });
    let time = el("output").attr("aria-hidden", "true").text(move || day.frame.clock(day.minute.get()));
    let time = time.prop("style", move || place(day.minute.get(), day.minute.get()));
    el("div").class("slider").child(field).child(time)
}
