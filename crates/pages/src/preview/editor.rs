//! The fields of the chosen appointment.

use calendar::appointment::ShowAs;
use leptos::prelude::*;
use ui::{El, Words, el, value};

use super::day::Day;
use super::example::{DAY, Example, STEP};
use crate::field::{button, labelled, select, switch};
use crate::text::preview as text;

/// Most whole days.
const MOST_DAYS: u8 = 14;

/// The fields of the chosen appointment; they stay where they are when another is chosen.
pub fn editor(day: Day) -> El {
    let is_missing = move || day.examples.with(Vec::is_empty);
    let is_whole = move || get(day, |example| example.days > 0);
    el("fieldset")
        .class("editor")
        .flag("hidden", is_missing)
        .child(el("legend").text(day.frame.say(text::APPOINTMENT)))
        .child(title(day))
        .child(labelled(day.frame, text::SHOW_AS, show_as(day)))
        .child(labelled(day.frame, text::ORGANIZER, organizer(day)))
        .child(time(day, text::FROM, |example| example.start, set_start).flag("hidden", is_whole))
        .child(time(day, text::TO, |example| example.end, set_end).flag("hidden", is_whole))
        .child(labelled(day.frame, text::DAYS, days(day)).flag("hidden", move || !is_whole()))
        .child(
            el("div")
                .class("marks")
                .child(switch(day.frame, text::ALL_DAY, is_whole, move |is| {
                    set(day, |one| one.days = is.into());
                }))
                .child(switch(
                    day.frame,
                    text::PRIVATE,
                    move || get(day, |one| one.private),
                    move |is| set(day, |one| one.private = is),
                ))
                .child(button(day.frame, text::REMOVE, move || day.remove(day.chosen.get_untracked()))),
        )
}

/// Of the chosen appointment.
fn get<T: Default>(day: Day, read: fn(&Example) -> T) -> T {
    day.of(day.chosen.get(), read).unwrap_or_default()
}

fn set(day: Day, change: impl FnOnce(&mut Example)) {
    day.change(day.chosen.get_untracked(), change);
}

fn title(day: Day) -> El {
    let field = el("input")
        .attr("type", "text")
        .prop("value", move || get(day, |example| example.title.clone()))
        .on("input", move |event| set(day, |example| example.title = value(event)));
    labelled(day.frame, text::TITLE, field).class("wide")
}

fn show_as(day: Day) -> El {
    let option = |show_as: ShowAs| {
        el("option").attr("value", show_as.name()).text(day.frame.say(text::show_as(show_as)))
    };
    let chosen = move || get(day, |example| example.show_as.name().to_owned());
    select(ShowAs::ALL.map(option), chosen, move |word| {
        if let Some(show_as) = ShowAs::ALL.into_iter().find(|one| one.name() == word) {
            set(day, |example| example.show_as = show_as);
        }
    })
}

fn organizer(day: Day) -> El {
    const EXCEPTIONAL: &str = "exceptional";
    let exceptional = move || {
        let address = day.exceptional();
        if address.is_empty() { day.frame.text(text::NO_ORGANIZER).to_owned() } else { address }
    };
    let options = [
        el("option").attr("value", "").text(day.frame.say(text::ANYBODY)),
        el("option").attr("value", EXCEPTIONAL).text(exceptional),
    ];
    let chosen = move || {
        let is_exceptional = get(day, |example| example.by_exceptional);
        if is_exceptional { EXCEPTIONAL.to_owned() } else { String::new() }
    };
    select(options, chosen, move |choice| set(day, |example| example.by_exceptional = !choice.is_empty()))
}

fn time(day: Day, label: Words, of: fn(&Example) -> u16, change: fn(&mut Example, u16)) -> El {
    let field = el("input")
        .attr("type", "time")
        .attr("step", (u32::from(STEP) * 60).to_string())
        .prop("value", move || written(get(day, of)))
        .on("change", move |event| {
            if let Some(minute) = read(&value(event)) {
                set(day, |example| change(example, minute));
            }
        });
    labelled(day.frame, label, field)
}

fn set_start(example: &mut Example, minute: u16) {
    example.start = minute;
    example.end = example.end.max(minute);
}

/// Midnight ends the day.
fn set_end(example: &mut Example, minute: u16) {
    example.end = if minute == 0 { DAY } else { minute };
    example.start = example.start.min(example.end);
}

fn days(day: Day) -> El {
    el("input")
        .attr("type", "number")
        .attr("min", "1")
        .attr("max", MOST_DAYS.to_string())
        .prop("value", move || get(day, |example| example.days).to_string())
        .on("input", move |event| {
            if let Ok(days) = value(event).parse::<u8>() {
                set(day, |example| example.days = days.clamp(1, MOST_DAYS));
            }
        })
}

/// `09:30`, as fields for times have it.
fn written(minute: u16) -> String {
    let two = |number: u16| {
        let digits = number.to_string();
        if number < 10 { ["0", &digits].concat() } else { digits }
    };
    [&two(minute / 60 % 24), ":", &two(minute % 60)].concat()
}

fn read(time: &str) -> Option<u16> {
    let (hour, rest) = time.split_once(':')?;
    let minute = rest.split(':').next()?;
    Some(hour.parse::<u16>().ok()? * 60 + minute.parse::<u16>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_and_read() {
        for (minute, time) in [(0, "00:00"), (570, "09:30"), (1439, "23:59")] {
            assert_eq!((written(minute).as_str(), read(time)), (time, Some(minute)));
        }
        assert_eq!(written(DAY), "00:00");
        assert_eq!(read("09:30:15"), Some(570));
        assert_eq!(read(""), None);
    }

    #[test]
    fn start_and_end_push_each_other() {
        let mut example = Example::new(1, "", ShowAs::Busy, (600, 660));
        set_start(&mut example, 700);
        assert_eq!((example.start, example.end), (700, 700));
        set_end(&mut example, 100);
        assert_eq!((example.start, example.end), (100, 100));
        set_end(&mut example, 0);
        assert_eq!((example.start, example.end), (100, DAY));
    }
}
