//! Ids of events: opaque to the client, and as case-sensitive and full of `-`, `_` and `=` as the real ones.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE;
use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use crate::calendar::ItemKey;

const PREFIX: &str = "AAMk";
/// Of ids that stay when an item is moved.
const IMMUTABLE: &str = "AAkA";

/// What an id stands for: an item of a mailbox, or one occurrence of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EventId {
    pub(crate) mailbox: Uuid,
    pub(crate) item: ItemKey,
    /// The date an occurrence has in its series.
    pub(crate) occurrence: Option<NaiveDate>,
}

impl EventId {
    pub(crate) fn item(mailbox: Uuid, item: ItemKey) -> Self {
        Self { mailbox, item, occurrence: None }
    }

    /// As it is written for whoever prefers ids that stay, or does not.
    pub(crate) fn encode_as(self, is_immutable: bool) -> String {
        let id = self.encode();
        let rest = id.strip_prefix(PREFIX).unwrap_or_default();
        if is_immutable { format!("{IMMUTABLE}{rest}") } else { id }
    }

    /// The id that such a client has given. The two kinds are not taken for each other.
    pub(crate) fn decode_as(text: &str, is_immutable: bool) -> Option<Self> {
        match text.strip_prefix(IMMUTABLE) {
            Some(rest) if is_immutable => Self::decode(&format!("{PREFIX}{rest}")),
            None if !is_immutable => Self::decode(text),
            _ => None,
        }
    }

    pub(crate) fn encode(self) -> String {
        let mut bytes = Vec::with_capacity(28);
        bytes.extend_from_slice(self.mailbox.as_bytes());
        bytes.extend_from_slice(&self.item.to_bits().to_be_bytes());
        let date = self.occurrence.map_or(0, |date| date.num_days_from_ce());
        bytes.extend_from_slice(&date.to_be_bytes());
        format!("{PREFIX}{}", URL_SAFE.encode(bytes))
    }

    /// `None` where the text is no id at all.
    pub(crate) fn decode(text: &str) -> Option<Self> {
        let bytes = URL_SAFE.decode(text.strip_prefix(PREFIX)?).ok()?;
        let (mailbox, rest) = bytes.split_first_chunk::<16>()?;
        let (item, rest) = rest.split_first_chunk::<8>()?;
        let date = i32::from_be_bytes(rest.try_into().ok()?);
        let occurrence = match date {
            0 => None,
            days => {
                Some(NaiveDate::from_num_days_from_ce_opt(days).filter(|d| (1..=9999).contains(&d.year()))?)
            }
        };
        let item = ItemKey::from_bits(u64::from_be_bytes(*item));
        Some(Self { mailbox: Uuid::from_bytes(*mailbox), item, occurrence })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_decoded() {
        let mailbox = Uuid::from_u128(0x1234_5678);
        let master = EventId::item(mailbox, ItemKey::from_bits(7));
        let occurrence = EventId { occurrence: NaiveDate::from_ymd_opt(2026, 11, 21), ..master };
        for id in [master, occurrence] {
            assert_eq!(EventId::decode(&id.encode()), Some(id));
        }
        assert_eq!(master.encode(), "AAMkAAAAAAAAAAAAAAAAEjRWeAAAAAAAAAAHAAAAAA==");
    }

    #[test]
    fn anything_else_is_malformed() {
        for text in ["", "AAMk", "AAMkAAAA", "aamkAAAAAAAAAAAAAAAAEjRWeAAAAAAAAAAHAAAAAA==", "1"] {
            assert_eq!(EventId::decode(text), None, "{text}");
        }
    }
}
