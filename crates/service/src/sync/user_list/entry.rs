use serde::Serialize;
use serde_json::Value as Json;

use super::day::Day;
use crate::source::Facts;
use crate::sync::people::{Person, word};

/// Addresses of one user in an answer.
const MAX_ADDRESSES: usize = 20;

/// A user as he is told of.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    guid: String,
    name: String,
    addresses: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mailbox: Option<String>,
    state: &'static str,
    /// Code of what is wrong, which does not change with the language, …
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
    /// … what sentences in other languages are made of, …
    #[serde(skip_serializing_if = "Facts::is_empty")]
    facts: Facts,
    /// … and in English words.
    #[serde(skip_serializing_if = "Option::is_none")]
    error_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    activity: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_sync: Option<i64>,
    /// Whether a presence that is set by hand comes before what the calendar says.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    held_back: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
}

/// What the PBX makes of the presence of a user.
#[derive(Clone, Copy, Default)]
pub(crate) struct AtPbx<'a> {
    /// Why it does not take it.
    pub refusal: Option<&'a str>,
    /// Whether it waits for one that is set by hand.
    pub is_held: bool,
}

impl Entry {
    pub fn new(person: &Person, at_pbx: AtPbx<'_>) -> Self {
        let (user, mailbox) = (&person.user, person.mailbox());
        let presence = person.outlook.as_ref().map(|outlook| &outlook.presence);
        let (error, facts, error_text) = match (&mailbox.error, at_pbx.refusal) {
            (Some(advice), _) => (Some(advice.code), advice.facts.clone(), Some(advice.text.clone())),
            (None, Some(reason)) => (
                Some("presenceRefused"),
                Facts::from_iter([("reason".to_owned(), Json::from(reason))]),
                Some(format!(
                    "The PBX does not take the presence of this user: {reason}. It is tried again."
                )),
            ),
            (None, None) => (None, Facts::new(), None),
        };
        Self {
            guid: user.guid.clone(),
            name: user.name.clone(),
            addresses: user.addresses.iter().take(MAX_ADDRESSES).cloned().collect(),
            mailbox: mailbox.name.clone(),
            state: word(mailbox.state),
            error,
            facts,
            error_text,
            note: presence.map(|presence| presence.note.clone()),
            activity: presence.map(|presence| presence.activity.clone()),
            until: person.outlook.as_ref().and_then(|outlook| outlook.until),
            last_sync: mailbox.last_sync,
            held_back: at_pbx.is_held,
            day: None,
        }
    }
}
