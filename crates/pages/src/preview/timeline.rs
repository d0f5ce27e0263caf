use kit::{Button, Each, EachOf, Words, live, value};
use leptos::prelude::*;

use super::bar::Bar;
use super::day::{Day, Pair};
use super::example::DAY;
use super::outcome::Stretch;
use crate::text::preview as text;

/// The slider moves in steps of this many minutes.
const STEP: u16 = 5;
/// Hours between two figures of the ruler.
const RULER: u16 = 3;

/// The day at a glance: the appointments, what is seen with both settings, and the slider for the time of day.
#[component]
pub fn Timeline(
    /// What the parts of the preview share.
    day: Day,
) -> impl IntoView {
    let is_empty = move || day.examples.with(Vec::is_empty);
    view! {
        <div class="timeline">
            <Ruler />
            <div class="tracks">
                <Needle day=day />
                <Appointments day=day />
                <p class="empty" prop:hidden=live(move || !is_empty())>
                    {live(day.frame.say(text::NO_APPOINTMENTS))}
                </p>
                <Strip day=day label=text::BEFORE of=|pair| &pair.before />
                <Strip day=day label=text::AFTER of=|pair| &pair.after>
                    <Changes day=day />
                </Strip>
            </div>
            <Slider day=day />
            <div class="foot">
                <p class="verdict" role="status">
                    {live(move || verdict(day))}
                </p>
                <Button label=day.frame.say(text::ADD) on_press=move || day.add() />
            </div>
        </div>
    }
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

#[component]
fn Ruler() -> impl IntoView {
    let figure = |number: u16| {
        let hour = number * RULER;
        view! { <span prop:style=place(hour * 60, hour * 60)>{hour}</span> }
    };
    view! {
        <div class="ruler" aria-hidden="true">
            {(0..=24 / RULER).map(figure).collect::<Vec<_>>()}
        </div>
    }
}

#[component]
fn Needle(day: Day) -> impl IntoView {
    let activity = move || day.seen.with(|seen| seen.after.activity.name());
    view! {
        <div
            class="needle"
            aria-hidden="true"
            data-activity=live(activity)
            prop:style=live(move || place(day.minute.get(), day.minute.get()))
        ></div>
    }
}

#[component]
fn Appointments(day: Day) -> impl IntoView {
    let numbers =
        move || day.examples.with(|examples| examples.iter().map(|one| one.number.to_string()).collect());
    view! {
        <ul class="appointments" aria-label=live(day.frame.say(text::APPOINTMENTS))>
            <Each
                keys=numbers
                children=move |number| view! { <Bar day=day number=number.parse().unwrap_or_default() /> }
            />
        </ul>
    }
}

/// What is seen during the day, in the colours of the presences.
#[component]
fn Strip(
    day: Day,
    label: Words,
    of: fn(&Pair<Vec<Stretch>>) -> &Vec<Stretch>,
    /// What lies over it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
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
    let parts = move || {
        let part = |part: &Stretch| (part.activity.name(), place(part.start, part.end));
        day.courses.with(|pair| of(pair).iter().map(part).collect::<Vec<_>>())
    };
    let part = |(activity, place)| view! { <span data-activity=activity prop:style=place></span> };
    view! {
        <div class="strip">
            <span class="label" aria-hidden="true">
                {live(day.frame.say(label))}
            </span>
            <div class="stretches" role="img" aria-label=live(described)>
                <EachOf of=parts key=|(activity, place)| [activity, &**place].concat() children=part />
            </div>
            {children.map(|children| children())}
        </div>
    }
}

/// Marks where both settings differ.
#[component]
fn Changes(day: Day) -> impl IntoView {
    let places = move || {
        let differences = day.courses.with(Pair::differences);
        differences.into_iter().map(|(start, end)| place(start, end)).collect()
    };
    view! {
        <div class="changes" aria-hidden="true">
            <Each keys=places children=|place| view! { <span prop:style=place></span> } />
        </div>
    }
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

#[component]
fn Slider(day: Day) -> impl IntoView {
    let time = move || day.frame.clock(day.minute.get());
    let slide = move |event| {
        if let Ok(minute) = value(&event).parse::<u16>() {
            // The last one is the next day already.
            day.minute.set(minute.min(DAY - STEP));
        }
    };
    view! {
        <div class="slider">
            <input
                type="range"
                min="0"
                max=DAY
                step=STEP
                aria-label=live(day.frame.say(text::TIME_OF_DAY))
                aria-valuetext=live(time)
                prop:value=live(move || day.minute.get().to_string())
                on:input=slide
            />
            <output
                aria-hidden="true"
                prop:style=live(move || place(day.minute.get(), day.minute.get()))
            >
                {live(time)}
            </output>
        </div>
    }
}
