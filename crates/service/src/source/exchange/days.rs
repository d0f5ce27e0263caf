//! Whole days. Exchange gives instants: midnight where the appointment was made. What counts are the dates.

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike};

use super::soap::Item;
use crate::zones::Zone;

const DAY_MINUTES: i32 = 24 * 60;
/// Nowhere are clocks further ahead.
const FARTHEST_AHEAD: i32 = 14 * 60;

/// Dates, the last one exclusive, and the zone in which they are meant, if it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Days {
    /// First day.
    pub start: NaiveDate,
    /// The day after the last.
    pub end: NaiveDate,
    /// IANA name.
    pub zone: Option<String>,
}

/// The dates of a whole day: of the clocks on the wall as written, else in its zone, else where the instant is
/// midnight. `None` without any times.
pub fn days(item: &Item) -> Option<Days> {
    let zone = item.zone.as_deref().and_then(Zone::from_name);
    let named = zone.map(|zone| zone.name().to_owned());
    if let (Some(start), Some(end)) = (item.start_wall, item.end_wall) {
        return Some(Days { start: start.date(), end: end.date(), zone: named });
    }
    let (start, end) = (instant(item.start?)?, instant(item.end?)?);
    Some(match zone {
        Some(zone) => Days { start: date(start, zone), end: date(end, zone), zone: named },
        None => by_offset(start, end),
    })
}

/// Whether the zone is still to be asked for.
pub fn lacks_zone(item: &Item) -> bool {
    item.all_day && item.zone.as_deref().and_then(Zone::from_name).is_none()
}

fn instant(milliseconds: i64) -> Option<DateTime<chrono::Utc>> {
    DateTime::from_timestamp_millis(milliseconds)
}

fn date(instant: DateTime<chrono::Utc>, zone: Zone) -> NaiveDate {
    local(instant, TimeDelta::seconds(zone.offset(instant.timestamp_millis()).into()))
}

/// The date that clocks show which are so far ahead.
fn local(instant: DateTime<chrono::Utc>, ahead: TimeDelta) -> NaiveDate {
    instant.checked_add_signed(ahead).unwrap_or(instant).date_naive()
}

/// The offset that makes the start midnight. Where two would, east of Greenwich live more people.
fn by_offset(start: DateTime<chrono::Utc>, end: DateTime<chrono::Utc>) -> Days {
    let passed = i32::try_from(start.hour() * 60 + start.minute()).unwrap_or_default();
    let ahead = DAY_MINUTES - passed;
    let minutes = if passed > 0 && ahead <= FARTHEST_AHEAD { ahead } else { -passed };
    let shift = TimeDelta::minutes(minutes.into());
    let (start, end) = (local(start, shift), local(end, shift));
    Days { start, end: end.max(start), zone: named_offset(minutes) }
}

/// The name of the zone that always has this offset, if there is one. Its sign is turned round.
fn named_offset(minutes: i32) -> Option<String> {
    if minutes == 0 {
        return Some("UTC".to_owned());
    }
    let name = (minutes % 60 == 0).then(|| format!("Etc/GMT{:+}", -minutes / 60))?;
    Zone::iana(&name).map(|zone| zone.name().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(start: &str, end: &str) -> Item {
        let at = |text: &str| DateTime::parse_from_rfc3339(text).ok().map(|time| time.timestamp_millis());
        Item { all_day: true, start: at(start), end: at(end), ..Item::default() }
    }

    fn shown(item: &Item) -> String {
        let Days { start, end, zone } = days(item).unwrap();
        format!("{start} {end} {}", zone.unwrap_or_default())
    }

    #[test]
    fn clocks_on_the_wall_count_as_written() {
        let wall = |text: &str| chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S").ok();
        let item = Item {
            start_wall: wall("2026-12-24T00:00:00"),
            end_wall: wall("2026-12-25T00:00:00"),
            zone: Some("New Zealand Standard Time".to_owned()),
            ..item("2026-12-23T11:00:00Z", "2026-12-24T11:00:00Z")
        };
        assert_eq!(shown(&item), "2026-12-24 2026-12-25 Pacific/Auckland");
        let custom = Item { zone: Some("Customized Time Zone".to_owned()), ..item };
        assert_eq!(shown(&custom), "2026-12-24 2026-12-25 ");
        assert!(lacks_zone(&custom));
    }

    #[test]
    fn without_clocks_the_zone_tells_the_dates() {
        let mut item = item("2026-12-23T23:00:00Z", "2026-12-25T23:00:00Z");
        item.zone = Some("W. Europe Standard Time".to_owned());
        assert_eq!(shown(&item), "2026-12-24 2026-12-26 Europe/Berlin");
        assert!(!lacks_zone(&item));
    }

    #[test]
    fn without_a_zone_the_instant_must_be_midnight_somewhere() {
        for (start, end, expected) in [
            ("2026-12-24T00:00:00Z", "2026-12-25T00:00:00Z", "2026-12-24 2026-12-25 UTC"),
            ("2026-12-23T23:00:00Z", "2026-12-24T23:00:00Z", "2026-12-24 2026-12-25 Etc/GMT-1"),
            ("2026-12-23T11:00:00Z", "2026-12-24T11:00:00Z", "2026-12-24 2026-12-25 Etc/GMT-13"),
            ("2026-12-24T08:00:00Z", "2026-12-25T08:00:00Z", "2026-12-24 2026-12-25 Etc/GMT+8"),
            ("2026-12-23T18:30:00Z", "2026-12-24T18:30:00Z", "2026-12-24 2026-12-25 "),
        ] {
            assert_eq!(shown(&item(start, end)), expected, "{start}");
        }
        assert_eq!(days(&Item::default()), None);
    }
}
