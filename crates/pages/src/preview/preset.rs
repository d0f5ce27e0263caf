//! Days to choose from, each of which shows what some of the settings are about.

use calendar::appointment::ShowAs;
use kit::{Language, Words};

use super::example::Example;
use crate::text::examples as title;

/// A day to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Meetings and something private.
    Usual,
    /// A holiday, with a meeting that nobody cancelled.
    Holiday,
    /// A sick note that the organizer of exceptions has entered.
    SickNote,
    /// Home office with a meeting.
    HomeOffice,
    /// One meeting after another, one of them tentative.
    BackToBack,
}

impl Preset {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Usual, Self::Holiday, Self::SickNote, Self::HomeOffice, Self::BackToBack];

    /// The minute of the day at which it is most worth looking at.
    pub const fn minute(self) -> u16 {
        match self {
            Self::Usual | Self::Holiday | Self::SickNote | Self::HomeOffice => 10 * 60 + 30,
            Self::BackToBack => 10 * 60 + 45,
        }
    }

    /// Its appointments with titles in a language, numbered from `number` on.
    pub fn examples(self, number: u32, language: Language) -> Vec<Example> {
        let new = |title: Words, show_as, hours| Example::new(0, title.in_language(language), show_as, hours);
        let review = || new(title::REVIEW, ShowAs::Busy, (10 * 60, 11 * 60));
        let office_hours = (9 * 60, 17 * 60);
        let mut examples = match self {
            Self::Usual => vec![
                new(title::STAND_UP, ShowAs::Busy, (9 * 60, 9 * 60 + 30)),
                review(),
                new(title::IDEA, ShowAs::Tentative, (13 * 60, 14 * 60)),
                Example { private: true, ..new(title::DOCTOR, ShowAs::Oof, (15 * 60, 16 * 60 + 30)) },
            ],
            Self::Holiday => {
                vec![new(title::HOLIDAY, ShowAs::Oof, office_hours).for_days(7), review()]
            }
            Self::SickNote => {
                let sick = new(title::SICK, ShowAs::Tentative, office_hours).for_days(3);
                vec![Example { by_exceptional: true, ..sick }, review()]
            }
            Self::HomeOffice => vec![
                new(title::HOME_OFFICE, ShowAs::WorkingElsewhere, office_hours).for_days(1),
                review(),
                new(title::FOCUS, ShowAs::Free, (13 * 60, 15 * 60)),
            ],
            Self::BackToBack => vec![
                new(title::STAND_UP, ShowAs::Busy, (9 * 60, 10 * 60)),
                review(),
                new(title::IDEA, ShowAs::Tentative, (10 * 60 + 30, 11 * 60 + 30)),
                new(title::PLANNING, ShowAs::Busy, (11 * 60, 12 * 60 + 30)),
            ],
        };
        for (example, number) in examples.iter_mut().zip(number..) {
            example.number = number;
        }
        examples
    }
}
