use calendar_presence::Activity;
use leptos::prelude::*;

use super::day::Day;
use super::example::Example;
use super::text::Text;

/// Height of a row in the units of the drawing.
const ROW: usize = 20;
const DAY: u16 = 24 * 60;

/// The day at a glance: a bar for each appointment, a line for the time that is looked at, and the slider for it.
#[component]
pub fn Timeline(
    /// What the parts of the preview share.
    day: Day,
) -> impl IntoView {
    let rows = move || day.examples.with(Vec::len).max(1);
    let view_box = move || format!("0 0 {DAY} {}", rows() * ROW);
    let bars = move || {
        day.examples.with(|examples| examples.iter().enumerate().map(|(row, example)| bar(row, example)).collect_view())
    };
    let state = move || match day.after.with(|after| after.activity) {
        Activity::Free => "now free",
        Activity::Busy => "now busy",
        Activity::Away => "now away",
        Activity::Dnd => "now dnd",
    };
    view! {
        <div class="timeline">
            <svg viewBox=view_box preserveAspectRatio="none" aria-hidden="true">
                {bars}
                <rect class=state x=move || day.minute.get() y="0" width="4" height=move || rows() * ROW />
            </svg>
            <input
                type="range"
                min="0"
                max=DAY - 5
                step="5"
                aria-label=move || day.text(Text::TimeOfDay)
                aria-valuetext=move || clock(day.minute.get())
                prop:value=move || day.minute.get().to_string()
                on:input=move |event| {
                    if let Ok(minute) = event_target_value(&event).parse() {
                        day.minute.set(minute);
                    }
                }
            />
            <output aria-hidden="true">{move || clock(day.minute.get())}</output>
        </div>
    }
}

fn bar(row: usize, example: &Example) -> impl IntoView + use<> {
    let (start, end) = if example.all_day { (0, DAY) } else { (example.start, example.end.max(example.start)) };
    view! {
        <rect
            class=["bar ", example.show_as.name()].concat()
            x=start
            y=row * ROW + 3
            width=end - start
            height=ROW - 6
        />
    }
}

/// A minute of the day as clocks show it.
pub fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
