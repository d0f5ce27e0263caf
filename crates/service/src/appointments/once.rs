//! What is kept of an appointment that a caller writes: before anything is sent, so that it is written once, whatever
//! answer is lost.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Builder;

use super::problem::{Problem, Why};
use crate::source::writing::{Event, Mark, When};
use crate::store::StoredAppointment;

/// What is sealed in its row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Kept {
    /// Hash of what was asked for.
    hash: String,
    key: String,
    /// Grows with each appointment that was written with this key and deleted again.
    attempt: u32,
    /// Its address.
    pub mailbox: String,
    /// How requests name the mailbox; empty until it was found.
    #[serde(default)]
    pub place: String,
    /// The appointment, once it is known to be there.
    #[serde(default)]
    pub event: Option<String>,
    /// What was answered, once it was.
    #[serde(default)]
    pub answer: Option<Written>,
    /// Whether it is a meeting in Teams.
    #[serde(default)]
    pub online: bool,
}

/// What is answered when it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Written {
    pub version: String,
    pub when: When,
    #[serde(default)]
    pub join_url: Option<String>,
}

impl Written {
    /// What is told of an event. Graph gives no zone of whole days, so that of the request stays.
    pub fn of(event: &Event, when: When) -> Self {
        Self { version: event.version.clone(), when, join_url: event.join_url.clone() }
    }
}

impl Kept {
    pub fn new(key: &str, hash: String, mailbox: &str, online: bool) -> Self {
        let (place, event, answer) = Default::default();
        let (key, mailbox) = (key.to_owned(), mailbox.to_owned());
        Self { hash, key, attempt: 0, mailbox, place, event, answer, online }
    }

    /// Reads what is in a row.
    pub fn read(row: &StoredAppointment) -> Result<Self, Problem> {
        let unreadable =
            |_| Problem::database(&anyhow::anyhow!("an appointment in the database cannot be read"));
        serde_json::from_str(&row.contents).map_err(unreadable)
    }

    /// As it is stored.
    pub fn text(&self) -> String {
        // Texts and numbers always serialize.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The same key with another body is a mistake of the caller.
    pub fn check(&self, hash: &str) -> Result<(), Problem> {
        if self.hash == hash {
            return Ok(());
        }
        let message = "This Idempotency-Key was used for another appointment. Take a new one for each.";
        Err(Problem::new(Why::KeyReused, message))
    }

    /// The appointment was deleted again, so that the next is another.
    pub fn begin_anew(&mut self) {
        self.attempt = self.attempt.saturating_add(1);
        self.event = None;
    }

    /// Whether nothing of it has ever stood in a calendar, as far as is known.
    pub fn is_untouched(&self) -> bool {
        self.attempt == 0 && self.event.is_none()
    }

    /// What tells it from all others.
    pub fn mark(&self, caller: &str) -> Mark {
        let mut hash = Sha256::new();
        for part in [caller, &self.key, &self.attempt.to_string()] {
            hash.update(part);
            hash.update([0]);
        }
        let bytes: [u8; 32] = hash.finalize().into();
        let first = bytes.first_chunk::<16>().copied().unwrap_or_default();
        Mark {
            text: format!("{caller} {}", self.key),
            transaction: Builder::from_custom_bytes(first).into_uuid(),
        }
    }
}

/// Hash of what was asked for.
pub(crate) fn hash(body: &[u8]) -> String {
    hex::encode(Sha256::digest(body))
}

/// Whether a key is one.
pub(crate) fn is_key(key: &str) -> bool {
    (1..=64).contains(&key.len())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_that_of_caller_and_key() {
        let kept = Kept::new("key", hash(b"x"), "a@b.de", false);
        let mark = kept.mark("caller");
        assert_eq!(mark.text, "caller key");
        assert_eq!(mark, kept.mark("caller"));
        assert_ne!(mark.transaction, kept.mark("other").transaction);
        assert_ne!(
            mark.transaction,
            Kept::new("kez", hash(b"x"), "a@b.de", false).mark("caller").transaction
        );
        let mut again = kept.clone();
        again.begin_anew();
        assert_eq!(again.mark("caller").text, mark.text, "it is found by the same");
        assert_ne!(again.mark("caller").transaction, mark.transaction, "and taken for another");
    }

    #[test]
    fn a_key_is_good_for_one_body() {
        let kept = Kept::new("key", hash(b"x"), "a@b.de", false);
        assert!(kept.check(&hash(b"x")).is_ok());
        assert_eq!(kept.check(&hash(b"y")).unwrap_err().why, Why::KeyReused);
        assert!(is_key("A-z_09") && is_key(&"x".repeat(64)));
        assert!(!is_key("") && !is_key(&"x".repeat(65)) && !is_key("a b") && !is_key("ä"));
    }
}
