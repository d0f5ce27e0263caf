//! What the sources keep of the users' calendars: one row for each user and source. What is in it is the sources'
//! business; here it is text, sealed under the key of the service.

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use secrecy::{ExposeSecret, SecretString};

use super::Store;
use super::database::Database;
use super::database::Value::{Bytes, Integer, Text};
use crate::database_url::DatabaseUrl;
use crate::vault::Vault;

const READ: &str = "SELECT cursor, renew_at, sealed FROM calendar WHERE guid = $1 AND source = $2";
const ANY: &str = "SELECT guid FROM calendar WHERE source = $1 ORDER BY guid LIMIT 1";
const WRITE: &str = "INSERT INTO calendar (guid, source, cursor, renew_at, sealed) VALUES ($1, $2, $3, $4, $5) \
     ON CONFLICT (guid, source) DO UPDATE SET cursor = excluded.cursor, renew_at = excluded.renew_at, \
     sealed = excluded.sealed";
const WRITE_CURSOR: &str = "UPDATE calendar SET cursor = $1 WHERE guid = $2 AND source = $3";
const REMOVE: &str = "DELETE FROM calendar WHERE guid = $1 AND source = $2";
const REMOVE_EVERYWHERE: &str = "DELETE FROM calendar WHERE guid = $1";
const SOURCES: &str = "SELECT DISTINCT source FROM calendar";
const REMOVE_SOURCE: &str = "DELETE FROM calendar WHERE source = $1";
const REMOVE_OLD: &str = "DELETE FROM calendar WHERE renew_at < $1";

/// The calendars in the database.
#[derive(Clone)]
pub struct Calendars {
    database: Database,
    vault: Vault,
}

/// A calendar as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCalendar {
    /// Where reading goes on. It is not sealed, for it changes far more often than the rest.
    pub cursor: String,
    /// When the calendar is to be read afresh.
    pub renew_at: i64,
    /// Everything else, sealed on the disk.
    pub contents: String,
}

impl Store {
    /// The calendars in this database, sealed under its key.
    pub fn calendars(&self) -> Calendars {
        Calendars { database: self.database.clone(), vault: self.vault.clone() }
    }
}

impl Calendars {
    /// Opens a database for its calendars alone. `data` is the folder of the key file, and of the database unless
    /// there is another.
    pub async fn open(data: &Path, database: Option<&DatabaseUrl>) -> Result<Self> {
        Ok(Store::open(data, database).await?.calendars())
    }

    /// What a source has stored of a user. What cannot be opened counts as not there.
    pub async fn read(&self, guid: &str, source: &str) -> Result<Option<StoredCalendar>> {
        let rows: Vec<(String, i64, Vec<u8>)> = self.database.rows(READ, &[Text(guid), Text(source)]).await?;
        Ok(rows.into_iter().next().and_then(|(cursor, renew_at, sealed)| {
            let contents = self.vault.open(&name(guid), &sealed).ok()?.expose_secret().to_owned();
            Some(StoredCalendar { cursor, renew_at, contents })
        }))
    }

    /// Somebody whose calendar a source has stored, if there is anybody.
    pub async fn any(&self, source: &str) -> Result<Option<String>> {
        let rows: Vec<(String,)> = self.database.rows(ANY, &[Text(source)]).await?;
        Ok(rows.into_iter().next().map(|(guid,)| guid))
    }

    /// Stores calendars of some users, all or none.
    pub async fn write(&self, source: &str, rows: &[(&str, &StoredCalendar)]) -> Result<()> {
        // Sealing takes its time, so it is done before others have to wait.
        let sealed = rows.iter().map(|(guid, calendar)| self.seal(guid, &calendar.contents));
        let sealed = sealed.collect::<Result<Vec<_>>>()?;
        let mut transaction = self.database.begin().await?;
        for ((guid, calendar), sealed) in rows.iter().zip(&sealed) {
            let values = [
                Text(guid),
                Text(source),
                Text(&calendar.cursor),
                Integer(calendar.renew_at),
                Bytes(sealed.as_slice()),
            ];
            transaction.execute(WRITE, &values).await?;
        }
        transaction.commit().await
    }

    /// Stores where reading goes on for some users, of whom nothing else has changed.
    pub async fn write_cursors(&self, source: &str, cursors: &[(String, String)]) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        for (guid, cursor) in cursors {
            transaction.execute(WRITE_CURSOR, &[Text(cursor), Text(guid), Text(source)]).await?;
        }
        transaction.commit().await
    }

    /// Removes what a source has stored of some users.
    pub async fn remove(&self, source: &str, guids: &[String]) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        for guid in guids {
            transaction.execute(REMOVE, &[Text(guid), Text(source)]).await?;
        }
        transaction.commit().await
    }

    /// Removes what any source has stored of some users.
    pub async fn remove_everywhere(&self, guids: &[String]) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        for guid in guids {
            transaction.execute(REMOVE_EVERYWHERE, &[Text(guid)]).await?;
        }
        transaction.commit().await
    }

    /// Keeps these sources alone, and of them what has been renewed since `before`.
    pub async fn clean(&self, sources: &[&str], before: i64) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        let stored: Vec<(String,)> = transaction.rows(SOURCES, &[]).await?;
        for (source,) in stored.iter().filter(|(source,)| !sources.contains(&source.as_str())) {
            transaction.execute(REMOVE_SOURCE, &[Text(source)]).await?;
        }
        transaction.execute(REMOVE_OLD, &[Integer(before)]).await?;
        transaction.commit().await
    }

    fn seal(&self, guid: &str, contents: &str) -> Result<Vec<u8>> {
        self.vault
            .seal(&name(guid), &SecretString::from(contents))
            .map_err(|_| anyhow!("no encryption"))
            .context("cannot encrypt a calendar")
    }
}

/// A calendar put in the place of another user's does not open.
fn name(guid: &str) -> String {
    format!("calendar {guid}")
}

#[cfg(test)]
pub(super) mod tests;
