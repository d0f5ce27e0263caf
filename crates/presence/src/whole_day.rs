//! Finding the day that a whole day's instant means.
//!
//! The tag carries midnight in the zone of the appointment, which the viewer does not know. But the readable part
//! of the note names the day, in whatever order, calendar of the Gregorian family and script.

use crate::Note;
use crate::civil::Date;
use crate::digits::digit_value;
use crate::parse::Cut;
use crate::viewer::day_of;

const HOUR: i64 = 60 * 60 * 1000;
/// How far the clocks furthest west are behind UTC, and those furthest east ahead of it.
const WEST: i64 = 12 * HOUR;
const EAST: i64 = 14 * HOUR;
/// A Buddhist year is this much more than the Gregorian one.
const BUDDHIST_YEARS: i64 = 543;

/// Of the days that the instant has anywhere on Earth, the only one that stands in the text of the note.
pub(crate) fn named_day(note: &Note<'_>, instant: i64) -> Option<i64> {
    let mut named =
        (day_of(instant - WEST)..=day_of(instant + EAST)).filter(|day| names(note, Date::from_day(*day)));
    let day = named.next()?;
    named.next().is_none().then_some(day)
}

/// Whether day, month and year of a date match three different numbers of the text.
fn names(note: &Note<'_>, date: Date) -> bool {
    [date.year, date.year + BUDDHIST_YEARS].into_iter().any(|year| {
        let parts = [i64::from(date.day), i64::from(date.month), year];
        let needed = |number| parts.iter().filter(|part| **part == number).count();
        parts.into_iter().all(|part| numbers(note).filter(|number| *number == part).count() >= needed(part))
    })
}

/// The runs of decimal digits outside the titles, as numbers.
fn numbers<'a>(note: &'a Note<'_>) -> impl Iterator<Item = i64> + 'a {
    let mut characters = note.text.char_indices().peekable();
    core::iter::from_fn(move || {
        let mut number = None;
        while let Some(&(position, character)) = characters.peek() {
            // A piece is replaced by a blank: it ends a number, also when nothing stands in it.
            let digit = if in_title(note, position) { None } else { digit_value(character) };
            let starts = starts_title(note, position);
            match (number, digit) {
                (Some(number), _) if starts => return Some(number),
                (Some(number), None) => return Some(number),
                (_, None) => {}
                (so_far, Some(digit)) => {
                    number = Some(so_far.unwrap_or(0_i64).saturating_mul(10).saturating_add(digit.into()));
                }
            }
            characters.next();
        }
        number
    })
}

fn in_title(note: &Note<'_>, position: usize) -> bool {
    [&note.title, &note.next_title]
        .into_iter()
        .any(|cut| matches!(cut, Cut::Piece(range) if range.contains(&position)))
}

fn starts_title(note: &Note<'_>, position: usize) -> bool {
    [&note.title, &note.next_title]
        .into_iter()
        .any(|cut| matches!(cut, Cut::Piece(range) if range.start == position))
}
