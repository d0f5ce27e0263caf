//! Time zones by their Windows or their IANA name; Graph takes and gives either.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// A time zone and the name it was asked for by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// The name it was asked for by.
    pub name: String,
    tz: Tz,
}

impl Zone {
    /// Coordinated Universal Time.
    pub fn utc() -> Self {
        Self { name: "UTC".into(), tz: Tz::UTC }
    }

    /// `None` where neither Windows nor IANA knows the name.
    pub fn named(name: &str) -> Option<Self> {
        let tz = match localzone::win_zone_to_iana(name, None) {
            Some(iana) => iana.parse().ok()?,
            None => name.parse().ok()?,
        };
        Some(Self { name: name.into(), tz })
    }

    /// The wall clock in this zone.
    pub fn local(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        instant.with_timezone(&self.tz).naive_local()
    }

    /// The instant of a wall clock time. One that daylight saving skips is taken as the hour after it, one that it
    /// repeats as the first.
    pub fn instant(&self, local: NaiveDateTime) -> DateTime<Utc> {
        let skipped = || self.tz.from_local_datetime(&(local + TimeDelta::hours(1))).earliest();
        match self.tz.from_local_datetime(&local).earliest().or_else(skipped) {
            Some(instant) => instant.with_timezone(&Utc),
            None => local.and_utc(),
        }
    }

    /// The first instant of a date.
    pub fn start_of(&self, date: NaiveDate) -> DateTime<Utc> {
        self.instant(date.and_time(NaiveTime::MIN))
    }
}

/// The date after this one; the last date there is stays.
pub fn next_day(date: NaiveDate) -> NaiveDate {
    date.checked_add_days(Days::new(1)).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_and_iana_names_are_known() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        for name in ["W. Europe Standard Time", "Europe/Berlin"] {
            assert_eq!(Zone::named(name).unwrap().start_of(date).to_rfc3339(), "2026-11-20T23:00:00+00:00");
        }
        assert_eq!(Zone::named("UTC").unwrap().start_of(date), Zone::utc().start_of(date));
        assert_eq!(Zone::named("Central Perk Time"), None);
    }

    #[test]
    fn a_midnight_that_daylight_saving_skips_is_an_hour_later() {
        let beirut = Zone::named("Asia/Beirut").unwrap();
        let date = NaiveDate::from_ymd_opt(2026, 3, 29).unwrap();
        assert_eq!(beirut.local(beirut.start_of(date)).to_string(), "2026-03-29 01:00:00");
    }
}
