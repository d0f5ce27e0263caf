//! Short forms for the tests.

#![allow(dead_code, reason = "not every test file uses all of them")]
#![allow(clippy::expect_used, clippy::panic, reason = "these are tests")]

use calendar_presence::{Activity, Language, NativeViewer, Note};
use chrono::DateTime;

/// A note that was read, with its escapes undone.
#[derive(Debug, PartialEq)]
pub struct Read {
    pub text: String,
    pub activity: Option<Activity>,
    pub title: Option<String>,
    pub until: Option<i64>,
    pub whole_day: bool,
    pub next: Option<(Option<Activity>, Option<String>)>,
}

pub fn read(note: &str) -> Read {
    let note = Note::parse(note);
    Read {
        text: note.text().to_string(),
        activity: note.activity(),
        title: note.title().map(|title| title.to_string()),
        until: note.until(),
        whole_day: note.whole_day(),
        next: note.next().map(|next| (next.activity, next.title.map(|title| title.to_string()))),
    }
}

pub fn title(note: &str) -> Option<String> {
    read(note).title
}

#[expect(clippy::unnecessary_wraps, reason = "the type of what it is compared with")]
pub fn next(activity: Option<Activity>, title: Option<&str>) -> Option<(Option<Activity>, Option<String>)> {
    Some((activity, title.map(str::to_owned)))
}

pub fn viewer(language: Language, zone: &str) -> NativeViewer {
    NativeViewer::new(language, zone.parse().unwrap_or_else(|_| panic!("{zone} is a zone")))
}

/// Milliseconds of an instant such as `2017-12-27T11:30:00Z`.
#[track_caller]
pub fn at(instant: &str) -> i64 {
    DateTime::parse_from_rfc3339(instant).expect("an instant").timestamp_millis()
}

/// What a viewer in Berlin reads in German.
pub fn german(note: &str, now: &str) -> String {
    Note::parse(note).format(&viewer(Language::De, "Europe/Berlin"), at(now))
}
