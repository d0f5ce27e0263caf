//! From the times of a request to instants and dates.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::problem::{Problem, Why};
use crate::source::writing::When;
use crate::zones::Zone;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
/// The shortest appointment.
const SHORTEST_MS: i64 = 5 * MINUTE_MS;
/// The longest.
const LONGEST_DAYS: i64 = 14;
/// How far ahead one may begin.
const AHEAD_DAYS: i64 = 400;

/// The time of a request, of which whole days may still lack their zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Time { start: i64, end: i64 },
    Days { start: NaiveDate, end: NaiveDate, zone: Option<Zone> },
}

impl Asked {
    /// Reads start and end: instants with an offset, local times in a zone, or dates.
    pub fn read(start: &str, end: &str, zone: Option<&str>, all_day: bool) -> Result<Self, Problem> {
        let zone = zone.map(named).transpose()?;
        let asked = if all_day {
            Self::Days { start: date("start", start)?, end: date("end", end)?, zone }
        } else {
            Self::Time { start: instant("start", start, zone)?, end: instant("end", end, zone)? }
        };
        asked.is_a_possible_length().then_some(asked).ok_or_else(|| {
            Problem::invalid(
                "end",
                "An appointment lasts from 5 minutes to 14 days; whole days end with the day after.",
            )
        })
    }

    fn is_a_possible_length(&self) -> bool {
        match self {
            Self::Time { start, end } => {
                let length = end.saturating_sub(*start);
                (SHORTEST_MS..=LONGEST_DAYS * DAY_MS).contains(&length)
            }
            Self::Days { start, end, .. } => (1..=LONGEST_DAYS).contains(&(*end - *start).num_days()),
        }
    }

    /// Whether the zone of the mailbox is needed.
    pub fn lacks_zone(&self) -> bool {
        matches!(self, Self::Days { zone: None, .. })
    }

    /// The time in full. Whole days without a zone are those of `home`.
    pub fn when(&self, home: &str) -> When {
        match self {
            Self::Time { start, end } => When::Time { start: *start, end: *end },
            Self::Days { start, end, zone } => {
                let zone = zone.or_else(|| Zone::from_name(home)).map_or("UTC", Zone::name);
                When::Days { start: *start, end: *end, zone: zone.to_owned() }
            }
        }
    }
}

/// The instants between which it takes place.
pub(crate) fn span(when: &When) -> (i64, i64) {
    match when {
        When::Time { start, end } => (*start, *end),
        When::Days { start, end, zone } => {
            let zone = Zone::from_name(zone);
            let begins = |date: &NaiveDate| {
                let midnight = date.and_time(NaiveTime::MIN);
                let local = zone.and_then(|zone| zone.instant(midnight));
                local.unwrap_or_else(|| midnight.and_utc().timestamp_millis())
            };
            (begins(start), begins(end))
        }
    }
}

/// What is over can no longer be written, what is far ahead not yet.
pub(crate) fn check_now(when: &When, now: i64) -> Result<(), Problem> {
    let (start, end) = span(when);
    if end <= now {
        return Err(Problem::invalid("end", "The appointment would be over already."));
    }
    if start > now.saturating_add(AHEAD_DAYS * DAY_MS) {
        return Err(Problem::invalid("start", "An appointment begins within 400 days."));
    }
    Ok(())
}

/// The zone of a name, in any letter case.
fn named(name: &str) -> Result<Zone, Problem> {
    let unknown =
        || Problem::invalid("timeZone", "timeZone must be a name of the IANA database, e.g. Europe/Berlin.");
    Zone::iana(name).ok_or_else(unknown)
}

fn date(field: &str, text: &str) -> Result<NaiveDate, Problem> {
    let wrong =
        || Problem::invalid(field, format!("{field} of whole days must be a date such as 2026-11-28."));
    // chrono takes more than that.
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == "2026-11-28".len());
    date.ok_or_else(wrong)
}

