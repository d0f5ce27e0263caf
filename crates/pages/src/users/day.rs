//! The day of somebody as a strip, from its first hour to its last.

use browser::Browser;
use calendar::instant::{Instant, local_time};
use calendar_presence::Activity;
use chrono::Timelike;
use kit::{live, views};
use leptos::prelude::*;
use serde::Deserialize;

use super::list::List;
use super::user::User;
use crate::frame::Frame;

/// What is shown from an instant on.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Part {
    /// The instant.
    pub from: f64,
    /// The activity; empty for free.
    pub activity: String,
}

/// The day that strips show: midnight in the zone of the settings, and the next one.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct Today {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
}

/// A stretch of the strip that is not free.
#[derive(Clone, Debug, PartialEq)]
struct Piece {
    activity: String,
    /// Where it begins and ends, in parts of the whole.
    from: f64,
    to: f64,
}

impl Today {
    /// How many hours it has: where clocks are changed one more or less.
    pub fn hours(self) -> usize {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a day has few hours")]
        let hours = ((self.to - self.from) / 3_600_000.0).round().clamp(0.0, 48.0) as usize;
        hours
    }

    /// Where an instant is, in parts of the day.
    fn place(self, instant: f64) -> f64 {
        ((instant - self.from) / (self.to - self.from)).clamp(0.0, 1.0)
    }

    /// The stretches of a day that are not free.
    fn pieces(self, day: &[Part]) -> Vec<Piece> {
        let ends = day.iter().skip(1).map(|part| part.from).chain([self.to]);
        let piece = |(part, end): (&Part, f64)| Piece {
            activity: part.activity.clone(),
            from: self.place(part.from),
            to: self.place(end),
        };
        day.iter().zip(ends).filter(|(part, _)| !part.activity.is_empty()).map(piece).collect()
    }
}

/// The day of a user.
#[component]
pub fn DayStrip(
    /// What the parts of the page share.
    list: List,
    /// The user.
    user: ArcRwSignal<User>,
) -> impl IntoView {
    let [drawn, hidden, told] = std::array::from_fn(move |_| user.clone());
    let pieces = move || {
        let pieces = drawn.with(|user| Some(list.today.get()?.pieces(user.day.as_deref()?)));
        pieces.into_iter().flatten().map(draw).collect::<Vec<_>>()
    };
    let is_unknown = move || hidden.with(|user| user.day.is_none()) || list.today.with(Option::is_none);
    let words = move || told.with(|user| user.day.as_deref().map(|day| in_words(list.frame, day)));
    #[expect(clippy::cast_precision_loss, reason = "what a Date holds, a number holds exactly")]
    let needle = move || {
        let now = list.now.get() as f64;
        list.today.get().map(|today| style(today.place(now), today.place(now))).unwrap_or_default()
    };
    view! {
        <span
            class="day"
            role="img"
            aria-label=live(move || words().unwrap_or_default())
            prop:hidden=live(is_unknown)
        >
            {views(pieces)}
            <i class="now" prop:style=live(needle)></i>
        </span>
    }
}

fn draw(piece: Piece) -> AnyView {
    view! { <i data-activity=piece.activity prop:style=style(piece.from, piece.to)></i> }.into_any()
}

/// A place on the strip.
fn style(from: f64, to: f64) -> String {
    // Of a hundredth of its width, so that no figures are needed behind a point.
    let part = |part: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "ten thousand at most")]
        let hundredths = (part * 10_000.0).round() as i32;
        ["calc(", &hundredths.to_string(), "% / 100)"].concat()
    };
    ["left:", &part(from), ";width:", &part(to - from)].concat()
}

/// When what is shown changes, and to what.
pub fn in_words(frame: Frame, day: &[Part]) -> String {
    let zone = frame.stored.with(|stored| stored.presence_time_zone.clone());
    let part = |part: &Part| {
        #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds")]
        let time = local_time(part.from as Instant, &zone, &Browser);
        #[expect(clippy::cast_possible_truncation, reason = "a day has 1440 minutes")]
        let minute = (time.hour() * 60 + time.minute()) as u16;
        [&frame.clock(minute), " ", activity(frame, &part.activity)].concat()
    };
    day.iter().map(part).collect::<Vec<_>>().join(", ")
}

/// The word for an activity as the PBX has it: empty for free.
pub fn activity(frame: Frame, name: &str) -> &'static str {
    let name = if name.is_empty() { "free" } else { name };
    let found = Activity::ALL.into_iter().find(|activity| activity.name() == name);
    found.map_or("", |activity| frame.reads().words().activity(activity))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strip_shows_what_is_not_free() {
        let part = |from: f64, activity: &str| Part { from, activity: activity.to_owned() };
        let today = Today { from: 1_000.0, to: 2_000.0 };
        let day = [part(1_000.0, ""), part(1_250.0, "busy"), part(1_500.0, ""), part(1_750.0, "away")];
        let piece = |activity: &str, from, to| Piece { activity: activity.to_owned(), from, to };
        assert_eq!(today.pieces(&day), [piece("busy", 0.25, 0.5), piece("away", 0.75, 1.0)]);
        assert_eq!(style(0.25, 0.5), "left:calc(2500% / 100);width:calc(2500% / 100)");
        assert_eq!(today.pieces(&[]), []);
        assert_eq!(
            style(today.place(0.0), today.place(5_000.0)),
            "left:calc(0% / 100);width:calc(10000% / 100)"
        );
    }
}
