//! What a shown note is made of.

use crate::parse::Cut;
use crate::viewer::{Clock, DAY, day_of};
use crate::words::is_lone_free;
use crate::{Activity, Escaped, Note, Words, whole_day};
use core::ops::Range;

const MINUTE: i64 = 60 * 1000;

/// A part of a shown note. The parts stand one after the other, with nothing between them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// These bytes of the note.
    Note(Range<usize>),
    /// A word or a mark.
    Word(Word),
    /// A day, counted from 1970-01-01 in the proleptic Gregorian calendar.
    Date(i64),
    /// A minute of the day, 0 to 1439.
    Time(u16),
}

/// A word or a mark in a shown note.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Word {
    /// The word for an activity.
    Activity(Activity),
    /// What stands before the end of the state.
    BeforeEnd,
    /// What stands after it.
    AfterEnd,
    /// Between date and time.
    Blank,
    /// Before the next appointment.
    Open,
    /// Between its activity and its title.
    Colon,
    /// After it.
    Close,
}

impl Word {
    /// All words.
    pub const ALL: [Self; 10] = [
        Self::Activity(Activity::Free),
        Self::Activity(Activity::Busy),
        Self::Activity(Activity::Away),
        Self::Activity(Activity::Dnd),
        Self::BeforeEnd,
        Self::AfterEnd,
        Self::Blank,
        Self::Open,
        Self::Colon,
        Self::Close,
    ];

    /// The place in [`Word::ALL`].
    pub const fn index(self) -> usize {
        match self {
            Self::Activity(activity) => activity as usize,
            Self::BeforeEnd => 4,
            Self::AfterEnd => 5,
            Self::Blank => 6,
            Self::Open => 7,
            Self::Colon => 8,
            Self::Close => 9,
        }
    }

    /// The text in a language.
    pub const fn text(self, words: &Words) -> &'static str {
        match self {
            Self::Activity(activity) => words.activity(activity),
            Self::BeforeEnd => words.until.between,
            Self::AfterEnd => words.until.after,
            Self::Blank => " ",
            Self::Open => " (",
            Self::Colon => ": ",
            Self::Close => ")",
        }
    }
}

impl Note<'_> {
    /// Hands over the parts of what is shown on the day `today` of the clock, for those who put a text together
    /// themselves.
    pub fn for_each_part(&self, clock: &impl Clock, today: i64, mut take: impl FnMut(Part)) {
        let Some(activity) = self.activity else {
            if is_lone_free(self.text) {
                take(Part::Word(Word::Activity(Activity::Free)));
            } else {
                take_piece(self.text(), &mut take);
            }
            return;
        };
        if self.title == Cut::Misfit {
            return take_piece(self.text(), &mut take);
        }
        match self.title() {
            Some(title) => take_piece(title, &mut take),
            None => take(Part::Word(Word::Activity(activity))),
        }
        if let Some(until) = self.until {
            take(Part::Word(Word::BeforeEnd));
            self.take_end(until, clock, today, &mut take);
            take(Part::Word(Word::AfterEnd));
        }
        self.take_next(&mut take);
    }

    fn take_end(&self, until: i64, clock: &impl Clock, today: i64, take: &mut impl FnMut(Part)) {
        if self.whole_day {
            let day = whole_day::named_day(self, until).unwrap_or_else(|| clock.day(until));
            take(Part::Date(day));
        } else {
            take_when(clock, until, today, take);
        }
    }

    fn take_next(&self, take: &mut impl FnMut(Part)) {
        let Some(next) = self.next() else { return };
        take(Part::Word(Word::Open));
        if let Some(activity) = next.activity {
            take(Part::Word(Word::Activity(activity)));
        }
        if next.activity.is_some() && next.title.is_some() {
            take(Part::Word(Word::Colon));
        }
        if let Some(title) = next.title {
            take_piece(title, take);
        }
        take(Part::Word(Word::Close));
    }
}

fn take_piece(piece: Escaped<'_>, take: &mut impl FnMut(Part)) {
    piece.for_each_run(|run| take(Part::Note(run)));
}

/// An end that is not a whole day: the time, before it the date where the end is not on the day `today`.
pub(crate) fn take_when(clock: &impl Clock, until: i64, today: i64, take: &mut impl FnMut(Part)) {
    let local = until + clock.offset(until);
    let day = day_of(local);
    if day != today {
        take(Part::Date(day));
        take(Part::Word(Word::Blank));
    }
    let minute = local.rem_euclid(DAY) / MINUTE;
    take(Part::Time(u16::try_from(minute).unwrap_or_default()));
}

#[cfg(test)]
mod tests {
    use super::Word;

    #[test]
    fn words_stand_where_they_say() {
        for (index, word) in Word::ALL.into_iter().enumerate() {
            assert_eq!(word.index(), index);
        }
    }
}
