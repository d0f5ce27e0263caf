//! An appointment on the timeline: chosen by a click, moved by pointer and keyboard, longer or shorter at its ends.

use kit::live;
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::day::Day;
use super::example::{DAY, Example, STEP};
use super::timeline::place;
use crate::text::preview as text;

/// So close to an end of the bar, in pixels, the pointer moves that end.
const GRIP: i32 = 7;
/// Its title stands before an appointment that ends later than this, because there is no room behind it.
const LATE: u16 = 15 * 60;

/// What the pointer moves.
struct Drag {
    from: i32,
    part: Part,
    /// As it was when the pointer went down.
    example: Example,
    /// Of the whole day, in pixels.
    width: i32,
}

#[derive(Clone, Copy)]
enum Part {
    Start,
    Whole,
    End,
}

/// The row of an appointment.
#[component]
pub fn Bar(
    /// What the parts of the preview share.
    day: Day,
    /// The number of the appointment.
    number: u32,
) -> impl IntoView {
    let drag = StoredValue::new_local(None::<Drag>);
    let of_place = move || day.of(number, Example::place).unwrap_or_default();
    let bar = move || {
        let (start, end) = of_place();
        place(start, end)
    };
    let described = move || day.of(number, |example| describe(day, example)).unwrap_or_default();
    let show_as = move || day.of(number, |example| example.show_as.name()).unwrap_or_default();
    let is_chosen = move || if day.chosen.get() == number { "true" } else { "false" };
    let moved = move |event: PointerEvent| {
        drag.with_value(|drag| {
            if let Some(drag) = drag {
                follow(day, number, drag, &event);
            }
        });
    };
    view! {
        <li>
            <button
                type="button"
                class="bar"
                data-show-as=live(show_as)
                aria-pressed=live(is_chosen)
                aria-label=live(described)
                title=live(day.frame.say(text::KEYS))
                prop:style=live(bar)
                on:click=move |_| day.chosen.set(number)
                on:keydown=move |event| press(day, number, &event)
                on:pointerdown=move |event| drag.set_value(begin(day, number, &event))
                on:pointermove=moved
                on:pointerup=move |_| drag.set_value(None)
                on:pointercancel=move |_| drag.set_value(None)
            ></button>
            <Title day=day number=number />
        </li>
    }
}

/// The title, where there is room for it.
#[component]
fn Title(day: Day, number: u32) -> impl IntoView {
    let of_place = move || day.of(number, Example::place).unwrap_or_default();
    let side = move || match of_place() {
        (0, DAY) => "title inside",
        (_, end) if end > LATE => "title before",
        _ => "title behind",
    };
    let edge = move || {
        let (start, end) = of_place();
        if end > LATE && start > 0 {
            place(0, start)
        } else {
            place(if start == 0 && end == DAY { 0 } else { end }, DAY)
        }
    };
    let title = move || day.of(number, |example| example.title.clone()).unwrap_or_default();
    view! {
        <span class=live(side) aria-hidden="true" prop:style=live(edge)>
            <span>{live(title)}</span>
        </span>
    }
}

/// What a screen reader says.
fn describe(day: Day, example: &Example) -> String {
    let time = if example.days > 0 {
        day.frame.text(text::ALL_DAY).to_owned()
    } else {
        [&day.frame.clock(example.start), "–", &day.frame.clock(example.end)].concat()
    };
    [&example.title, ", ", &time, ", ", day.frame.text(text::show_as(example.show_as))].concat()
}

fn press(day: Day, number: u32, event: &KeyboardEvent) {
    let key = event.key();
    let minutes = match key.as_str() {
        "ArrowLeft" => -i32::from(STEP),
        "ArrowRight" => i32::from(STEP),
        "Delete" | "Backspace" => {
            event.prevent_default();
            focus_neighbour(event);
            return day.remove(number);
        }
        _ => return,
    };
    event.prevent_default();
    day.chosen.set(number);
    let part = if event.shift_key() { Part::End } else { Part::Whole };
    day.change(number, |example| shift(example, part, minutes));
}

fn shift(example: &mut Example, part: Part, minutes: i32) {
    if example.days > 0 {
        return;
    }
    match part {
        Part::Start => example.move_start(minutes),
        Part::Whole => example.shift(minutes),
        Part::End => example.move_end(minutes),
    }
}

/// Where the focus goes when its appointment does.
fn focus_neighbour(event: &KeyboardEvent) {
    let row = event.target().and_then(|target| target.dyn_into::<Element>().ok()?.parent_element());
    let neighbour = row.and_then(|row| row.next_element_sibling().or_else(|| row.previous_element_sibling()));
    let button = neighbour.and_then(|neighbour| neighbour.first_element_child());
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        let _ = button.focus();
    }
}

fn begin(day: Day, number: u32, event: &PointerEvent) -> Option<Drag> {
    let bar: HtmlElement = event.target()?.dyn_into().ok()?;
    if event.button() != 0 {
        return None;
    }
    let (at, length) = (event.offset_x(), bar.offset_width());
    let part = match () {
        () if length < 3 * GRIP => Part::Whole,
        () if at < GRIP => Part::Start,
        () if at > length - GRIP => Part::End,
        () => Part::Whole,
    };
    day.chosen.set(number);
    // Fails only for a pointer that has gone since.
    let _ = bar.set_pointer_capture(event.pointer_id());
    let example = untrack(|| day.of(number, Clone::clone))?;
    Some(Drag { from: event.client_x(), part, example, width: bar.parent_element()?.client_width().max(1) })
}

fn follow(day: Day, number: u32, drag: &Drag, event: &PointerEvent) {
    let steps =
        f64::from(event.client_x() - drag.from) * f64::from(DAY) / f64::from(drag.width) / f64::from(STEP);
    #[expect(clippy::cast_possible_truncation, reason = "no screen is so wide")]
    let minutes = steps.round() as i32 * i32::from(STEP);
    let mut moved = drag.example.clone();
    shift(&mut moved, drag.part, minutes);
    let place = (moved.start, moved.end);
    if untrack(|| day.of(number, |example| (example.start, example.end))) != Some(place) {
        day.change(number, |example| (example.start, example.end) = place);
    }
}
