//! Reading a note.

use crate::blank::{last_word, trim_end_blanks};
use crate::tag::{Figures, Place, Tag};
use crate::{Activity, Escaped};
use core::ops::Range;

/// A note that was read. It borrows from the text of the note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note<'a> {
    pub(crate) text: &'a str,
    pub(crate) activity: Option<Activity>,
    pub(crate) title: Cut,
    pub(crate) until: Option<i64>,
    pub(crate) whole_day: bool,
    pub(crate) next_activity: Option<Activity>,
    pub(crate) next_title: Cut,
}

/// The next appointment of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next<'a> {
    /// Its activity, when given.
    pub activity: Option<Activity>,
    /// Its title, when given.
    pub title: Option<Escaped<'a>>,
}

/// What the figures of a tag cut from the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// There are no figures.
    Absent,
    /// The figures fit neither way.
    Misfit,
    /// The bytes of the piece, which may be empty.
    Piece(Range<usize>),
}

impl<'a> Note<'a> {
    /// Reads a note. Never fails: what cannot be understood is not there.
    pub fn parse(note: &'a str) -> Self {
        let (text, tags) = split_tags(note);
        let (title, next_title) = (cut(text, tags.len), cut(text, tags.next));
        let Tags { activity, until, whole_day, next_activity, .. } = tags;
        Self { text, activity, title, until, whole_day, next_activity, next_title }
    }

    /// The readable part: the note without its tags and the blanks before them.
    pub const fn text(&self) -> Escaped<'a> {
        Escaped::new(self.text, 0)
    }

    /// The activity now; None when the note carries no tags.
    pub const fn activity(&self) -> Option<Activity> {
        self.activity
    }

    /// The title of the current appointment; an empty one is none.
    pub fn title(&self) -> Option<Escaped<'a>> {
        self.piece(&self.title)
    }

    /// When the state ends, in milliseconds since the Unix epoch, within what a JavaScript `Date` holds.
    pub const fn until(&self) -> Option<i64> {
        self.until
    }

    /// Whether the end is a whole day.
    pub const fn whole_day(&self) -> bool {
        self.whole_day
    }

    /// The next appointment, when anything of it is given.
    pub fn next(&self) -> Option<Next<'a>> {
        let next = Next { activity: self.next_activity, title: self.piece(&self.next_title) };
        (next.activity.is_some() || next.title.is_some()).then_some(next)
    }

    fn piece(&self, cut: &Cut) -> Option<Escaped<'a>> {
        let Cut::Piece(range) = cut else { return None };
        let piece = self.text.get(range.clone())?;
        (!piece.is_empty()).then_some(Escaped::new(piece, range.start))
    }
}

/// The tags of a note. All are absent when there is no activity.
#[derive(Clone, Copy, Default)]
struct Tags {
    activity: Option<Activity>,
    len: Option<Place>,
    until: Option<i64>,
    whole_day: bool,
    next_activity: Option<Activity>,
    next: Option<Place>,
}

/// Splits a note into its text and its tags, which begin at the first activity of the run of `#` words that ends
/// the note.
fn split_tags(note: &str) -> (&str, Tags) {
    let mut result = (note, Tags::default());
    let mut tags = Tags::default();
    let mut rest = note;
    while let Some((before, word)) = last_word(rest)
        && word.starts_with('#')
    {
        // Read from the end, the first of two equal tags comes last and replaces the other.
        match Tag::parse(word) {
            Some(Tag::Activity(activity)) => {
                tags.activity = Some(activity);
                result = (before, tags);
            }
            Some(Tag::Len(place)) => tags.len = Some(place),
            Some(Tag::Until(until)) => tags.until = Some(until),
            Some(Tag::WholeDay) => tags.whole_day = true,
            Some(Tag::NextActivity(activity)) => tags.next_activity = Some(activity),
            Some(Tag::Next(place)) => tags.next = Some(place),
            None => {}
        }
        rest = before;
    }
    let (text, tags) = result;
    (trim_end_blanks(text), tags)
}

/// Cuts by the code points, or by the bytes where those fall outside the text.
fn cut(text: &str, place: Option<Place>) -> Cut {
    let Some(Place { code_points, bytes }) = place else { return Cut::Absent };
    let by_bytes = bytes.and_then(|figures| byte_range(text, figures));
    code_point_range(text, code_points, by_bytes.as_ref()).or(by_bytes).map_or(Cut::Misfit, Cut::Piece)
}

fn byte_range(text: &str, Figures { start, length }: Figures) -> Option<Range<usize>> {
    let end = usize::try_from(start.checked_add(length)?).ok()?;
    let start = usize::try_from(start).ok()?;
    text.get(start..end).map(|_| start..end)
}

/// The bytes at which code points stand. `expected` is where they stand if the note was written well; it
/// only saves time.
fn code_point_range(text: &str, figures: Figures, expected: Option<&Range<usize>>) -> Option<Range<usize>> {
    let start = code_point_offset(text, figures.start, expected.map(|range| range.start))?;
    let rest = text.get(start..)?;
    let expected_length = expected.filter(|range| range.start == start).map(ExactSizeIterator::len);
    let length = code_point_offset(rest, figures.length, expected_length)?;
    Some(start..start + length)
}

/// The length in bytes of the first `count` code points.
fn code_point_offset(text: &str, count: u64, expected: Option<usize>) -> Option<usize> {
    let count = usize::try_from(count).ok().filter(|count| *count <= text.len())?;
    let is_right = |offset: &usize| text.get(..*offset).is_some_and(|head| head.chars().count() == count);
    if let Some(expected) = expected.filter(is_right) {
        return Some(expected);
    }
    let mut offsets = text.char_indices().map(|(offset, _)| offset).chain([text.len()]);
    offsets.nth(count)
}
