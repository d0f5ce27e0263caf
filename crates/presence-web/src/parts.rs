//! The parts of many texts as numbers.

use crate::clock::PlatformClock;
use crate::texts::Texts;
use calendar_presence::{Escaped, Note, Part};
use core::ops::Range;

/// What texts are put together from. A positive number stands for the text of that number, a negative one and the
/// number after it for a piece of the note, 0 for the end of a text.
pub struct Parts(Vec<i32>);

impl Parts {
    /// No texts.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// No texts again.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The numbers.
    pub fn as_slice(&self) -> &[i32] {
        &self.0
    }

    /// Adds the text for a note.
    pub fn add(&mut self, note: &str, clock: &PlatformClock<'_>, today: i64, texts: &mut Texts) {
        Note::parse(note).for_each_part(clock, today, |part| match part {
            Part::Note(run) => self.add_run(note, run),
            Part::Word(word) => self.add_text(Texts::word(word)),
            Part::Date(day) => self.add_text(texts.day(clock.platform, day)),
            Part::Time(minute) => self.add_text(texts.minute(clock.platform, minute)),
        });
        self.0.push(0);
    }

    /// Adds a piece of a note as a text of its own; none is an empty one.
    pub fn add_piece(&mut self, note: &str, piece: Option<Escaped<'_>>) {
        if let Some(piece) = piece {
            piece.for_each_run(|run| self.add_run(note, run));
        }
        self.0.push(0);
    }

    fn add_run(&mut self, note: &str, run: Range<usize>) {
        let start = utf16_length(note.get(..run.start));
        let end = start + utf16_length(note.get(run));
        self.0.extend([!start, end]);
    }

    fn add_text(&mut self, number: usize) {
        self.0.push(i32::try_from(number).unwrap_or_default());
    }
}

/// What JavaScript takes for the length of a text.
fn utf16_length(text: Option<&str>) -> i32 {
    let text = text.unwrap_or_default();
    let length = if text.is_ascii() { text.len() } else { text.encode_utf16().count() };
    i32::try_from(length).unwrap_or(i32::MAX)
}
