//! All users and the hours of today in one picture.

use calendar_presence::Activity;
use kit::{Button, EachOf, live, views};
use leptos::html::Div;
use leptos::prelude::*;

use super::day::{Part, Today, in_words};
use super::list::List;
use super::people::Person;
use super::room::{Room, pixels};
use crate::text::users as text;

/// Height of a row, in pixels; the style has the same.
const ROW: f64 = 24.0;
/// As much of the picture is in view at most; the style has the same.
const HEIGHT: f64 = 16.0 * ROW;
/// Milliseconds of an hour.
const HOUR: f64 = 3_600_000.0;

/// The picture, behind a button.
#[component]
pub fn Glance(
    /// What the parts of the page share.
    list: List,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    view! {
        <div class="glance" prop:hidden=live(move || list.today.with(Option::is_none))>
            <Button
                label=list.texts.say(text::GLANCE)
                expanded=move || is_open.get()
                on_press=move || is_open.update(|open| *open = !*open)
            />
            <Show when=move || is_open.get()>
                <p class="about">{live(list.texts.say(text::GLANCE_ABOUT))}</p>
                <Picture list=list lead=move |person: Person| list.lead_to(person.guid) />
            </Show>
        </div>
    }
}

/// A row for each user; `lead` gets whoever is chosen.
#[component]
fn Picture(list: List, #[prop(into)] lead: Callback<Person>) -> impl IntoView {
    let scroller = NodeRef::<Div>::new();
    let top = RwSignal::new(0.0);
    let room = Memo::new(move |_| Room { rows: list.total(), row: ROW, open: None });
    let window = Memo::new(move |_| room.get().window(top.get(), HEIGHT));
    Effect::new(move |_| list.glance_at(window.get().1));
    on_cleanup(move || list.glance_at(0));
    let scroll = move |_| {
        if let Some(scroller) = scroller.get_untracked() {
            top.set(f64::from(scroller.scroll_top()));
        }
    };
    let people = move || {
        let (first, end) = window.get();
        let people = list.people.with(|people| people.between(first, end));
        people.into_iter().map(|(_, person)| person).collect::<Vec<_>>()
    };
    let space = move || {
        let (room, (first, _)) = (room.get(), window.get());
        ["padding-top:", &pixels(room.top(first)), ";height:", &pixels(room.top(room.rows))].concat()
    };
    let key = |person: &Person| person.guid.to_string();
    view! {
        <div class="picture">
            <div class="scroller" node_ref=scroller on:scroll=scroll>
                <Hours list=list />
                <ul aria-label=live(list.texts.say(text::GLANCE)) prop:style=live(space)>
                    <EachOf of=people key=key children=move |person| view! { <Row list=list person=person lead=lead /> } />
                </ul>
            </div>
        </div>
    }
}

/// The hours above the columns.
#[component]
fn Hours(list: List) -> impl IntoView {
    let hour = |hour: usize| view! { <span>{hour.to_string()}</span> }.into_any();
    let hours = move || {
        let count = list.today.get().map_or(0, Today::hours);
        (0..count).map(hour).collect::<Vec<_>>()
    };
    view! {
        <div class="hours" aria-hidden="true">
            <b></b>
            {views(hours)}
        </div>
    }
}

/// A user. Whatever is chosen of his hours leads to him.
#[component]
fn Row(list: List, person: Person, lead: Callback<Person>) -> impl IntoView {
    let user = person.user.clone();
    let [named, told, drawn] = std::array::from_fn(move |_| user.clone());
    let drawn = move || {
        let today = list.today.get();
        let cells = drawn.with(|user| Some(cells(today?, user.day.as_deref()?))).unwrap_or_default();
        cells.into_iter().map(draw).collect::<Vec<_>>()
    };
    let label = move || {
        told.with(|user| {
            let day = user.day.as_deref().map(|day| in_words(list.frame, day));
            let day = day.unwrap_or_else(|| list.texts.text(text::state(user.state)).to_owned());
            [&user.name, ": ", &day].concat()
        })
    };
    view! {
        <li>
            <button type="button" aria-label=live(label) on:click=move |_| lead.run(person.clone())>
                <b dir="auto">{live(move || named.with(|user| user.name.clone()))}</b>
                {views(drawn)}
            </button>
        </li>
    }
}

fn draw(Cell { activity, from, to }: Cell) -> AnyView {
    let place = ["grid-column:", &(from + 2).to_string(), "/", &(to + 2).to_string()].concat();
    view! { <i data-activity=activity prop:style=place></i> }.into_any()
}

/// Hours with the same activity, from one up to another one.
#[derive(Clone, Debug, PartialEq)]
struct Cell {
    activity: &'static str,
    from: usize,
    to: usize,
}

/// The hours of a day that are not free, each with what fills most of it. What is short is seen as well.
fn cells(today: Today, day: &[Part]) -> Vec<Cell> {
    let ends: Vec<f64> = day.iter().skip(1).map(|part| part.from).chain([today.to]).collect();
    let most = |hour: usize| {
        #[expect(clippy::cast_precision_loss, reason = "a day has few hours")]
        let from = today.from + hour as f64 * HOUR;
        let filled = |activity: Activity| {
            let parts = day.iter().zip(&ends).filter(|(part, _)| part.activity == activity.name());
            parts.map(|(part, end)| (end.min(from + HOUR) - part.from.max(from)).max(0.0)).sum::<f64>()
        };
        let found = Activity::ALL.map(|activity| (activity.name(), filled(activity)));
        let found = found.into_iter().filter(|(_, filled)| *filled > 0.0);
        found.max_by(|(_, one), (_, other)| one.total_cmp(other)).map(|(activity, _)| activity)
    };
    let mut cells: Vec<Cell> = Vec::new();
    for hour in 0..today.hours() {
        let Some(activity) = most(hour) else { continue };
        match cells.last_mut() {
            Some(last) if last.to == hour && last.activity == activity => last.to = hour + 1,
            _ => cells.push(Cell { activity, from: hour, to: hour + 1 }),
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_has_the_activity_that_fills_most_of_it() {
        let part = |hour: f64, activity: &str| Part { from: hour * HOUR, activity: activity.to_owned() };
        let today = Today { from: 0.0, to: 24.0 * HOUR };
        let day = [part(0.0, ""), part(8.5, "busy"), part(10.0, "away"), part(10.25, "busy"), part(12.0, "")];
        assert_eq!(cells(today, &day), [Cell { activity: "busy", from: 8, to: 12 }]);
        let day = [part(0.0, "away"), part(23.75, "dnd")];
        assert_eq!(cells(today, &day), [Cell { activity: "away", from: 0, to: 24 }]);
        assert_eq!(cells(today, &[part(0.0, "")]), []);
        // The day on which clocks are put back.
        assert_eq!(Today { from: 0.0, to: 25.0 * HOUR }.hours(), 25);
    }
}
