//! The record of who wrote what: neither titles nor places nor notes.

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::store::ApiStore;

/// One attempt to write, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entry {
    /// The name of the caller at that time.
    pub caller: String,
    /// `create`, `update` or `delete`.
    pub action: String,
    /// The mailbox, where the request named one that could be one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mailbox: Option<String>,
    /// The appointment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Milliseconds since the epoch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<i64>,
    /// `ok`, or why not.
    pub result: String,
}

/// An entry with its instant.
#[derive(Debug, Serialize)]
pub(crate) struct Noted {
    pub at: i64,
    #[serde(flatten)]
    entry: Entry,
}

/// A page of the record, the newest first.
#[derive(Debug, Serialize)]
pub(crate) struct Page {
    entries: Vec<Noted>,
    /// Where the next page begins, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<i64>,
}

impl Page {
    /// Reads a page that begins at `from`.
    pub async fn read(store: &ApiStore, from: Option<i64>, limit: i64) -> Result<Self> {
        let mut rows = store.audit(from, limit + 1).await?;
        let has_more = i64::try_from(rows.len()).is_ok_and(|count| count > limit);
        let more = has_more.then(|| rows.pop()).flatten().map(|row| row.number);
        let noted = rows
            .into_iter()
            .filter_map(|row| Some(Noted { at: row.at, entry: serde_json::from_str(&row.contents).ok()? }));
        Ok(Self { entries: noted.collect(), more })
    }
}