/// An instant, in whole seconds.
pub(crate) fn instant(field: &str, text: &str, zone: Option<Zone>) -> Result<i64, Problem> {
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Ok(instant.timestamp().saturating_mul(1000));
    }
    let formats = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"];
    let local = formats.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    let Some(local) = local else {
        let message = format!(
            "{field} must be a time such as 2026-11-28T10:00:00+01:00, or one without offset and a timeZone."
        );
        return Err(Problem::invalid(field, message));
    };
    let Some(zone) = zone else {
        let message = format!("{field} has no offset, so that a timeZone is needed.");
        return Err(Problem::invalid("timeZone", message));
    };
    // Fractions of a second are left out.
    let local = local.with_nanosecond(0).unwrap_or(local);
    let impossible = || Problem::invalid(field, format!("{field} is no time that a calendar has."));
    let instant = zone.instant(local).ok_or_else(impossible)?;
    let shown = local.and_utc().timestamp_millis();
    // Where clocks skip it, the instant is that of another time.
    if instant + i64::from(zone.offset(instant)) * 1000 != shown {
        let message = format!("Clocks skip {field} in this time zone, because summer time begins.");
        return Err(Problem::new(Why::NoSuchTime, message));
    }
    Ok(instant)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> i64 {
        DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis()
    }

    fn read(text: &str, zone: Option<&str>) -> Result<i64, Why> {
        let zone = zone.map(named).transpose().map_err(|problem| problem.why)?;
        instant("start", text, zone).map_err(|problem| problem.why)
    }

    #[test]
    fn instants_have_an_offset_or_a_zone() {
        let expected = utc("2026-11-28T09:00:00Z");
        for (text, zone) in [
            ("2026-11-28T10:00:00+01:00", None),
            ("2026-11-28T09:00:00.5Z", None),
            ("2026-11-28T10:00:00", Some("Europe/Berlin")),
            ("2026-11-28T10:00", Some("EUROPE/berlin")),
            ("2026-11-28T09:00:00Z", Some("Europe/Berlin")),
        ] {
            assert_eq!(read(text, zone), Ok(expected), "{text}");
        }
        let invalid = |field: &str| Err(Why::Invalid(field.to_owned()));
        assert_eq!(read("2026-11-28T10:00:00", None), invalid("timeZone"));
        assert_eq!(read("2026-11-28T10:00:00", Some("W. Europe Standard Time")), invalid("timeZone"));
        for text in ["", "2026-11-28", "28.11.2026 10:00", "2026-02-30T10:00:00Z", "tomorrow"] {
            assert_eq!(read(text, Some("UTC")), invalid("start"), "{text}");
        }
    }

    #[test]
    fn what_clocks_skip_is_no_time_and_of_two_it_is_the_earlier() {
        assert_eq!(read("2027-03-28T02:30:00", Some("Europe/Berlin")), Err(Why::NoSuchTime));
        assert_eq!(read("2027-03-28T03:00:00", Some("Europe/Berlin")), Ok(utc("2027-03-28T01:00:00Z")));
        assert_eq!(read("2027-10-31T02:30:00", Some("Europe/Berlin")), Ok(utc("2027-10-31T00:30:00Z")));
        assert_eq!(read("2026-10-04T02:10:00", Some("Australia/Lord_Howe")), Err(Why::NoSuchTime));
        // With an offset each of the two can be named.
        assert_eq!(read("2027-10-31T02:30:00+01:00", None), Ok(utc("2027-10-31T01:30:00Z")));
    }

    #[test]
    fn whole_days_are_dates_with_an_exclusive_end() {
        let asked = Asked::read("2026-12-24", "2026-12-27", None, true).unwrap();
        assert!(asked.lacks_zone());
        let when = asked.when("W. Europe Standard Time");
        assert_eq!(span(&when), (utc("2026-12-23T23:00:00Z"), utc("2026-12-26T23:00:00Z")));
        assert_eq!(span(&asked.when("")), (utc("2026-12-24T00:00:00Z"), utc("2026-12-27T00:00:00Z")));
        let own = Asked::read("2026-12-24", "2026-12-25", Some("america/new_york"), true).unwrap();
        assert_eq!(span(&own.when("UTC")), (utc("2026-12-24T05:00:00Z"), utc("2026-12-25T05:00:00Z")));
        for (start, end) in [
            ("2026-12-24", "2026-12-24"),
            ("2026-12-24T00:00:00Z", "2026-12-25T00:00:00Z"),
            ("2026-12-24", "2027-01-08"),
            ("2026-12-24", "2026-12-3"),
        ] {
            assert!(Asked::read(start, end, None, true).is_err(), "{start} {end}");
        }
    }

    #[test]
    fn lengths_and_distances_have_limits() {
        let at = |start, end| Asked::read(start, end, None, false).map_err(|problem| problem.why);
        let end = || Err(Why::Invalid("end".to_owned()));
        assert!(at("2026-11-28T10:00:00Z", "2026-11-28T10:05:00Z").is_ok());
        assert_eq!(at("2026-11-28T10:00:00Z", "2026-11-28T10:04:59Z"), end());
        assert!(at("2026-11-28T10:00:00Z", "2026-12-12T10:00:00Z").is_ok());
        assert_eq!(at("2026-11-28T10:00:00Z", "2026-12-12T10:00:01Z"), end());
        assert_eq!(at("2026-11-28T10:00:00Z", "2026-11-28T09:00:00Z"), end());
        let when = at("2026-11-28T10:00:00Z", "2026-11-28T11:00:00Z").unwrap().when("");
        let check = |now| check_now(&when, utc(now)).map_err(|problem| problem.why);
        assert!(check("2026-11-28T10:59:59Z").is_ok(), "not yet over");
        assert_eq!(check("2026-11-28T11:00:00Z"), Err(Why::Invalid("end".to_owned())));
        assert!(check("2025-10-24T10:00:00Z").is_ok());
        assert_eq!(check("2025-10-24T09:59:59Z"), Err(Why::Invalid("start".to_owned())));
    }
}
