//! Instants, and where the days of a calendar begin among them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};

/// Milliseconds since the Unix epoch.
pub type Instant = i64;

/// One hour.
pub(crate) const HOUR: Instant = 3_600_000;

/// What a platform knows of time zones.
pub trait Zones {
    /// Seconds that clocks in the IANA zone `zone` are ahead of UTC at `instant`; `None` if there is no such zone.
    fn utc_offset(&self, zone: &str, instant: Instant) -> Option<i32>;
}

impl<Z: Zones + ?Sized> Zones for &Z {
    fn utc_offset(&self, zone: &str, instant: Instant) -> Option<i32> {
        (**self).utc_offset(zone, instant)
    }
}

/// What clocks in `zone` show at `instant`; UTC where there is no such zone.
pub fn local_time(instant: Instant, zone: &str, zones: &dyn Zones) -> NaiveDateTime {
    let local = instant.saturating_add(offset(zone, instant, zones));
    DateTime::from_timestamp_millis(local).unwrap_or_default().naive_utc()
}

/// The first instant of `date` in `zone`, also where daylight saving skips midnight or repeats it.
pub fn day_begins(date: NaiveDate, zone: &str, zones: &dyn Zones) -> Instant {
    let midnight = date.and_time(NaiveTime::MIN).and_utc().timestamp_millis();
    // No clock is more than 14 hours ahead of UTC, so here it is still the day before, by the clock that
    // shows midnight unless it is set in between.
    let evening = midnight - 15 * HOUR;
    let before = offset(zone, evening, zones);
    let expected = midnight - before;
    let after = offset(zone, expected, zones);
    if after == before {
        return expected;
    }
    // The clock is set in between. Either it shows midnight after that, or it is set from before to past midnight.
    (midnight - after).max(offset_changes(evening, expected, zone, zones))
}

/// The instant at which clocks in `zone` show `minute` of the day `date`. Where they show it twice or skip it, one
/// close by.
pub fn instant_of(date: NaiveDate, minute: u16, zone: &str, zones: &dyn Zones) -> Instant {
    let utc = date.and_time(NaiveTime::MIN).and_utc().timestamp_millis() + Instant::from(minute) * 60_000;
    let first_guess = utc - offset(zone, utc, zones);
    utc - offset(zone, first_guess, zones)
}

/// The first instant after `low` and not after `high` at which the offset of `high` holds.
fn offset_changes(mut low: Instant, mut high: Instant, zone: &str, zones: &dyn Zones) -> Instant {
    let after = offset(zone, high, zones);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if offset(zone, middle, zones) == after {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

fn offset(zone: &str, instant: Instant, zones: &dyn Zones) -> Instant {
    Instant::from(zones.utc_offset(zone, instant).unwrap_or_default()) * 1000
}

#[cfg(all(test, feature = "native"))]
mod tests {
    use chrono::{LocalResult, TimeZone};
    use chrono_tz::{TZ_VARIANTS, Tz};

    use super::*;
    use crate::Native;

    /// The first instant of a date by chrono: the earlier of two midnights, the end of a gap where there is none.
    fn by_chrono(date: NaiveDate, zone: Tz) -> Instant {
        let mut time = date.and_time(NaiveTime::MIN);
        loop {
            match zone.from_local_datetime(&time) {
                LocalResult::Single(first) | LocalResult::Ambiguous(first, _) => {
                    return first.timestamp_millis();
                }
                LocalResult::None => time += chrono::Duration::minutes(1),
            }
        }
    }

    #[test]
    fn days_begin_where_chrono_says_in_every_zone() {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        for zone in TZ_VARIANTS {
            for date in first.iter_days().take(2 * 366) {
                assert_eq!(day_begins(date, zone.name(), &Native), by_chrono(date, zone), "{date} {zone}");
            }
        }
    }

    #[test]
    fn a_skipped_midnight_begins_the_day_where_clocks_go_on() {
        // Beirut sets its clocks from 00:00 to 01:00.
        let date = NaiveDate::from_ymd_opt(2026, 3, 29).unwrap();
        let begin = day_begins(date, "Asia/Beirut", &Native);
        assert_eq!(local_time(begin, "Asia/Beirut", &Native), date.and_hms_opt(1, 0, 0).unwrap());
        assert_eq!(
            local_time(begin - 1, "Asia/Beirut", &Native).date(),
            NaiveDate::from_ymd_opt(2026, 3, 28).unwrap()
        );
    }

    #[test]
    fn instants_are_those_that_clocks_show() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 29).unwrap();
        for zone in ["Europe/Berlin", "America/New_York", "Pacific/Auckland", "Pacific/Kiritimati"] {
            for minute in [0, 5 * 60, 23 * 60 + 59] {
                let instant = instant_of(date, minute, zone, &Native);
                let shown = date.and_time(NaiveTime::MIN) + chrono::Duration::minutes(minute.into());
                assert_eq!(local_time(instant, zone, &Native), shown, "{zone}");
            }
        }
    }

    #[test]
    fn a_zone_nobody_knows_is_utc() {
        let date = NaiveDate::from_ymd_opt(1970, 1, 2).unwrap();
        assert_eq!(day_begins(date, "Mars/Olympus", &Native), 24 * HOUR);
    }
}
