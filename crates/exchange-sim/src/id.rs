//! Ids of items: opaque, with letters of both cases, `/`, `+` and `=`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{Datelike, NaiveDate};
use graph_sim::calendar::ItemKey;

const PREFIX: &str = "AAMk";

/// What an id stands for: an item of a mailbox, or one occurrence of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ItemId {
    /// The primary address.
    pub(crate) mailbox: String,
    pub(crate) key: ItemKey,
    /// The date an occurrence has in its series.
    pub(crate) date: Option<NaiveDate>,
}

impl ItemId {
    pub(crate) fn encode(&self) -> String {
        let mut bytes = self.key.to_bits().to_be_bytes().to_vec();
        bytes.extend_from_slice(&self.date.map_or(0, |date| date.num_days_from_ce()).to_be_bytes());
        bytes.extend_from_slice(self.mailbox.as_bytes());
        format!("{PREFIX}{}", STANDARD.encode(bytes))
    }

    pub(crate) fn decode(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text.strip_prefix(PREFIX)?).ok()?;
        let (key, rest) = bytes.split_first_chunk::<8>()?;
        let (date, rest) = rest.split_first_chunk::<4>()?;
        let date = match i32::from_be_bytes(*date) {
            0 => None,
            days => Some(NaiveDate::from_num_days_from_ce_opt(days)?),
        };
        let mailbox = String::from_utf8(rest.to_vec()).ok()?;
        Some(Self { mailbox, key: ItemKey::from_bits(u64::from_be_bytes(*key)), date })
    }
}

/// The id of a mailbox's folder.
pub(crate) fn folder_id(mailbox: &str, folder: &str) -> String {
    format!("AQMk{}", STANDARD.encode(format!("{folder}|{}", mailbox.to_lowercase())))
}

/// Folder and mailbox of an id.
pub(crate) fn folder_of(id: &str) -> Option<(String, String)> {
    let bytes = STANDARD.decode(id.strip_prefix("AQMk")?).ok()?;
    let (folder, mailbox) = std::str::from_utf8(&bytes).ok()?.split_once('|')?;
    Some((folder.to_owned(), mailbox.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_decoded() {
        for date in [None, NaiveDate::from_ymd_opt(2026, 11, 21)] {
            let id = ItemId { mailbox: "anna@contoso.example".into(), key: ItemKey::from_bits(7), date };
            assert_eq!(ItemId::decode(&id.encode()), Some(id));
        }
        for text in ["", "AAMk", "AAMkAAAA", "x"] {
            assert_eq!(ItemId::decode(text), None);
        }
        assert_eq!(folder_of(&folder_id("A@b", "calendar")), Some(("calendar".into(), "a@b".into())));
    }
}
