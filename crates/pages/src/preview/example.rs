//! The appointments of the example day.

use calendar::appointment::{Appointment, Sensitivity, ShowAs, Span};
use calendar::instant::{Zones, instant_of};
use chrono::{Days, NaiveDate};

/// Minutes of a day.
pub const DAY: u16 = 24 * 60;
/// Appointments move in steps of this many minutes.
pub const STEP: u16 = 15;

/// An appointment of the example day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Distinguishes it among all that were ever shown.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// What its owner says it means.
    pub show_as: ShowAs,
    /// How many whole days it takes, from this day on; none for one with a start and an end.
    pub days: u8,
    /// Whether its title is private.
    pub private: bool,
    /// Whether the organizer of exceptions made it.
    pub by_exceptional: bool,
    /// Minute of the day at which it starts.
    pub start: u16,
    /// Minute of the day at which it ends.
    pub end: u16,
}

impl Example {
    /// An appointment of the day.
    pub fn new(number: u32, title: &str, show_as: ShowAs, (start, end): (u16, u16)) -> Self {
        let title = title.to_owned();
        Self { number, title, show_as, days: 0, private: false, by_exceptional: false, start, end }
    }

    /// The same for whole days.
    #[must_use]
    pub fn for_days(self, days: u8) -> Self {
        Self { days, ..self }
    }

    /// Where it is on the day, in minutes.
    pub fn place(&self) -> (u16, u16) {
        if self.days > 0 { (0, DAY) } else { (self.start, self.end) }
    }

    /// Moves it by this many minutes, as far as the day goes.
    pub fn shift(&mut self, minutes: i32) {
        let length = self.end.saturating_sub(self.start);
        self.start = within(i32::from(self.start) + minutes, 0, DAY - length);
        self.end = self.start + length;
    }

    /// Moves its start and leaves its end.
    pub fn move_start(&mut self, minutes: i32) {
        let latest = self.end.saturating_sub(STEP);
        self.start = within(i32::from(self.start) + minutes, 0, latest);
    }

    /// Moves its end and leaves its start.
    pub fn move_end(&mut self, minutes: i32) {
        let earliest = self.start.saturating_add(STEP).min(DAY);
        self.end = within(i32::from(self.end) + minutes, earliest, DAY);
    }

    /// The appointment on `date`, by clocks in `zone`, as a calendar would have it.
    pub fn appointment(
        &self,
        date: NaiveDate,
        zone: &str,
        organizer: &str,
        zones: &dyn Zones,
    ) -> Appointment {
        let at = |minute| instant_of(date, minute, zone, zones);
        let span = if self.days > 0 {
            let end = date.checked_add_days(Days::new(self.days.into())).unwrap_or(date);
            Span::Days { start: date, end, zone: zone.to_owned() }
        } else {
            Span::Time { start: at(self.start), end: at(self.end) }
        };
        Appointment {
            subject: self.title.clone(),
            show_as: self.show_as,
            sensitivity: if self.private { Sensitivity::Private } else { Sensitivity::Normal },
            organizer: if self.by_exceptional { organizer.to_owned() } else { String::new() },
            ..Appointment::new(&id(self.number), span)
        }
    }
}

fn within(minute: i32, least: u16, most: u16) -> u16 {
    u16::try_from(minute.clamp(least.into(), most.into())).unwrap_or(least)
}

/// Ids are compared as texts: of equal length they are in the order of the numbers.
fn id(number: u32) -> String {
    let digits = number.to_string();
    let mut id = "0".repeat(10_usize.saturating_sub(digits.len()));
    id.push_str(&digits);
    id
}

#[cfg(test)]
mod tests {
    use calendar::Native;

    use super::*;

    fn meeting() -> Example {
        Example::new(7, "Review", ShowAs::Busy, (600, 660))
    }

    #[test]
    fn moves_within_the_day_and_keeps_its_length() {
        let mut example = meeting();
        for (minutes, place) in [(15, (615, 675)), (-700, (0, 60)), (5000, (1380, 1440))] {
            example.shift(minutes);
            assert_eq!(example.place(), place);
        }
    }

    #[test]
    fn its_ends_do_not_pass_each_other() {
        let mut example = meeting();
        example.move_start(-30);
        assert_eq!(example.place(), (570, 660));
        example.move_start(500);
        assert_eq!(example.place(), (645, 660));
        example.move_end(-500);
        assert_eq!(example.place(), (645, 660));
        example.move_end(5000);
        assert_eq!(example.place(), (645, 1440));
    }

    #[test]
    fn is_an_appointment_by_the_clocks_of_the_zone() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let example = Example { by_exceptional: true, private: true, ..meeting() };
        let appointment = example.appointment(date, "Europe/Berlin", "hr@example.com", &Native);
        assert_eq!(appointment.id, "0000000007");
        // 09:00 and 10:00 UTC.
        assert_eq!(appointment.span, Span::Time { start: 1_795_251_600_000, end: 1_795_255_200_000 });
        assert_eq!(
            (appointment.sensitivity, &*appointment.organizer),
            (Sensitivity::Private, "hr@example.com")
        );
    }

    #[test]
    fn whole_days_begin_on_the_day() {
        let date = NaiveDate::from_ymd_opt(2026, 12, 30).unwrap();
        let end = NaiveDate::from_ymd_opt(2027, 1, 2).unwrap();
        let example = meeting().for_days(3);
        let span = example.appointment(date, "Europe/Berlin", "", &Native).span;
        assert_eq!(span, Span::Days { start: date, end, zone: "Europe/Berlin".to_owned() });
        assert_eq!(example.place(), (0, 1440));
    }
}
