//! Reading a note.

use crate::blank::is_blank;
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
        let tags_from = tags(note);
        let (text, tags) = note.split_at_checked(tags_from).unwrap_or((note, ""));
        let text = text.trim_end_matches(is_blank);

        let mut activity = None;
        let mut len = None;
        let mut until = None;
        let mut whole_day = false;
        let mut next_activity = None;
        let mut next = None;
        // Of a tag that stands twice the first one counts.
        for tag in tags.split(is_blank).filter_map(Tag::parse) {
            match tag {
                Tag::Activity(value) => activity = activity.or(Some(value)),
                Tag::Len(value) => len = len.or(Some(value)),
                Tag::Until(value) => until = until.or(Some(value)),
                Tag::WholeDay => whole_day = true,
                Tag::NextActivity(value) => next_activity = next_activity.or(Some(value)),
                Tag::Next(value) => next = next.or(Some(value)),
            }
        }
        let (title, next_title) = (cut(text, len), cut(text, next));
        Self { text, activity, title, until, whole_day, next_activity, next_title }
    }

    /// The readable part: the note without its tags and the blanks before them.
    pub const fn text(&self) -> Escaped<'a> {
        Escaped(self.text)
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
        (!piece.is_empty()).then_some(Escaped(piece))
    }
}

/// Where the tags begin: at the first activity tag of the run of `#` words that ends the note, or at its end.
fn tags(note: &str) -> usize {
    let mut tags_from = note.len();
    let mut rest = note.trim_end_matches(is_blank);
    while !rest.is_empty() {
        let before = rest.trim_end_matches(|character| !is_blank(character));
        let word = rest.get(before.len()..).unwrap_or_default();
        if !word.starts_with('#') {
            break;
        }
        if matches!(Tag::parse(word), Some(Tag::Activity(_))) {
            tags_from = before.len();
        }
        rest = before.trim_end_matches(is_blank);
    }
    tags_from
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
