//! Somebody who reads a note, where no platform writes dates and times for them.

use calendar_presence::{Clock, Language, Viewer};

use crate::instant::{Instant, Zones};

/// A person with one of our languages and a time zone.
#[derive(Clone, Copy)]
pub struct ZoneViewer<'a> {
    /// Language of words, dates and times.
    pub language: Language,
    /// IANA zone; UTC where there is no such zone.
    pub zone: &'a str,
    /// Who knows the zone.
    pub zones: &'a dyn Zones,
}

impl Clock for ZoneViewer<'_> {
    fn offset(&self, instant: Instant) -> i64 {
        i64::from(self.zones.utc_offset(self.zone, instant).unwrap_or_default()) * 1000
    }
}

impl Viewer for ZoneViewer<'_> {
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
