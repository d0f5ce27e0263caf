//! Showing a note.

use crate::civil::{DAY, day_of};
use crate::parse::Cut;
use crate::words::is_lone_free;
use crate::{Language, Note, whole_day};
use alloc::string::String;

const MINUTE: i64 = 60 * 1000;

/// What must be known about the person who looks at a note.
///
/// Days are counted from 1970-01-01 in the proleptic Gregorian calendar, instants in milliseconds since the Unix
/// epoch within what a JavaScript `Date` holds.
pub trait Viewer {
    /// The language of the words.
    fn language(&self) -> Language;
    /// By how many milliseconds the viewer's clocks are ahead of UTC at an instant.
    fn offset(&self, instant: i64) -> i64;
    /// Appends a day, such as `27.12.2017`.
    fn append_date(&self, day: i64, text: &mut String);
    /// Appends a minute of the day, 0 to 1439, such as `12:30`.
    fn append_time(&self, minute: u16, text: &mut String);

    /// Appends an end that is not a whole day: the time, before it the date where the end is not on the day of
    /// `now`.
    fn append_when(&self, until: i64, now: i64, text: &mut String) {
        let local = until + self.offset(until);
        let day = day_of(local);
        if day != self.day(now) {
            self.append_date(day, text);
            text.push(' ');
        }
        let minute = local.rem_euclid(DAY) / MINUTE;
        self.append_time(u16::try_from(minute).unwrap_or_default(), text);
    }

    /// The day that an instant is on for the viewer.
    fn day(&self, instant: i64) -> i64 {
        day_of(instant + self.offset(instant))
    }
}

impl Note<'_> {
    /// What the viewer reads at the instant `now`.
    pub fn format(&self, viewer: &impl Viewer, now: i64) -> String {
        let mut text = String::new();
        self.append_format(viewer, now, &mut text);
        text
    }

    /// Appends what the viewer reads at the instant `now`.
    pub fn append_format(&self, viewer: &impl Viewer, now: i64, text: &mut String) {
        let words = viewer.language().words();
        let Some(activity) = self.activity else {
            if is_lone_free(self.text) {
                text.push_str(words.free);
            } else {
                self.text().append_to(text);
            }
            return;
        };
        if self.title == Cut::Misfit {
            self.text().append_to(text);
            return;
        }
        match self.title() {
            Some(title) => title.append_to(text),
            None => text.push_str(words.activity(activity)),
        }
        if let Some(until) = self.until {
            text.push_str(words.until.between);
            self.append_end(until, viewer, now, text);
            text.push_str(words.until.after);
        }
        self.append_next(viewer.language(), text);
    }

    fn append_end(&self, until: i64, viewer: &impl Viewer, now: i64, text: &mut String) {
        if self.whole_day {
            let day = whole_day::named_day(self, until).unwrap_or_else(|| viewer.day(until));
            viewer.append_date(day, text);
        } else {
            viewer.append_when(until, now, text);
        }
    }

    fn append_next(&self, language: Language, text: &mut String) {
        let Some(next) = self.next() else { return };
        text.push_str(" (");
        if let Some(activity) = next.activity {
            text.push_str(language.words().activity(activity));
            if next.title.is_some() {
                text.push_str(": ");
            }
        }
        if let Some(title) = next.title {
            title.append_to(text);
        }
        text.push(')');
    }
}
