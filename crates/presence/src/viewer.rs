//! Who looks at a note.

use crate::part::{Part, take_when};
use crate::{Language, Note};
use alloc::string::String;

/// Milliseconds of a day.
pub(crate) const DAY: i64 = 24 * 60 * 60 * 1000;

/// The day that an instant is on in UTC.
pub(crate) const fn day_of(instant: i64) -> i64 {
    instant.div_euclid(DAY)
}

/// The clocks in a time zone.
///
/// Days are counted from 1970-01-01 in the proleptic Gregorian calendar, instants in milliseconds since the Unix
/// epoch within what a JavaScript `Date` holds.
pub trait Clock {
    /// By how many milliseconds the clocks are ahead of UTC at an instant.
    fn offset(&self, instant: i64) -> i64;

    /// The day that an instant is on.
    fn day(&self, instant: i64) -> i64 {
        day_of(instant + self.offset(instant))
    }
}

/// A person with a language and a way of writing dates and times.
pub trait Viewer: Clock {
    /// The language of the words.
    fn language(&self) -> Language;

    /// Appends a day, such as `27.12.2017`.
    fn append_date(&self, day: i64, text: &mut String);

    /// Appends a minute of the day, 0 to 1439, such as `12:30`.
    fn append_time(&self, minute: u16, text: &mut String);

    /// Appends an end that is not a whole day: the time, before it the date where the end is not on the day of
    /// `now`.
    fn append_when(&self, until: i64, now: i64, text: &mut String)
    where
        Self: Sized,
    {
        take_when(self, until, self.day(now), &mut |part| append_part(self, "", part, text));
    }
}

impl Note<'_> {
    /// What the viewer reads at the instant `now`.
    pub fn format(&self, viewer: &impl Viewer, now: i64) -> String {
        let mut text = String::new();
        self.for_each_part(viewer, viewer.day(now), |part| append_part(viewer, self.text, part, &mut text));
        text
    }
}

fn append_part(viewer: &impl Viewer, note: &str, part: Part, text: &mut String) {
    match part {
        Part::Note(range) => text.push_str(note.get(range).unwrap_or_default()),
        Part::Word(word) => text.push_str(word.text(viewer.language().words())),
        Part::Date(day) => viewer.append_date(day, text),
        Part::Time(minute) => viewer.append_time(minute, text),
    }
}
