//! Automatic replies of a mailbox, as they are told and kept.

use calendar::appointment::{Appointment, Span};
use calendar::instant::{Zones, day_begins, local_time};
use calendar::settings::{Mapping, Settings};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Whether a mailbox answers automatically.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Replies {
    /// It does not.
    #[default]
    Off,
    /// It does, until somebody ends it.
    On,
    /// It does between two instants, in milliseconds since the epoch.
    Scheduled(i64, i64),
}

/// What is wanted of a mailbox beside its appointments.
#[derive(Clone, Copy, Debug)]
pub struct Wants {
    /// Whether it answers automatically.
    pub replies: bool,
    /// Categories of appointments.
    pub categories: bool,
}

impl Wants {
    /// What these settings want.
    pub fn of(settings: &Settings) -> Self {
        Self {
            replies: settings.map_automatic_replies != Mapping::Ignore,
            categories: !settings.ignore_categories.is_empty(),
        }
    }
}

impl Replies {
    /// Whether there are none, now and later.
    pub fn is_off(&self) -> bool {
        matches!(self, Self::Off)
    }

    /// What stands for them among appointments: without a schedule a whole day, which is today, every day anew.
    pub fn appointment(self, now: i64, zone: &str, zones: &dyn Zones) -> Option<Appointment> {
        let span = match self {
            Self::Off => return None,
            Self::Scheduled(start, end) => Span::Time { start, end },
            Self::On => {
                let (start, end) = day(now, zone, zones);
                Span::Days { start, end, zone: zone.to_owned() }
            }
        };
        Some(Appointment::automatic_replies(span))
    }

    /// When something else stands for them.
    pub fn changes_at(self, now: i64, zone: &str, zones: &dyn Zones) -> Option<i64> {
        (self == Self::On).then(|| day_begins(day(now, zone, zones).1, zone, zones))
    }
}

/// The date of an instant, and the next one.
fn day(now: i64, zone: &str, zones: &dyn Zones) -> (NaiveDate, NaiveDate) {
    let date = local_time(now, zone, zones).date();
    (date, date.succ_opt().unwrap_or(date))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::System;

    const HOUR: i64 = 3_600_000;
    /// 2026-11-28T22:30:00Z, which is the 28th in Berlin still and the 29th in Auckland.
    const NOW: i64 = 1_795_905_000_000;

    fn dates(zone: &str) -> (String, String) {
        match Replies::On.appointment(NOW, zone, &System).unwrap().span {
            Span::Days { start, end, .. } => (start.to_string(), end.to_string()),
            Span::Time { .. } => panic!("times"),
        }
    }

    #[test]
    fn people_5_without_schedule_they_are_a_whole_day_today_every_day_anew() {
        let text = str::to_owned;
        assert_eq!(dates("Europe/Berlin"), (text("2026-11-28"), text("2026-11-29")));
        assert_eq!(dates("Pacific/Auckland"), (text("2026-11-29"), text("2026-11-30")));
        let midnight = Replies::On.changes_at(NOW, "Europe/Berlin", &System).unwrap();
        assert_eq!(midnight, NOW + HOUR / 2);
    }

    #[test]
    fn people_5_with_a_schedule_they_last_from_its_start_to_its_end() {
        let scheduled = Replies::Scheduled(NOW, NOW + HOUR);
        let appointment = scheduled.appointment(NOW, "UTC", &System).unwrap();
        assert_eq!(appointment.span, Span::Time { start: NOW, end: NOW + HOUR });
        assert_eq!((appointment.id.as_str(), appointment.title()), ("automatic-replies", ""));
        assert_eq!(scheduled.changes_at(NOW, "UTC", &System), None);
        assert_eq!(Replies::Off.appointment(NOW, "UTC", &System), None);
    }
}
