//! Time zones: their names and the rules in force.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `database` | all zones, by the rules of the system or of the program, whichever are newer |
//! | `release` | which release of the IANA database rules are of |
//! | `windows` | the names that Windows and Exchange use |

mod database;
mod release;
mod windows;

use std::fmt;
use std::sync::LazyLock;

use calendar::instant::Zones;
use calendar::{Native, Platform};
use chrono::{NaiveDate, NaiveDateTime};

use database::{Database, Entry};

/// Read once: rules that the system gets later are in force after the next start.
static DATABASE: LazyLock<Database> = LazyLock::new(|| Database::new(database::system_folders()));

/// A time zone by the rules in force.
#[derive(Clone, Copy)]
pub struct Zone(&'static Entry);

impl Zone {
    /// The zone with this name of the IANA database, in any letter case.
    pub fn iana(name: &str) -> Option<Self> {
        DATABASE.find(name).map(Self)
    }

    /// The zone that a calendar server calls so: by a name of the IANA database or one that Windows has ever had.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim();
        Self::iana(name).or_else(|| Self::iana(windows::iana_name(name)?))
    }

    /// Its name in the spelling of the IANA database.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// Seconds that its clocks are ahead of UTC.
    pub fn offset(self, instant: i64) -> i32 {
        self.0.offset(instant)
    }

    /// The instant at which its clocks first show this time; where they skip it, the one to which it would have come
    /// without the gap.
    pub fn instant(self, time: NaiveDateTime) -> Option<i64> {
        self.0.instant(time)
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Zone {}

impl fmt::Debug for Zone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// The platform of the service and the command line.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

impl Zones for System {
    fn utc_offset(&self, zone: &str, instant: i64) -> Option<i32> {
        Zone::iana(zone).map(|zone| zone.offset(instant))
    }
}

impl Platform for System {
    fn time_zone(&self, name: &str) -> Option<String> {
        Zone::iana(name).map(|zone| zone.name().to_owned())
    }

    fn fold(&self, text: &str) -> String {
        Native.fold(text)
    }
}

/// The release of the rules in force, if they are older than a year at `now`: governments change clocks several times a
/// year.
pub(crate) fn outdated(now: i64) -> Option<&'static str> {
    is_outdated(DATABASE.released(), now).then(|| DATABASE.version())
}

fn is_outdated(released: NaiveDate, now: i64) -> bool {
    let today = chrono::DateTime::from_timestamp_millis(now).unwrap_or_default().date_naive();
    released.checked_add_months(chrono::Months::new(12)).is_some_and(|end| today > end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, name: &str) -> Option<i64> {
        Zone::from_name(name)?.instant(NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap())
    }

    #[test]
    fn zones_are_known_by_all_their_names_in_any_letter_case() {
        for (name, expected) in [
            ("Europe/Berlin", "Europe/Berlin"),
            ("europe/berlin", "Europe/Berlin"),
            ("ASIA/HO_CHI_MINH", "Asia/Ho_Chi_Minh"),
            ("asia/calcutta", "Asia/Calcutta"),
            (" America/New_York ", "America/New_York"),
            ("utc", "UTC"),
            ("W. Europe Standard Time", "Europe/Berlin"),
            ("kamchatka standard time", "Asia/Kamchatka"),
        ] {
            assert_eq!(Zone::from_name(name).map(Zone::name), Some(expected), "{name}");
        }
        for name in
            ["", "Mars/Olympus", "../../etc/passwd", "Customized Time Zone", "europe", "+01:00", "tzdata.zi"]
        {
            assert_eq!(Zone::from_name(name), None, "{name}");
        }
        assert_eq!(
            System.time_zone("america/argentina/buenos_aires").as_deref(),
            Some("America/Argentina/Buenos_Aires")
        );
        assert_eq!(System.time_zone("W. Europe Standard Time"), None);
    }

    #[test]
    fn local_times_become_instants_also_where_clocks_are_set() {
        let utc = |text| at(text, "UTC").unwrap();
        assert_eq!(at("2026-11-21T09:00", "W. Europe Standard Time"), Some(utc("2026-11-21T08:00")));
        assert_eq!(
            at("2026-10-25T02:30", "Europe/Berlin"),
            Some(utc("2026-10-25T00:30")),
            "the first of two"
        );
        assert_eq!(at("2026-03-29T02:30", "Europe/Berlin"), Some(utc("2026-03-29T01:30")), "in the gap");
        assert_eq!(
            at("2026-10-04T02:10", "Australia/Lord_Howe"),
            Some(utc("2026-10-03T15:40")),
            "half an hour"
        );
    }

    #[test]
    fn british_columbia_keeps_its_summer_time() {
        for zone in ["America/Vancouver", "Pacific Standard Time"] {
            let expected = if zone == "America/Vancouver" { -7 } else { -8 };
            let december = at("2026-12-01T00:00", "UTC").unwrap();
            assert_eq!(
                Zone::from_name(zone).map(|zone| zone.offset(december)),
                Some(expected * 3600),
                "{zone}"
            );
        }
    }

    #[test]
    fn rules_are_old_after_a_year() {
        let released = NaiveDate::from_ymd_opt(2026, 2, 28).unwrap();
        assert!(!is_outdated(released, at("2027-02-28T23:59", "UTC").unwrap()));
        assert!(is_outdated(released, at("2027-03-01T00:00", "UTC").unwrap()));
    }
}
