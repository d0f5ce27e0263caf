//! From a series to its occurrences in a window.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};

use crate::appointment::{Appointment, Series, Time};
use crate::zone::Zone;

/// A range of time: from its first instant up to, not including, its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Its first instant.
    pub start: DateTime<Utc>,
    /// The first instant after it.
    pub end: DateTime<Utc>,
}

impl Window {
    /// Whether something that lasts (or, if it does not last, begins) takes place in the window. The days of a
    /// whole-day appointment are those of the mailbox's zone.
    pub fn holds(&self, time: Time, zone: &Zone) -> bool {
        let (start, end) = instants(time, zone);
        start < self.end && (end > self.start || start == end && start >= self.start)
    }
}

fn instants(time: Time, zone: &Zone) -> (DateTime<Utc>, DateTime<Utc>) {
    match time {
        Time::Hours { start, end } => (start, end),
        Time::Days { start, end } => (zone.start_of(start), zone.start_of(end)),
    }
}

/// One of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence<'a> {
    /// The date it has in the series, which stays when it is moved.
    pub date: NaiveDate,
    /// When it takes place.
    pub time: Time,
    /// Set where it was changed.
    pub exception: Option<&'a Appointment>,
}

impl Series {
    /// The occurrences in the window by their dates, changed ones where they have been moved to.
    pub fn occurrences(&self, window: Window, zone: &Zone) -> Vec<Occurrence<'_>> {
        let mut found: Vec<_> = self
            .dates(window, zone)
            .into_iter()
            .filter(|date| !self.deleted.contains(date) && !self.exceptions.contains_key(date))
            .map(|date| Occurrence { date, time: self.time_on(date, zone), exception: None })
            .filter(|occurrence| window.holds(occurrence.time, zone))
            .collect();
        found.extend(
            self.exceptions
                .iter()
                .map(|(&date, changed)| Occurrence { date, time: changed.time, exception: Some(changed) })
                .filter(|occurrence| window.holds(occurrence.time, zone)),
        );
        found.sort_by_key(|occurrence| occurrence.date);
        found
    }

    /// The occurrence of a date, or `None` when the series has none on it.
    pub fn occurrence(&self, date: NaiveDate, zone: &Zone) -> Option<Occurrence<'_>> {
        if let Some(changed) = self.exceptions.get(&date) {
            return Some(Occurrence { date, time: changed.time, exception: Some(changed) });
        }
        let taken = self.takes_place(date, zone) && !self.deleted.contains(&date);
        taken.then(|| Occurrence { date, time: self.time_on(date, zone), exception: None })
    }

    /// The weekdays, never empty.
    pub fn weekdays(&self, zone: &Zone) -> Vec<Weekday> {
        match self.days.as_slice() {
            [] => vec![self.first_date(zone).weekday()],
            days => days.to_vec(),
        }
    }

    /// The date of the first occurrence in the mailbox's zone.
    pub fn first_date(&self, zone: &Zone) -> NaiveDate {
        match self.first.time {
            Time::Hours { start, .. } => zone.local(start).date(),
            Time::Days { start, .. } => start,
        }
    }

    fn dates(&self, window: Window, zone: &Zone) -> Vec<NaiveDate> {
        let margin = Days::new(u64::try_from(self.length_in_days()).unwrap_or(0) + 2);
        let first = zone.local(window.start).date().checked_sub_days(margin).unwrap_or(NaiveDate::MIN);
        let last = zone.local(window.end).date();
        first
            .max(self.first_date(zone))
            .iter_days()
            .take_while(|date| *date <= last)
            .filter(|date| self.takes_place(*date, zone))
            .collect()
    }

    fn takes_place(&self, date: NaiveDate, zone: &Zone) -> bool {
        let first = self.first_date(zone);
        let weeks = (monday(date) - monday(first)).num_weeks();
        date >= first
            && self.until.is_none_or(|until| date <= until)
            && weeks % i64::from(self.interval.max(1)) == 0
            && self.weekdays(zone).contains(&date.weekday())
    }

    /// The same wall clock time on another date, also on the other side of a daylight saving change.
    fn time_on(&self, date: NaiveDate, zone: &Zone) -> Time {
        let later = date - self.first_date(zone);
        match self.first.time {
            Time::Days { start, end } => Time::Days { start: start + later, end: end + later },
            Time::Hours { start, end } => {
                let shifted = |local: NaiveDateTime| zone.instant(local + later);
                Time::Hours { start: shifted(zone.local(start)), end: shifted(zone.local(end)) }
            }
        }
    }

    fn length_in_days(&self) -> i64 {
        match self.first.time {
            Time::Hours { start, end } => (end - start).num_days(),
            Time::Days { start, end } => (end - start).num_days(),
        }
    }
}

