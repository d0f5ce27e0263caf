//! Reading the answers of Graph. One event that cannot be read costs nothing but itself.

use std::fmt::{self, Formatter};

use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use tracing::warn;

use super::endpoints::Endpoints;
use super::event::{Change, Properties, RawEvent};
use super::link::Link;
use crate::json::lenient;

/// More entries than any mailbox has in a window, on one page or on all of a round.
pub(super) const MOST_ENTRIES: usize = 50_000;

/// One page of a calendar view.
#[derive(Debug, PartialEq, Eq)]
pub struct Page {
    /// What it says, in its order.
    pub changes: Vec<Change>,
    /// What follows.
    pub next: Next,
    /// How many entries the next page may have.
    pub size: usize,
}

/// How a round of requests goes on.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// There is another page.
    Page(Link),
    /// That was the last; this is where the next round begins.
    Delta(Link),
}

/// An answer that is not what it should be: cut off, without an end, or no JSON at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unreadable;

#[derive(Deserialize)]
struct RawPage {
    value: Entries,
    #[serde(rename = "@odata.nextLink")]
    next: Option<String>,
    #[serde(rename = "@odata.deltaLink")]
    delta: Option<String>,
}

/// What entries say, read one by one: an answer without an end is left where it has too many.
#[derive(Default)]
struct Entries {
    changes: Vec<Change>,
    without_id: usize,
    unreadable: usize,
}

#[derive(Deserialize)]
struct RawId {
    id: String,
}

/// Reads a page of a calendar view, of which the next may have so many entries.
pub(super) fn page(bytes: &[u8], endpoints: &Endpoints, size: usize) -> Result<Page, Unreadable> {
    let raw: RawPage = serde_json::from_str(&lenient(bytes)).map_err(|_| Unreadable)?;
    let link = |text: &String| Link::from_answer(text, endpoints).ok_or(Unreadable);
    let next = match (&raw.next, &raw.delta) {
        (Some(next), _) => Next::Page(link(next)?),
        (None, Some(delta)) => Next::Delta(link(delta)?),
        (None, None) => return Err(Unreadable),
    };
    let Entries { changes, without_id, unreadable } = raw.value;
    if without_id + unreadable > 0 {
        warn!(without_id, unreadable, "Graph sent entries that cannot be read; they are left out");
    }
    Ok(Page { changes, next, size })
}

#[cfg(test)]
impl Page {
    /// Reads a page as a test writes it.
    pub fn read(bytes: &[u8], cloud: calendar::settings::NationalCloud) -> Option<Self> {
        page(bytes, &Endpoints::new(cloud, &super::Overrides::default()), 50).ok()
    }
}

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(EntriesVisitor)
    }
}

struct EntriesVisitor;

impl<'de> Visitor<'de> for EntriesVisitor {
    type Value = Entries;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "at most {MOST_ENTRIES} entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Entries, A::Error> {
        let mut entries = Entries::default();
        let mut number = 0;
        while let Some(entry) = sequence.next_element::<&RawValue>()? {
            number += 1;
            if number > MOST_ENTRIES {
                return Err(A::Error::invalid_length(number, &self));
            }
            entries.take(entry);
        }
        Ok(entries)
    }
}

impl Entries {
    /// Takes an entry. An event whose times cannot be read counts as removed: what was known of it is no longer true.
    fn take(&mut self, entry: &RawValue) {
        let Ok(RawId { id }) = serde_json::from_str(entry.get()) else {
            self.without_id += 1;
            return;
        };
        let event = serde_json::from_str::<RawEvent>(entry.get()).ok();
        let change = event.and_then(|event| event.change(id.clone()));
        self.changes.push(change.unwrap_or_else(|| {
            self.unreadable += 1;
            Change::Removed { id }
        }));
    }
}

/// Reads an event that was asked for by its id.
pub(super) fn properties(bytes: &[u8]) -> Result<Properties, Unreadable> {
    serde_json::from_str::<RawEvent>(&lenient(bytes)).map(RawEvent::properties).map_err(|_| Unreadable)
}

#[cfg(test)]
mod tests;
