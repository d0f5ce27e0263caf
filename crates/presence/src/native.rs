//! A viewer without a browser: time zones from chrono-tz, dates and times as CLDR writes them.

use crate::civil::Date;
use crate::format::append_when;
use crate::{Language, Viewer};
use alloc::string::String;
use chrono::{DateTime, Datelike as _, NaiveDate, Offset as _, TimeZone as _};
use chrono_tz::Tz;
use core::fmt::Write as _;

/// A person with a language of ours and a time zone.
///
/// ```
/// use calendar_presence::{Language, NativeViewer, Note};
///
/// let viewer = NativeViewer::new(Language::De, "Europe/Berlin".parse()?);
/// let note = Note::parse("Busy until 12:30 #busy #until:1514374200000");
/// assert_eq!(note.format(&viewer, 1_514_370_000_000), "Beschäftigt bis 12:30");
/// # Ok::<(), chrono_tz::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct NativeViewer {
    language: Language,
    zone: Tz,
}

impl NativeViewer {
    /// A viewer with this language and zone.
    pub const fn new(language: Language, zone: Tz) -> Self {
        Self { language, zone }
    }

    /// The time zone.
    pub const fn zone(self) -> Tz {
        self.zone
    }

    /// The end of a state as the readable part of a note has it: the time, before it the date where the end is not
    /// on the day of `now`.
    pub fn when(self, until: i64, now: i64) -> String {
        let mut text = String::new();
        append_when(&self, until, now, &mut text);
        text
    }

    /// A date as the readable part of a note has it.
    pub fn date(self, date: NaiveDate) -> String {
        let mut text = String::new();
        self.append_date(i64::from(date.num_days_from_ce()) - DAYS_BEFORE_THE_EPOCH, &mut text);
        text
    }
}

/// From 0000-12-31, which chrono counts from, to 1970-01-01.
const DAYS_BEFORE_THE_EPOCH: i64 = 719_163;

impl Viewer for NativeViewer {
    fn language(&self) -> Language {
        self.language
    }

    fn offset(&self, instant: i64) -> i64 {
        // No rule for time zones changes in the years that chrono cannot reach.
        let reachable = instant.clamp(
            DateTime::<chrono::Utc>::MIN_UTC.timestamp_millis(),
            DateTime::<chrono::Utc>::MAX_UTC.timestamp_millis(),
        );
        let utc = DateTime::from_timestamp_millis(reachable).unwrap_or_default().naive_utc();
        i64::from(self.zone.offset_from_utc_datetime(&utc).fix().local_minus_utc()) * 1000
    }

    fn append_date(&self, day: i64, text: &mut String) {
        let Date { year, month, day } = Date::from_day(day);
        // Thai dates are in the Buddhist calendar. A year before 1 is written as CLDR does without its era.
        let year = match self.language {
            Language::Th => year + 543,
            _ if year < 1 => 1 - year,
            _ => year,
        };
        // Writing to a String cannot fail.
        let _ = match self.language {
            Language::Bs | Language::Hr => write!(text, "{day:02}. {month:02}. {year}."),
            Language::Cs | Language::Sl => write!(text, "{day:02}. {month:02}. {year}"),
            Language::Da
            | Language::De
            | Language::Et
            | Language::Fi
            | Language::Lv
            | Language::No
            | Language::Pl
            | Language::Ru
            | Language::Tr => write!(text, "{day:02}.{month:02}.{year}"),
            Language::Ca
            | Language::En
            | Language::Es
            | Language::Fr
            | Language::It
            | Language::Pt
            | Language::Th => write!(text, "{day:02}/{month:02}/{year}"),
            Language::Eu => write!(text, "{year}/{month:02}/{day:02}"),
            Language::Hu => write!(text, "{year}. {month:02}. {day:02}."),
            Language::Mk => write!(text, "{day:02}.{month:02}.{year} г."),
            Language::Nl => write!(text, "{day:02}-{month:02}-{year}"),
            Language::Sr => write!(text, "{day:02}.{month:02}.{year}."),
            Language::Sv => write!(text, "{year}-{month:02}-{day:02}"),
        };
    }

    fn append_time(&self, minute: u16, text: &mut String) {
        let separator = match self.language {
            Language::Da | Language::Fi => '.',
            _ => ':',
        };
        let _ = write!(text, "{:02}{separator}{:02}", minute / 60, minute % 60);
    }
}