fn monday(date: NaiveDate) -> NaiveDate {
    date - TimeDelta::days(i64::from(date.weekday().num_days_from_monday()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn starts(series: &Series, from: &str, to: &str) -> Vec<String> {
        let berlin = Zone::named("W. Europe Standard Time").unwrap();
        let window = Window { start: instant(from), end: instant(to) };
        let start = |o: Occurrence| match o.time {
            Time::Hours { start, .. } => start.format("%FT%RZ").to_string(),
            Time::Days { start, .. } => start.to_string(),
        };
        series.occurrences(window, &berlin).into_iter().map(start).collect()
    }

    fn meeting() -> Series {
        let first =
            Appointment::new("Team", instant("2026-10-22T07:00:00Z"), instant("2026-10-22T08:00:00Z"));
        Series::weekly(first)
    }

    #[test]
    fn a_series_keeps_its_wall_clock_time_when_summer_ends() {
        let found = starts(&meeting(), "2026-10-20T00:00:00Z", "2026-11-01T00:00:00Z");
        assert_eq!(found, ["2026-10-22T07:00Z", "2026-10-29T08:00Z"]);
    }

    #[test]
    fn interval_weekdays_and_end_are_heeded() {
        let mut series = meeting();
        series.days = vec![Weekday::Mon, Weekday::Thu];
        series.interval = 2;
        series.until = Some(date("2026-11-05"));
        let found = starts(&series, "2026-10-01T00:00:00Z", "2026-12-31T00:00:00Z");
        assert_eq!(found, ["2026-10-22T07:00Z", "2026-11-02T08:00Z", "2026-11-05T08:00Z"]);
    }

    #[test]
    fn exceptions_appear_where_they_were_moved_to_and_deleted_ones_nowhere() {
        let mut series = meeting();
        series.deleted.insert(date("2026-10-29"));
        let moved =
            Appointment::new("Team", instant("2026-11-06T10:00:00Z"), instant("2026-11-06T11:00:00Z"));
        series.exceptions.insert(date("2026-11-05"), moved);
        let found = starts(&series, "2026-10-28T00:00:00Z", "2026-11-13T00:00:00Z");
        assert_eq!(found, ["2026-11-06T10:00Z", "2026-11-12T08:00Z"]);
        assert_eq!(starts(&series, "2026-11-05T00:00:00Z", "2026-11-06T00:00:00Z"), Vec::<String>::new());
    }

    #[test]
    fn whole_days_of_a_series_stay_dates() {
        let first = Appointment::whole_day("Home", date("2026-10-23"), date("2026-10-24"));
        let found = starts(&Series::weekly(first), "2026-10-29T22:59:00Z", "2026-11-06T00:00:00Z");
        assert_eq!(found, ["2026-10-30", "2026-11-06"]);
    }

    #[test]
    fn an_appointment_that_ends_where_the_window_begins_is_outside() {
        let window = Window { start: instant("2026-11-21T10:00:00Z"), end: instant("2026-11-21T11:00:00Z") };
        let at = |from: &str, to: &str| Time::Hours { start: instant(from), end: instant(to) };
        let utc = Zone::utc();
        assert!(!window.holds(at("2026-11-21T09:00:00Z", "2026-11-21T10:00:00Z"), &utc));
        assert!(!window.holds(at("2026-11-21T11:00:00Z", "2026-11-21T12:00:00Z"), &utc));
        assert!(window.holds(at("2026-11-21T10:00:00Z", "2026-11-21T10:00:00Z"), &utc));
        assert!(window.holds(at("2026-11-21T09:00:00Z", "2026-11-21T10:01:00Z"), &utc));
    }
}
