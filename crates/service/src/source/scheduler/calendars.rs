//! The calendars of one source in the database: where the next reading goes on, and what is known.

use anyhow::{Context, Result};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use tracing::warn;

use super::super::Replies;
use super::super::backend::{Calendar, Cursor, Known, Mailbox};
use super::super::record::Record;
use crate::store;

/// Stored calendars of one source.
#[derive(Clone)]
pub struct Calendars {
    rows: store::Calendars,
    source: String,
}

/// What is stored of a user's calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Where the next reading goes on.
    pub cursor: Cursor,
    /// When its window is to be replaced by a later one.
    pub renew_at: i64,
    /// When something that was left open is to be completed.
    pub revisit_at: Option<i64>,
    /// The addresses for which the mailbox was found.
    pub addresses: Vec<String>,
    /// The mailbox.
    pub mailbox: Mailbox,
    /// What stands in it.
    pub calendar: Calendar,
    /// Whether it answers automatically, as far as that is wanted.
    pub replies: Replies,
    /// Whether categories were asked for when it was read.
    pub has_categories: bool,
}

/// What is sealed in a row.
#[derive(Serialize, Deserialize)]
struct Contents {
    addresses: Vec<String>,
    user: String,
    name: String,
    warning: Option<String>,
    zone: Option<String>,
    records: Vec<Record>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revisit_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Replies::is_off")]
    replies: Replies,
    /// What versions stored that know no categories lacks them.
    #[serde(default)]
    has_categories: bool,
}

impl Calendars {
    /// The calendars of the source of this name.
    pub fn new(rows: store::Calendars, source: String) -> Self {
        Self { rows, source }
    }

    /// What is stored of a user. What cannot be read counts as not there.
    pub async fn read(&self, guid: &str) -> Result<Option<Stored>> {
        let row = self.rows.read(guid, &self.source).await?;
        Ok(row.and_then(|row| {
            let contents: Contents = serde_json::from_str(&row.contents).ok()?;
            let Contents { addresses, user, name, warning, zone, records, .. } = contents;
            let Contents { revisit_at, replies, has_categories, .. } = contents;
            Some(Stored {
                cursor: Cursor::new(row.cursor),
                renew_at: row.renew_at,
                revisit_at,
                addresses,
                mailbox: Mailbox { user, name, warning },
                calendar: Calendar { records, zone },
                replies,
                has_categories,
            })
        }))
    }

    /// Stores calendars, all or none.
    pub async fn write(&self, calendars: &[(String, Stored)]) -> Result<()> {
        let rows: Result<Vec<_>> =
            calendars.iter().map(|(guid, stored)| Ok((guid.as_str(), stored.row()?))).collect();
        let rows = rows?;
        let rows: Vec<_> = rows.iter().map(|(guid, row)| (*guid, row)).collect();
        self.rows.write(&self.source, &rows).await
    }

    /// Stores where the next readings of some users go on; nothing else of them has changed.
    pub async fn write_cursors(&self, cursors: &[(String, Cursor)]) -> Result<()> {
        let rows: Vec<_> =
            cursors.iter().map(|(guid, cursor)| (guid.clone(), cursor.as_str().to_owned())).collect();
        self.rows.write_cursors(&self.source, &rows).await
    }

    /// Removes the calendars of some users.
    pub async fn remove(&self, guids: &[String]) -> Result<()> {
        self.rows.remove(&self.source, guids).await
    }
}

impl Stored {
    fn row(&self) -> Result<store::StoredCalendar> {
        let contents = Contents {
            addresses: self.addresses.clone(),
            user: self.mailbox.user.clone(),
            name: self.mailbox.name.clone(),
            warning: self.mailbox.warning.clone(),
            zone: self.calendar.zone.clone(),
            records: self.calendar.records.clone(),
            revisit_at: self.revisit_at,
            replies: self.replies,
            has_categories: self.has_categories,
        };
        Ok(store::StoredCalendar {
            cursor: self.cursor.as_str().to_owned(),
            renew_at: self.renew_at,
            contents: serde_json::to_string(&contents).context("appointments")?,
        })
    }
}

/// What is stored of one user, looked up where a backend needs it.
pub struct KnownOf<'a> {
    pub calendars: &'a Calendars,
    pub guid: &'a str,
}

#[async_trait]
impl Known for KnownOf<'_> {
    async fn calendar(&self) -> Option<Calendar> {
        match self.calendars.read(self.guid).await {
            Ok(stored) => stored.map(|stored| stored.calendar),
            Err(error) => {
                warn!("{error:#}");
                None
            }
        }
    }
}
