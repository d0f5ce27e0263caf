//! Calendars nobody has written: what a user of a large directory has on a day follows from two numbers, so that
//! fifty thousand mailboxes take no memory until somebody changes them.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Weekday};

use crate::appointment::{Appointment, Sensitivity, Series, ShowAs, Time};
use crate::hash::{below, mix};
use crate::zone::{Zone, next_day};

const SUBJECTS: [&str; 10] = [
    "Team meeting",
    "Customer visit",
    "Review",
    "Planning",
    "Interview",
    "Lunch with a partner",
    "Phone conference",
    "Training",
    "Budget",
    "Demonstration",
];

/// The calendar of one user, made up from a seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// From which everything follows.
    pub seed: u64,
}

impl Plan {
    /// At most this many appointments a day.
    const MOST: u64 = 5;

    /// The appointments of a date, always the same and always in the same order.
    pub fn on(self, date: NaiveDate, zone: &Zone) -> Vec<Appointment> {
        let days = u64::from(date.num_days_from_ce().unsigned_abs());
        let day = mix(self.seed ^ mix(days));
        if matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
            return Vec::new();
        }
        let count = below(day, Self::MOST + 1);
        let mut appointments: Vec<_> =
            (0..count).map(|slot| appointment(mix(day ^ slot), slot, date, zone)).collect();
        if below(mix(day), 40) == 0 {
            let mut away = Appointment::whole_day("Holiday", date, next_day(date));
            away.show_as = ShowAs::Oof;
            appointments.push(away);
        }
        appointments
    }

    /// The weekly series that every user has.
    pub fn series(self, zone: &Zone) -> Series {
        let monday = NaiveDate::from_isoywd_opt(2026, 1, Weekday::Mon).unwrap_or_default();
        let mixed = mix(self.seed);
        let date = monday + TimeDelta::days(below(mixed, 5).cast_signed());
        let start = zone.instant(date.and_time(NaiveTime::MIN)) + TimeDelta::hours(8);
        let mut first = Appointment::new("Weekly team meeting", start, start + TimeDelta::minutes(45));
        first.show_as = if below(mix(mixed), 4) == 0 { ShowAs::Tentative } else { ShowAs::Busy };
        Series::weekly(first)
    }
}

/// Slots are two hours apart, from nine o'clock, so that some appointments touch and some leave a gap.
fn appointment(mixed: u64, slot: u64, date: NaiveDate, zone: &Zone) -> Appointment {
    let minutes = 9 * 60 + slot.cast_signed() * 120 + 15 * below(mixed, 4).cast_signed();
    let start = zone.instant(date.and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes));
    let length = TimeDelta::minutes(30 * (1 + below(mix(mixed), 3).cast_signed()));
    let subject = usize::try_from(below(mix(mixed ^ 1), SUBJECTS.len() as u64)).unwrap_or(0);
    let mut made = Appointment::new(*SUBJECTS.get(subject).unwrap_or(&""), start, start + length);
    made.show_as = match below(mix(mixed ^ 2), 10) {
        0 => ShowAs::Free,
        1 => ShowAs::Tentative,
        2 => ShowAs::WorkingElsewhere,
        3 => ShowAs::Oof,
        _ => ShowAs::Busy,
    };
    if below(mix(mixed ^ 3), 8) == 0 {
        made.sensitivity = Sensitivity::Private;
    }
    debug_assert!(matches!(made.time, Time::Hours { .. }));
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_the_same_every_time_and_free_at_weekends() {
        let zone = Zone::utc();
        let friday = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let plan = Plan { seed: 42 };
        assert_eq!(plan.on(friday, &zone), plan.on(friday, &zone));
        assert_eq!(plan.on(next_day(friday), &zone), Vec::new());
        let many: usize = (0..1000).map(|seed| Plan { seed }.on(friday, &zone).len()).sum();
        assert!((2300..2750).contains(&many), "{many} appointments of 1000 users on one day");
    }
}
