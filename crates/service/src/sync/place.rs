//! Where users stand in the list: those with a problem first, then by name. And where they stood, so that whoever reads
//! the list page by page meets nobody twice and misses nobody, though users come, go and change meanwhile.
//!
//! Everything that moves a user has a number, the *version*. A list keeps the version of its first page, and has the
//! users in the order of that version to the end. Whoever has come later follows then, in the order of coming.

use std::collections::HashMap;

use calendar::Folded;
use serde::{Deserialize, Serialize};

use crate::source::MailboxState;

/// So many former places of a user are remembered; who moves more often while a list is read may be met twice.
const MOST_FORMER: usize = 16;
/// So many users who are gone are remembered, in case they come back.
const MOST_GONE: usize = 20_000;

/// Where a user stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Place {
    /// Problems come first, and `false` comes before `true`.
    is_fine: bool,
    name: String,
    guid: String,
}

impl Place {
    pub fn new(guid: &str, name: &Folded, state: MailboxState, has_error: bool) -> Self {
        let is_fine_in = [
            MailboxState::Matched,
            MailboxState::Waiting,
            MailboxState::Excluded,
            MailboxState::HiddenByUser,
        ];
        let is_fine = !has_error && is_fine_in.contains(&state);
        Self { is_fine, name: name.as_str().to_owned(), guid: guid.to_owned() }
    }
}

/// Where a user stands and stood.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    /// The version with which the user came.
    came: u64,
    place: Place,
    /// Former places with the version that ended each, the oldest first.
    former: Vec<(u64, Place)>,
}

impl History {
    fn at(&self, version: u64) -> &Place {
        self.former.iter().find(|(until, _)| *until > version).map_or(&self.place, |(_, place)| place)
    }

    fn moved(&mut self, version: u64, place: Place) {
        if self.former.len() >= MOST_FORMER {
            self.former.remove(0);
        }
        self.former.push((version, std::mem::replace(&mut self.place, place)));
    }

    /// Where the user stands in a list of this version.
    pub fn key(&self, version: u64) -> Key<'_> {
        if self.came > version { Key::Later(self.came) } else { Key::Place(self.at(version)) }
    }
}

/// Where a user stands in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key<'a> {
    /// Among those who were there when the list began.
    Place(&'a Place),
    /// Behind them, by the version with which the user came.
    Later(u64),
}

/// How far a list has been read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Read {
    /// The version of the list.
    pub version: u64,
    after: After,
}

/// The user who was told last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
enum After {
    /// Nobody yet.
    #[default]
    Nobody,
    Place(Place),
    Later(u64),
}

impl Read {
    /// A list that begins.
    pub fn begin(version: u64) -> Self {
        Self { version, after: After::Nobody }
    }

    /// Up to this user.
    pub fn up_to(&self, key: Key<'_>) -> Self {
        let after = match key {
            Key::Place(place) => After::Place(place.clone()),
            Key::Later(came) => After::Later(came),
        };
        Self { version: self.version, after }
    }

    /// Whether a user was told already.
    pub fn has(&self, key: Key<'_>) -> bool {
        match &self.after {
            After::Nobody => false,
            After::Place(place) => key <= Key::Place(place),
            After::Later(came) => key <= Key::Later(*came),
        }
    }
}

/// The versions, and who is gone.
#[derive(Debug, Default)]
pub(super) struct Versions {
    now: u64,
    gone: HashMap<String, History>,
}

impl Versions {
    pub fn now(&self) -> u64 {
        self.now
    }

    /// A user has come, perhaps back.
    pub fn came(&mut self, guid: &str, place: Place) -> History {
        if let Some(mut history) = self.gone.remove(guid) {
            self.settle(&mut history, place);
            return history;
        }
        self.now += 1;
        History { came: self.now, place, former: Vec::new() }
    }

    /// A user stands here now.
    pub fn settle(&mut self, history: &mut History, place: Place) {
        if history.place != place {
            self.now += 1;
            history.moved(self.now, place);
        }
    }

    /// A user has gone.
    pub fn gone(&mut self, guid: &str, history: History) {
        if self.gone.len() >= MOST_GONE {
            self.gone.clear();
        }
        self.gone.insert(guid.to_owned(), history);
    }

    /// All users have gone, and who has their names next is somebody else.
    pub fn forget(&mut self) {
        self.gone.clear();
    }
}
