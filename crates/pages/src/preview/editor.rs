//! The fields of the chosen appointment.

use calendar::appointment::ShowAs;
use kit::{Button, Flag, Labelled, Switch, Words, live, value};
use leptos::prelude::*;

use super::day::Day;
use super::example::{DAY, Example, STEP};
use crate::text::preview as text;

/// Most whole days.
const MOST_DAYS: u8 = 14;

/// The fields of the chosen appointment; they stay where they are when another is chosen.
#[component]
pub fn Editor(
    /// What the parts of the preview share.
    day: Day,
) -> impl IntoView {
    let frame = day.frame;
    let is_missing = move || day.examples.with(Vec::is_empty);
    let is_whole = move || get(day, |example| example.days > 0);
    view! {
        <fieldset class="editor" prop:hidden=live(is_missing)>
            <legend>{live(frame.say(text::APPOINTMENT))}</legend>
            <Title day=day />
            <Labelled label=frame.say(text::SHOW_AS)>
                <ShowAsChoice day=day />
            </Labelled>
            <Labelled label=frame.say(text::ORGANIZER)>
                <Organizer day=day />
            </Labelled>
            <Time day=day label=text::FROM of=|example| example.start change=set_start hidden=is_whole />
            <Time day=day label=text::TO of=|example| example.end change=set_end hidden=is_whole />
            <Days day=day hidden=move || !is_whole() />
            <div class="marks">
                <Switch
                    label=frame.say(text::ALL_DAY)
                    on=is_whole
                    set=move |is: bool| set(day, |one| one.days = is.into())
                />
                <Switch
                    label=frame.say(text::PRIVATE)
                    on=move || get(day, |one| one.private)
                    set=move |is| set(day, |one| one.private = is)
                />
                <Button
                    label=frame.say(text::REMOVE)
                    on_press=move || day.remove(day.chosen.get_untracked())
                />
            </div>
        </fieldset>
    }
}

/// Of the chosen appointment.
fn get<T: Default>(day: Day, read: fn(&Example) -> T) -> T {
    day.of(day.chosen.get(), read).unwrap_or_default()
}

fn set(day: Day, change: impl FnOnce(&mut Example)) {
    day.change(day.chosen.get_untracked(), change);
}

#[component]
fn Title(day: Day) -> impl IntoView {
    view! {
        <label class="wide">
            <span>{live(day.frame.say(text::TITLE))}</span>
            <input
                type="text"
                prop:value=live(move || get(day, |example| example.title.clone()))
                on:input=move |event| set(day, |example| example.title = value(&event))
            />
        </label>
    }
}

#[component]
fn ShowAsChoice(day: Day) -> impl IntoView {
    let option = |show_as: ShowAs| {
        view! {
            <option
                value=show_as.name()
                prop:selected=live(move || get(day, |example| Some(example.show_as)) == Some(show_as))
            >
                {live(day.frame.say(text::show_as(show_as)))}
            </option>
        }
    };
    let choose = move |event| {
        let word = value(&event);
        if let Some(show_as) = ShowAs::ALL.into_iter().find(|one| one.name() == word) {
            set(day, |example| example.show_as = show_as);
        }
    };
    view! {
        <select on:change=choose>
            {ShowAs::ALL.map(option)}
        </select>
    }
}

#[component]
fn Organizer(day: Day) -> impl IntoView {
    const EXCEPTIONAL: &str = "exceptional";
    let exceptional = move || {
        let address = day.exceptional();
        if address.is_empty() { day.frame.text(text::NO_ORGANIZER).to_owned() } else { address }
    };
    let is_exceptional = move || get(day, |example| example.by_exceptional);
    let choose = move |event| set(day, |example| example.by_exceptional = !value(&event).is_empty());
    view! {
        <select on:change=choose>
            <option value="" prop:selected=live(move || !is_exceptional())>
                {live(day.frame.say(text::ANYBODY))}
            </option>
            <option value=EXCEPTIONAL prop:selected=live(is_exceptional)>
                {live(exceptional)}
            </option>
        </select>
    }
}

#[component]
fn Time(
    day: Day,
    label: Words,
    of: fn(&Example) -> u16,
    change: fn(&mut Example, u16),
    #[prop(into)] hidden: Flag,
) -> impl IntoView {
    let put = move |event| {
        if let Some(minute) = read(&value(&event)) {
            set(day, |example| change(example, minute));
        }
    };
    view! {
        <label prop:hidden=live(move || hidden.get())>
            <span>{live(day.frame.say(label))}</span>
            <input
                type="time"
                step=u32::from(STEP) * 60
                prop:value=live(move || written(get(day, of)))
                on:change=put
            />
        </label>
    }
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

#[component]
fn Days(day: Day, #[prop(into)] hidden: Flag) -> impl IntoView {
    let put = move |event| {
        if let Ok(days) = value(&event).parse::<u8>() {
            set(day, |example| example.days = days.clamp(1, MOST_DAYS));
        }
    };
    view! {
        <label prop:hidden=live(move || hidden.get())>
            <span>{live(day.frame.say(text::DAYS))}</span>
            <input
                type="number"
                min="1"
                max=MOST_DAYS
                prop:value=live(move || get(day, |example| example.days).to_string())
                on:input=put
            />
        </label>
    }
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
