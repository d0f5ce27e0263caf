use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Deserializer};

use crate::source::MailboxState;
use crate::sync::people::states;
use crate::sync::place::Read;

/// Longer than any cursor of ours.
const MAX_CURSOR: usize = 16_000;

/// Which users are asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct UserQuery {
    /// The `more` of the page before.
    #[serde(deserialize_with = "begin")]
    cursor: Option<Begin>,
    /// The same, or how many users to leave out.
    #[serde(deserialize_with = "begin")]
    from: Option<Begin>,
    pub(super) limit: Option<usize>,
    /// Part of a name or address, in any letter case, with accents encoded in any way.
    pub(super) search: Option<String>,
    state: Option<String>,
    /// Whether the day of each user is to be told.
    pub(super) day: bool,
}

/// Where a page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Begin {
    /// After the users that were told.
    At(Read),
    /// After this many users.
    From(usize),
}

impl UserQuery {
    /// Whether there is such a state.
    pub fn is_valid(&self) -> bool {
        self.state.as_deref().is_none_or(|word| named(word).is_some())
    }

    pub(super) fn state(&self) -> Option<MailboxState> {
        self.state.as_deref().and_then(named)
    }

    pub(super) fn begin(&self) -> Begin {
        self.cursor.clone().or_else(|| self.from.clone()).unwrap_or(Begin::From(0))
    }
}

/// The state of this name.
fn named(name: &str) -> Option<MailboxState> {
    states().find(|(_, word)| *word == name).map(|(state, _)| state)
}

/// As it is told: opaque, and nothing else is to be made of it.
pub(super) fn cursor(read: &Read) -> String {
    // Texts and numbers always serialize.
    BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(read).unwrap_or_default())
}

fn begin<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Begin>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Given {
        Skip(usize),
        Cursor(String),
    }
    let read = |text: String| {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text.get(..text.len().min(MAX_CURSOR))?).ok()?;
        serde_json::from_slice(&bytes).ok()
    };
    Ok(match Option::deserialize(deserializer)? {
        None => None,
        Some(Given::Skip(users)) => Some(Begin::From(users)),
        Some(Given::Cursor(text)) if text.is_empty() => None,
        Some(Given::Cursor(text)) => match read(text) {
            Some(read) => Some(Begin::At(read)),
            None => return Err(serde::de::Error::custom("no cursor of this service")),
        },
    })
}
