//! Words of titles that read like tags.
//!
//! The innovaphone clients take a word such as `#free` for a tag wherever it stands. So a word of a title that
//! reads like a tag is written with one more `#` in front, and reading takes that one away again.

use crate::blank::words;
use alloc::borrow::Cow;
use alloc::string::{String, ToString as _};
use core::fmt;
use core::ops::Range;

/// A piece of a note as it stands there, escapes included. It displays with its escapes undone.
///
/// ```
/// use calendar_presence::Note;
///
/// let note = Note::parse("Talk on ##free until 12:30 #busy #len:14:14");
/// let title = note.title().expect("the figures fit");
/// assert_eq!(title.raw(), "Talk on ##free");
/// assert_eq!(title.to_string(), "Talk on #free");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Escaped<'a> {
    piece: &'a str,
    start: usize,
}

impl<'a> Escaped<'a> {
    /// The piece that starts at a byte of the note.
    pub(crate) const fn new(piece: &'a str, start: usize) -> Self {
        Self { piece, start }
    }

    /// The piece as it stands in the note.
    pub const fn raw(self) -> &'a str {
        self.piece
    }

    /// The piece with its escapes undone; borrowed where there are none.
    pub fn to_cow(self) -> Cow<'a, str> {
        if self.may_hold_escapes() { Cow::Owned(self.to_string()) } else { Cow::Borrowed(self.piece) }
    }

    /// Hands over the bytes of the note that remain when the escaping `#` are left out.
    pub fn for_each_run(self, mut take: impl FnMut(Range<usize>)) {
        let mut from = self.start;
        if self.may_hold_escapes() {
            for (position, word) in words(self.piece) {
                if word.starts_with("##") && reads_like_a_tag(word) {
                    take(from..self.start + position);
                    from = self.start + position + 1;
                }
            }
        }
        take(from..self.start + self.piece.len());
    }

    fn may_hold_escapes(self) -> bool {
        self.piece.as_bytes().contains(&b'#')
    }
}

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut result = Ok(());
        self.for_each_run(|run| {
            let run = self.piece.get(run.start - self.start..run.end - self.start).unwrap_or_default();
            result = result.and_then(|()| formatter.write_str(run));
        });
        result
    }
}

/// Appends a title with its escapes set.
pub(crate) fn append_escaped(title: &str, text: &mut String) {
    let mut rest_from = 0;
    for (start, word) in words(title) {
        if reads_like_a_tag(word) {
            text.push_str(title.get(rest_from..start).unwrap_or_default());
            text.push('#');
            rest_from = start;
        }
    }
    text.push_str(title.get(rest_from..).unwrap_or_default());
}

/// One or more `#`, then a tag without figures or the beginning of one with figures.
fn reads_like_a_tag(word: &str) -> bool {
    const WHOLE: [&str; 5] = ["free", "busy", "away", "dnd", "whole-day"];
    const BEGINNINGS: [&str; 3] = ["len", "until", "next"];

    let name = word.trim_start_matches('#');
    let begins_with = |beginning: &str| {
        name.get(..beginning.len()).is_some_and(|head| head.eq_ignore_ascii_case(beginning))
    };
    name.len() < word.len()
        && (WHOLE.iter().any(|whole| whole.eq_ignore_ascii_case(name))
            || BEGINNINGS.iter().any(|beginning| begins_with(beginning)))
}
