//! What is stored of the mailboxes: their appointments, and the link from which the next round goes on.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::record::Record;
use crate::graph::Link;
use crate::store;
use crate::store::StoredCalendar;

/// The calendars of all users.
#[derive(Clone)]
pub struct Calendars(store::Calendars);

/// What is stored of a user's calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Where the next round goes on.
    pub link: Link,
    /// When its window is to be replaced by a later one.
    pub renew_at: i64,
    /// Everything else.
    pub contents: Contents,
}

/// What is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// The addresses for which the mailbox was found.
    pub addresses: Vec<String>,
    /// Names the mailbox in requests.
    pub user: String,
    /// Names it for people.
    pub name: String,
    /// That there are other mailboxes, if so.
    pub warning: Option<String>,
    /// Zone of the mailbox; empty if it cannot be known, `None` if it was not needed yet.
    pub zone: Option<String>,
    /// The appointments.
    pub records: Vec<Record>,
}

impl From<store::Calendars> for Calendars {
    fn from(calendars: store::Calendars) -> Self {
        Self(calendars)
    }
}

impl Calendars {
    /// What is stored of a user. What cannot be opened counts as not there.
    pub async fn read(&self, guid: &str, source: &str) -> Result<Option<Calendar>> {
        let stored = self.0.read(guid, source).await?;
        Ok(stored.and_then(|StoredCalendar { cursor, renew_at, contents }| {
            let contents = serde_json::from_str(&contents).ok()?;
            Some(Calendar { link: Link::stored(cursor), renew_at, contents })
        }))
    }

    /// Stores calendars, all or none.
    pub async fn write(&self, source: &str, calendars: &[(&str, &Calendar)]) -> Result<()> {
        let stored = calendars.iter().map(|(guid, calendar)| {
            let contents = serde_json::to_string(&calendar.contents).context("appointments")?;
            let cursor = calendar.link.as_str().to_owned();
            Ok((*guid, StoredCalendar { cursor, renew_at: calendar.renew_at, contents }))
        });
        let stored = stored.collect::<Result<Vec<_>>>()?;
        let rows: Vec<_> = stored.iter().map(|(guid, calendar)| (*guid, calendar)).collect();
        self.0.write(source, &rows).await
    }

    /// Stores where the next rounds of some users go on; nothing else of them has changed.
    pub async fn write_links(&self, source: &str, links: &[(String, Link)]) -> Result<()> {
        let cursors: Vec<_> =
            links.iter().map(|(guid, link)| (guid.clone(), link.as_str().to_owned())).collect();
        self.0.write_cursors(source, &cursors).await
    }

    /// Removes the calendars of some users.
    pub async fn remove(&self, source: &str, guids: &[String]) -> Result<()> {
        self.0.remove(source, guids).await
    }

    /// Removes what comes from other sources, and what nobody has renewed since `before`.
    pub async fn clean(&self, source: &str, before: i64) -> Result<()> {
        self.0.clean(&[source], before).await
    }
}
