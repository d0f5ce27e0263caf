//! Reading the answers of Graph. One event that cannot be read costs nothing but itself.

use serde::Deserialize;
use serde_json::value::RawValue;
use tracing::warn;

use super::endpoints::Endpoints;
use super::event::{Change, Properties, RawEvent};
use super::link::Link;

/// One page of a calendar view.
#[derive(Debug, PartialEq, Eq)]
pub struct Page {
    /// What it says, in its order.
    pub changes: Vec<Change>,
    /// What follows.
    pub next: Next,
}

/// How a round of requests goes on.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// There is another page.
    Page(Link),
    /// That was the last; this is where the next round begins.
    Delta(Link),
}

/// An answer that is not what it should be: cut off, or no JSON at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unreadable;

#[derive(Deserialize)]
struct RawPage<'a> {
    #[serde(borrow)]
    value: Vec<&'a RawValue>,
    #[serde(rename = "@odata.nextLink")]
    next: Option<String>,
    #[serde(rename = "@odata.deltaLink")]
    delta: Option<String>,
}

#[derive(Deserialize)]
struct RawId {
    id: String,
}

/// Reads a page of a calendar view.
pub(super) fn page(bytes: &[u8], endpoints: &Endpoints) -> Result<Page, Unreadable> {
    let raw: RawPage<'_> = serde_json::from_slice(bytes).map_err(|_| Unreadable)?;
    let link = |text: &String| Link::from_answer(text, endpoints).ok_or(Unreadable);
    let next = match (&raw.next, &raw.delta) {
        (Some(next), _) => Next::Page(link(next)?),
        (None, Some(delta)) => Next::Delta(link(delta)?),
        (None, None) => return Err(Unreadable),
    };
    Ok(Page { changes: raw.value.into_iter().filter_map(change).collect(), next })
}

#[cfg(test)]
impl Page {
    /// Reads a page as a test writes it.
    pub fn read(bytes: &[u8], cloud: calendar::settings::NationalCloud) -> Option<Self> {
        page(bytes, &Endpoints::new(cloud, &super::Overrides::default())).ok()
    }
}

/// What an entry says. An event whose rest cannot be read counts as removed: what was known of it is no longer true.
fn change(entry: &RawValue) -> Option<Change> {
    let Ok(RawId { id }) = serde_json::from_str(entry.get()) else {
        warn!("Graph sent an event without an id; it is ignored");
        return None;
    };
    let change =
        serde_json::from_str::<RawEvent>(entry.get()).ok().and_then(|event| event.change(id.clone()));
    Some(change.unwrap_or_else(|| {
        warn!("Graph sent an event that cannot be read; it is left out");
        Change::Removed { id }
    }))
}

/// Reads an event that was asked for by its id.
pub(super) fn properties(bytes: &[u8]) -> Result<Properties, Unreadable> {
    serde_json::from_slice::<RawEvent>(bytes).map(RawEvent::properties).map_err(|_| Unreadable)
}

#[cfg(test)]
mod tests;
