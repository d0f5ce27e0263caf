//! Appointments to try the settings with.

use calendar::appointment::{Appointment, Sensitivity, ShowAs, Span};
use calendar::instant::{Zones, instant_of};
use chrono::{Days, NaiveDate};

use super::text::{Language, Text};

/// An appointment of the example day.
#[derive(Clone, PartialEq, Eq)]
pub struct Example {
    /// Distinguishes it among all that were ever shown.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// What its owner says it means.
    pub show_as: ShowAs,
    /// Whether it takes the whole day.
    pub all_day: bool,
    /// Whether its title is private.
    pub private: bool,
    /// Whether the exceptional organizer made it.
    pub by_organizer: bool,
    /// Minute of the day at which it starts.
    pub start: u16,
    /// Minute of the day at which it ends.
    pub end: u16,
}

impl Example {
    /// A meeting at noon.
    pub fn new(number: u32, title: &str) -> Self {
        Self {
            number,
            title: title.to_owned(),
            show_as: ShowAs::Busy,
            all_day: false,
            private: false,
            by_organizer: false,
            start: 12 * 60,
            end: 13 * 60,
        }
    }

    /// The appointment on `date`, by clocks in `zone`.
    pub fn appointment(&self, date: NaiveDate, zone: &str, organizer: &str, zones: &dyn Zones) -> Appointment {
        let span = if self.all_day {
            let end = date.checked_add_days(Days::new(1)).unwrap_or(date);
            Span::Days { start: date, end, zone: String::new() }
        } else {
            let at = |minute| instant_of(date, minute, zone, zones);
            Span::Time { start: at(self.start), end: at(self.end) }
        };
        Appointment {
            id: self.number.to_string(),
            subject: self.title.clone(),
            span,
            show_as: self.show_as,
            sensitivity: if self.private { Sensitivity::Private } else { Sensitivity::Normal },
            organizer: if self.by_organizer { organizer.to_owned() } else { String::new() },
            cancelled: false,
        }
    }
}

/// Days that show what the settings are about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// Meetings and something private.
    Usual,
    /// A day off, with a meeting that nobody cancelled.
    Holiday,
    /// A sick note that the exceptional organizer has entered.
    SickNote,
    /// Home office with a meeting.
    HomeOffice,
    /// One meeting after another, one of them tentative.
    BackToBack,
}

impl Preset {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Usual, Self::Holiday, Self::SickNote, Self::HomeOffice, Self::BackToBack];

    /// The minute of the day at which it is most worth looking at.
    pub const fn minute(self) -> u16 {
        match self {
            Self::Usual | Self::Holiday | Self::SickNote | Self::HomeOffice => 9 * 60 + 30,
            Self::BackToBack => 10 * 60 + 45,
        }
    }

    /// Its appointments, numbered from `number` on.
    pub fn examples(self, number: u32, language: Language) -> Vec<Example> {
        let timed = |title, show_as, start, end| {
            let example = Example::new(number, language.preview(title));
            Example { show_as, start, end, ..example }
        };
        let whole_day = |title, show_as| Example { all_day: true, ..timed(title, show_as, 9 * 60, 17 * 60) };
        let review = || timed(Text::Review, ShowAs::Busy, 10 * 60, 11 * 60);
        let mut examples = match self {
            Self::Usual => vec![
                timed(Text::StandUp, ShowAs::Busy, 9 * 60, 9 * 60 + 45),
                review(),
                Example { private: true, ..timed(Text::Doctor, ShowAs::Oof, 15 * 60, 16 * 60) },
            ],
            Self::Holiday => vec![whole_day(Text::Holiday, ShowAs::Oof), review()],
            Self::SickNote => {
                vec![Example { by_organizer: true, ..whole_day(Text::Sick, ShowAs::Tentative) }, review()]
            }
            Self::HomeOffice => vec![whole_day(Text::HomeOffice, ShowAs::WorkingElsewhere), review()],
            Self::BackToBack => vec![
                timed(Text::StandUp, ShowAs::Busy, 9 * 60, 10 * 60),
                review(),
                timed(Text::Idea, ShowAs::Tentative, 10 * 60 + 30, 11 * 60 + 30),
                timed(Text::Planning, ShowAs::Busy, 11 * 60, 12 * 60),
            ],
        };
        for (example, number) in examples.iter_mut().zip(number..) {
            example.number = number;
        }
        examples
    }
}
