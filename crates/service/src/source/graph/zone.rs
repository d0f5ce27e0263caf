//! Time zones, which Exchange names as Windows does, or as everybody else does where an administrator chose so.

use chrono::{LocalResult, NaiveDateTime, TimeDelta, TimeZone};
use chrono_tz::Tz;
use windows_timezones::WindowsTimezone;

/// The zone with this name, a Windows or an IANA one.
pub(super) fn zone(name: &str) -> Option<Tz> {
    // Exchange writes this where a meeting was sent by something that knows UTC alone.
    if name.eq_ignore_ascii_case("tzone://Microsoft/Utc") {
        return Some(Tz::UTC);
    }
    name.parse().ok().or_else(|| name.parse::<WindowsTimezone>().ok().map(Tz::from))
}

/// The instant at which clocks in the zone first show this time; where they skip it, the one to which it would
/// have come without the gap.
pub(super) fn instant(time: NaiveDateTime, zone: Tz) -> Option<i64> {
    let first = |time: &NaiveDateTime| match zone.from_local_datetime(time) {
        LocalResult::Single(first) | LocalResult::Ambiguous(first, _) => Some(first.timestamp_millis()),
        LocalResult::None => None,
    };
    let hour = TimeDelta::hours(1);
    first(&time).or_else(|| Some(first(&time.checked_sub_signed(hour)?)? + hour.num_milliseconds()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, name: &str) -> Option<i64> {
        instant(NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap(), zone(name)?)
    }

    #[test]
    fn windows_and_iana_names_are_known() {
        assert_eq!(zone("W. Europe Standard Time"), Some(Tz::Europe__Berlin));
        assert_eq!(zone("Europe/Berlin"), Some(Tz::Europe__Berlin));
        assert_eq!(zone("New Zealand Standard Time"), Some(Tz::Pacific__Auckland));
        assert_eq!(zone("tzone://Microsoft/Utc"), Some(Tz::UTC));
        assert!(zone("UTC").is_some());
        assert_eq!(zone("Customized Time Zone"), None);
        assert_eq!(zone(""), None);
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
    }
}
