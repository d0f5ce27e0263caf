//! The tags at the end of a note.

use crate::Activity;
use core::fmt;

/// Below this absolute value an `#until` is in seconds, as the published grammar has it; from here on in
/// milliseconds, as the innovaphone clients read it.
const FIRST_MILLISECONDS: i64 = 100_000_000_000;

/// The last instant a JavaScript `Date` can hold, in milliseconds; the first is its negative.
pub(crate) const LAST_INSTANT: i64 = 8_640_000_000_000_000;

/// Where a title stands, in code points or in bytes. `start` is 0 for the current title.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Figures {
    pub start: u64,
    pub length: u64,
}

/// The figures of `#len` and `#next`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    pub code_points: Figures,
    pub bytes: Option<Figures>,
}

/// A well-formed tag.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Tag {
    Activity(Activity),
    Len(Place),
    Until(i64),
    WholeDay,
    NextActivity(Activity),
    Next(Place),
}

impl Tag {
    /// Reads a `#` word; None when it is not a well-formed tag of ours.
    pub fn parse(word: &str) -> Option<Self> {
        let body = word.strip_prefix('#')?;
        // The first letter tells most tags apart and keeps the comparisons few.
        match body.as_bytes().first()?.to_ascii_lowercase() {
            b'l' => len(strip_name(body, "len:")?).map(Self::Len),
            b'u' => until(strip_name(body, "until:")?).map(Self::Until),
            b'n' => match strip_name(body, "next-activity") {
                Some(rest) => next_activity(rest).map(Self::NextActivity),
                None => next(strip_name(body, "next:")?).map(Self::Next),
            },
            b'w' => body.eq_ignore_ascii_case("whole-day").then_some(Self::WholeDay),
            _ => Activity::from_name(body).map(Self::Activity),
        }
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Activity(activity) => write!(formatter, "#{}", activity.name()),
            Self::Len(Place { code_points, bytes }) => {
                write!(formatter, "#len:{}", code_points.length)?;
                bytes.map_or(Ok(()), |bytes| write!(formatter, ":{}", bytes.length))
            }
            Self::Until(until) => write!(formatter, "#until:{}", until_figure(until)),
            Self::WholeDay => formatter.write_str("#whole-day"),
            Self::NextActivity(activity) => write!(formatter, "#next-activity:{}", activity.name()),
            Self::Next(Place { code_points, bytes }) => {
                write!(formatter, "#next:{}:{}", code_points.start, code_points.length)?;
                bytes.map_or(Ok(()), |bytes| write!(formatter, ":{}:{}", bytes.start, bytes.length))
            }
        }
    }
}

/// Milliseconds, save where reading would take them for seconds.
const fn until_figure(until: i64) -> i64 {
    if until.unsigned_abs() < FIRST_MILLISECONDS.unsigned_abs() { until.div_euclid(1000) } else { until }
}

fn strip_name<'a>(body: &'a str, name: &str) -> Option<&'a str> {
    let (head, rest) = body.split_at_checked(name.len())?;
    head.eq_ignore_ascii_case(name).then_some(rest)
}

/// `C:B` or `C`.
fn len(text: &str) -> Option<Place> {
    let (length, rest) = figure(text)?;
    let code_points = Figures { start: 0, length };
    if rest.is_empty() {
        return Some(Place { code_points, bytes: None });
    }
    let bytes = Figures { start: 0, length: last_figure(rest.strip_prefix(':')?)? };
    Some(Place { code_points, bytes: Some(bytes) })
}

/// `C:N:B:M` or `C:N`.
fn next(text: &str) -> Option<Place> {
    let (code_points, rest) = pair(text)?;
    if rest.is_empty() {
        return Some(Place { code_points, bytes: None });
    }
    let (bytes, rest) = pair(rest.strip_prefix(':')?)?;
    rest.is_empty().then_some(Place { code_points, bytes: Some(bytes) })
}

fn pair(text: &str) -> Option<(Figures, &str)> {
    let (start, rest) = figure(text)?;
    let (length, rest) = figure(rest.strip_prefix(':')?)?;
    Some((Figures { start, length }, rest))
}

/// `:A`, or `A` as the published grammar has it.
fn next_activity(text: &str) -> Option<Activity> {
    Activity::from_name(text.strip_prefix(':').unwrap_or(text))
}

/// `T` in seconds or milliseconds; the result is in milliseconds.
fn until(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let magnitude = i64::try_from(last_figure(digits)?).ok()?;
    let milliseconds = if magnitude < FIRST_MILLISECONDS { magnitude * 1000 } else { magnitude };
    let signed = if digits.len() < text.len() { -milliseconds } else { milliseconds };
    (milliseconds <= LAST_INSTANT).then_some(signed)
}

fn last_figure(text: &str) -> Option<u64> {
    let (value, rest) = figure(text)?;
    rest.is_empty().then_some(value)
}

/// A run of digits within 64 bit, and the rest.
fn figure(text: &str) -> Option<(u64, &str)> {
    let mut value = 0;
    let mut length = 0;
    for byte in text.bytes() {
        let digit = u64::from(byte.wrapping_sub(b'0'));
        if digit > 9 {
            break;
        }
        // As exact as a checked multiplication, which wasm would do in 128 bit.
        if value >= u64::MAX / 10 && (value > u64::MAX / 10 || digit > u64::MAX % 10) {
            return None;
        }
        value = value * 10 + digit;
        length += 1;
    }
    (length > 0).then_some((value, text.get(length..)?))
}
