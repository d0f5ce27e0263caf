use calendar::appointment::ShowAs;
use leptos::prelude::*;

use super::day::Day;
use super::example::Example;
use super::text::Text;
use super::timeline::clock;
use crate::text::fill;

/// The appointments of the day, to be changed.
#[component]
pub fn Rows(
    /// What the parts of the preview share.
    day: Day,
) -> impl IntoView {
    let numbers = Memo::new(move |_| day.examples.with(|examples| examples.iter().map(|one| one.number).collect::<Vec<_>>()));
    view! {
        <h4>{move || day.text(Text::Appointments)}</h4>
        <ul class="appointments">
            <For each=move || numbers.get() key=|number| *number let:number>
                <Row day number />
            </For>
        </ul>
        <button type="button" on:click=move |_| day.add()>{move || day.text(Text::Add)}</button>
    }
}

#[component]
fn Row(day: Day, number: u32) -> impl IntoView {
    // The last value stays while the row is taken away.
    let example = Memo::new(move |last: Option<&Example>| {
        let found = day.examples.with(|examples| examples.iter().find(|one| one.number == number).cloned());
        found.or_else(|| last.cloned()).unwrap_or_else(|| Example::new(number, ""))
    });
    let place = move || {
        let place = day.examples.with(|examples| examples.iter().position(|one| one.number == number));
        fill(day.text(Text::Appointment), &[&place.map_or(0, |place| place + 1).to_string()])
    };
    let choice = move |show_as: ShowAs| {
        view! {
            <option value=show_as.name() prop:selected=move || example.with(|one| one.show_as) == show_as>
                {move || day.text(Text::ShowAs(show_as))}
            </option>
        }
    };
    view! {
        <li role="group" aria-label=place>
            <Labelled day label=Text::Title>
                <input
                    type="text"
                    prop:value=move || example.with(|one| one.title.clone())
                    on:input=move |event| day.change(number, |one| one.title = event_target_value(&event))
                />
            </Labelled>
            <Labelled day label=Text::ShowAsLabel>
                <select on:change=move |event| {
                    let word = event_target_value(&event);
                    if let Some(show_as) = ShowAs::ALL.into_iter().find(|one| one.name() == word) {
                        day.change(number, |one| one.show_as = show_as);
                    }
                }>{ShowAs::ALL.map(choice).collect_view()}</select>
            </Labelled>
            <Time day number label=Text::From get=|one| one.start set=|one, minute| one.start = minute />
            <Time day number label=Text::To get=|one| one.end set=|one, minute| one.end = minute />
            <div class="marks">
                <Mark day number label=Text::AllDay get=|one| one.all_day set=|one, on| one.all_day = on />
                <Mark day number label=Text::Private get=|one| one.private set=|one, on| one.private = on />
                <Mark day number label=Text::ByOrganizer get=|one| one.by_organizer set=|one, on| one.by_organizer = on />
                <button type="button" class="link" on:click=move |_| day.remove(number)>
                    {move || day.text(Text::Remove)}
                    <span class="unseen">" "{place}</span>
                </button>
            </div>
        </li>
    }
}

/// A field within its label.
#[component]
fn Labelled(day: Day, label: Text, children: Children) -> impl IntoView {
    view! { <label><span>{move || day.text(label)}</span>{children()}</label> }
}

#[component]
fn Time(day: Day, number: u32, label: Text, get: fn(&Example) -> u16, set: fn(&mut Example, u16)) -> impl IntoView {
    let of = move |read: fn(&Example) -> u16| {
        day.examples.with(|examples| examples.iter().find(|one| one.number == number).map(read))
    };
    let is_all_day = move || {
        day.examples.with(|examples| examples.iter().any(|one| one.number == number && one.all_day))
    };
    view! {
        <Labelled day label>
            <input
                type="time"
                disabled=is_all_day
                prop:value=move || of(get).map(clock)
                on:input=move |event| {
                    if let Some(minute) = minute_of(&event_target_value(&event)) {
                        day.change(number, |one| set(one, minute));
                    }
                }
            />
        </Labelled>
    }
}

#[component]
fn Mark(day: Day, number: u32, label: Text, get: fn(&Example) -> bool, set: fn(&mut Example, bool)) -> impl IntoView {
    let is_on = move || day.examples.with(|examples| examples.iter().any(|one| one.number == number && get(one)));
    view! {
        <Labelled day label>
            <input
                type="checkbox"
                prop:checked=is_on
                on:change=move |event| day.change(number, |one| set(one, event_target_checked(&event)))
            />
        </Labelled>
    }
}

/// The minute of the day of a time field, such as `09:30`.
fn minute_of(time: &str) -> Option<u16> {
    let (hour, minute) = time.split_once(':')?;
    Some(hour.parse::<u16>().ok()? * 60 + minute.get(..2)?.parse::<u16>().ok()?)
}
