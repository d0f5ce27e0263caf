//! Writing a note.

use crate::escape::append_escaped;
use crate::tag::{Figures, LAST_INSTANT, Place, Tag};
use crate::{Activity, Language, Note, Words, clean_title};
use alloc::string::{String, ToString as _};
use core::fmt::Write as _;

/// What a note with tags says. The lone word for Free, which carries no tags, is [`Words::free`].
///
/// [`Words::free`]: crate::Words::free
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Presence {
    /// The activity now.
    pub activity: Activity,
    /// The title of the current appointment.
    pub title: Option<String>,
    /// When the state ends, in milliseconds since the Unix epoch. The tag takes a value between 1966-10-31 and
    /// 1973-03-03 for seconds, so within these years only whole seconds are kept.
    pub until: Option<i64>,
    /// Whether the end is a whole day.
    pub whole_day: bool,
    /// The activity of the next appointment.
    pub next_activity: Option<Activity>,
    /// The title of the next appointment.
    pub next_title: Option<String>,
}

impl Presence {
    /// Nothing but an activity.
    pub const fn new(activity: Activity) -> Self {
        Self { activity, title: None, until: None, whole_day: false, next_activity: None, next_title: None }
    }

    /// What a note says; None for one without tags.
    pub fn from_note(note: &Note<'_>) -> Option<Self> {
        let next = note.next();
        Some(Self {
            activity: note.activity()?,
            title: note.title().map(|title| title.to_string()),
            until: note.until(),
            whole_day: note.whole_day(),
            next_activity: next.and_then(|next| next.activity),
            next_title: next.and_then(|next| next.title).map(|title| title.to_string()),
        })
    }

    /// Writes the note, its readable part in `language`, with `when` for the end. Reading the note gives this
    /// presence back, its titles cleaned.
    ///
    /// ```
    /// use calendar_presence::{Activity, Language, Presence};
    ///
    /// let presence = Presence {
    ///     title: Some("Meeting with Caption Sparrow".into()),
    ///     until: Some(1_514_374_200_000),
    ///     ..Presence::new(Activity::Busy)
    /// };
    /// assert_eq!(
    ///     presence.write(Language::En, "12:30"),
    ///     "Meeting with Caption Sparrow until 12:30 #busy #len:28:28 #until:1514374200000"
    /// );
    /// ```
    pub fn write(&self, language: Language, when: &str) -> String {
        let words = language.words();
        let until = self.until.filter(|until| until.unsigned_abs() <= LAST_INSTANT.unsigned_abs());
        let mut note = String::new();

        let title = clean(self.title.as_deref()).map(|title| append_title(&mut note, &title));
        if title.is_none() {
            note.push_str(words.activity(self.activity));
        }
        if until.is_some() {
            for part in [words.until.between, when, words.until.after] {
                note.push_str(part);
            }
        }
        let next_title = self.append_next(&mut note, words);

        let tags = [
            Some(Tag::Activity(self.activity)),
            title.map(Tag::Len),
            until.map(Tag::Until),
            self.whole_day.then_some(Tag::WholeDay),
            self.next_activity.map(Tag::NextActivity),
            next_title.map(Tag::Next),
        ];
        for tag in tags.into_iter().flatten() {
            // Writing to a String cannot fail.
            let _ = write!(note, " {tag}");
        }
        note
    }

    /// Appends the next appointment in brackets, when anything of it is known; returns where its title stands.
    fn append_next(&self, note: &mut String, words: &Words) -> Option<Place> {
        let activity = self.next_activity.map(|activity| words.activity(activity));
        let title = clean(self.next_title.as_deref());
        if activity.is_none() && title.is_none() {
            return None;
        }
        note.push_str(" (");
        note.push_str(activity.unwrap_or_default());
        if activity.is_some() && title.is_some() {
            note.push_str(": ");
        }
        let place = title.map(|title| append_title(note, &title));
        note.push(')');
        place
    }
}

/// A title as it is written; an empty one is none.
fn clean(title: Option<&str>) -> Option<String> {
    title.map(clean_title).filter(|title| !title.is_empty())
}

/// Appends a clean title with its escapes and returns where it stands.
fn append_title(note: &mut String, title: &str) -> Place {
    let before = (note.chars().count(), note.len());
    append_escaped(title, note);
    let after = (note.chars().count(), note.len());
    Place { code_points: figures(before.0, after.0), bytes: Some(figures(before.1, after.1)) }
}

const fn figures(start: usize, end: usize) -> Figures {
    Figures { start: start as u64, length: (end - start) as u64 }
}
