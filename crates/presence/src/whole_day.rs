//! Finding the day that a whole day's instant means.
//!
//! The tag carries midnight in the zone of the appointment, which the viewer does not know. But the readable part
//! of the note names the day, in whatever order, calendar of the Gregorian family and script.

use crate::Note;
use crate::civil::Date;
use crate::digits::digit_value;
use crate::parse::Cut;
use crate::viewer::day_of;
use core::ops::Range;

const HOUR: i64 = 60 * 60 * 1000;
/// How far the clocks furthest west are behind UTC, and those furthest east ahead of it.
const WEST: i64 = 12 * HOUR;
const EAST: i64 = 14 * HOUR;
/// The days that an instant can have: the clocks are up to 26 hours apart.
const DAYS: usize = 3;
/// A Buddhist year is this much more than the Gregorian one.
const BUDDHIST_YEARS: i64 = 543;

/// Of the days that the instant has anywhere on Earth, the only one that stands in the text of the note.
pub(crate) fn named_day(note: &Note<'_>, instant: i64) -> Option<i64> {
    let (mut first, last) = (day_of(instant - WEST), day_of(instant + EAST));
    let mut candidates = [(); DAYS].map(|()| {
        let candidate = Candidate::new(first);
        first += 1;
        candidate
    });
    for text in outside_titles(note) {
        for_each_number(text, |number| {
            for candidate in &mut candidates {
                candidate.see(number);
            }
        });
    }
    let mut named = candidates.iter().filter(|candidate| candidate.day <= last && candidate.is_named());
    let candidate = named.next()?;
    named.next().is_none().then_some(candidate.day)
}

/// A day that may be meant.
struct Candidate {
    day: i64,
    /// Day, month, year and Buddhist year, and how often each was seen.
    numbers: [(i64, usize); 4],
}

impl Candidate {
    const fn new(day: i64) -> Self {
        let Date { year, month, day: day_of_month } = Date::from_day(day);
        let numbers = [(day_of_month as i64, 0), (month as i64, 0), (year, 0), (year + BUDDHIST_YEARS, 0)];
        Self { day, numbers }
    }

    fn see(&mut self, number: i64) {
        for (expected, seen) in &mut self.numbers {
            *seen += usize::from(*expected == number);
        }
    }

    /// Whether day, month and one of the years were seen, equal ones once for each.
    fn is_named(&self) -> bool {
        let [day, month, gregorian, buddhist] = self.numbers;
        [gregorian, buddhist].into_iter().any(|year| {
            let date = [day, month, year];
            let needed = |number| date.iter().filter(|(other, _)| *other == number).count();
            date.into_iter().all(|(number, seen)| seen >= needed(number))
        })
    }
}

/// The text in pieces, without the titles.
fn outside_titles<'a>(note: &Note<'a>) -> [&'a str; 3] {
    let end = note.text.len();
    let range = |cut: &Cut| match cut {
        Cut::Piece(range) => range.clone(),
        // As if an empty title stood at the end.
        Cut::Absent | Cut::Misfit => end..end,
    };
    let (one, other) = (range(&note.title), range(&note.next_title));
    let (first, second) = if one.start <= other.start { (one, other) } else { (other, one) };
    let piece = |range: Range<usize>| note.text.get(range).unwrap_or_default();
    // Titles may overlap.
    let covered = first.end.max(second.end);
    [piece(0..first.start), piece(first.end..second.start), piece(covered..end)]
}

/// The runs of decimal digits, as numbers.
fn for_each_number(text: &str, mut take: impl FnMut(i64)) {
    let mut number = None;
    for character in text.chars() {
        if let Some(digit) = digit_value(character) {
            number = Some(number.unwrap_or(0_i64).saturating_mul(10).saturating_add(digit.into()));
        } else if let Some(number) = number.take() {
            take(number);
        }
    }
    if let Some(number) = number {
        take(number);
    }
}
