//! The texts that the platform keeps, by number: first words, then minutes of the day, then days.

use crate::clock::to_number;
use crate::script::Platform;
use calendar_presence::{Word, Words};

/// Number 0 is no text.
const FIRST_WORD: usize = 1;
const FIRST_MINUTE: usize = FIRST_WORD + Word::ALL.len();
const MINUTES: usize = 24 * 60;
const FIRST_DAY: usize = FIRST_MINUTE + MINUTES;
/// With more days than this everything is forgotten at the next opportunity: notes come from strangers.
const MOST_DAYS: usize = 1000;

/// Which texts the platform already has.
pub struct Texts {
    minutes: Vec<bool>,
    /// In order, with the number of each.
    days: Vec<(i64, usize)>,
}

impl Texts {
    /// Gives the platform the words; it has no dates and times yet.
    pub fn new(platform: &Platform, words: &Words) -> Self {
        let mut lines = String::new();
        for word in Word::ALL {
            lines.push('\n');
            lines.push_str(word.text(words));
        }
        platform.keep_words(&lines);
        Self { minutes: vec![false; MINUTES], days: Vec::new() }
    }

    /// Numbers given before may from now on stand for other texts.
    pub fn forget_if_full(&mut self) {
        if self.days.len() > MOST_DAYS {
            self.days.clear();
        }
    }

    /// The number of a word.
    pub const fn word(word: Word) -> usize {
        FIRST_WORD + word.index()
    }

    /// The number of a minute of the day.
    pub fn minute(&mut self, platform: &Platform, minute: u16) -> usize {
        let number = FIRST_MINUTE + usize::from(minute);
        if let Some(known) = self.minutes.get_mut(usize::from(minute))
            && !*known
        {
            *known = true;
            platform.keep_time(number, minute);
        }
        number
    }

    /// The number of a day.
    pub fn day(&mut self, platform: &Platform, day: i64) -> usize {
        match self.days.binary_search_by_key(&day, |(known, _)| *known) {
            Ok(place) => self.days.get(place).map_or(0, |(_, number)| *number),
            Err(place) => {
                let number = FIRST_DAY + self.days.len();
                self.days.insert(place, (day, number));
                platform.keep_date(number, to_number(day));
                number
            }
        }
    }
}
