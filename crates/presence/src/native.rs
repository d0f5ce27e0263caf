//! A viewer without a browser: time zones from chrono-tz, dates and times as CLDR writes them.

use crate::{Clock, Language, Viewer};
use alloc::string::String;
use chrono::{DateTime, Offset as _, TimeZone as _};
use chrono_tz::Tz;

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
}

impl Clock for NativeViewer {
    fn offset(&self, instant: i64) -> i64 {
        // No rule for time zones changes in the years that chrono cannot reach.
        let reachable = instant.clamp(
            DateTime::<chrono::Utc>::MIN_UTC.timestamp_millis(),
            DateTime::<chrono::Utc>::MAX_UTC.timestamp_millis(),
        );
        let utc = DateTime::from_timestamp_millis(reachable).unwrap_or_default().naive_utc();
        i64::from(self.zone.offset_from_utc_datetime(&utc).fix().local_minus_utc()) * 1000
    }
}

impl Viewer for NativeViewer {
    fn language(&self) -> Language {
        self.language
    }

    fn append_date(&self, day: i64, text: &mut String) {
        self.language.append_date(day, text);
    }

    fn append_time(&self, minute: u16, text: &mut String) {
        self.language.append_time(minute, text);
    }
}
