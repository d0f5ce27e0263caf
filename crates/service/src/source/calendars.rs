//! The appointments in the database: one row for each user, sealed under the key of the service, with the link from
//! which the next round goes on.

use anyhow::{Context, Result};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sqlx::{PgPool, SqlitePool};

use super::record::Record;
use crate::graph::Link;
use crate::vault::Vault;

/// The rows of all users.
#[derive(Clone)]
pub struct Calendars {
    pool: Pool,
    vault: Vault,
}

/// The database.
#[derive(Clone)]
pub enum Pool {
    /// A file.
    Sqlite(SqlitePool),
    /// A server.
    Postgres(PgPool),
}

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

/// Runs the same statement, which both databases understand, on either.
macro_rules! on {
    ($pool:expr, $connection:ident => $work:expr) => {
        match $pool {
            Pool::Sqlite(pool) => {
                // Takes the lock of writers at once, else a reader that becomes a writer may fail.
                let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
                let $connection = &mut *transaction;
                let result = $work;
                transaction.commit().await?;
                result
            }
            Pool::Postgres(pool) => {
                let mut transaction = pool.begin().await?;
                let $connection = &mut *transaction;
                let result = $work;
                transaction.commit().await?;
                result
            }
        }
    };
}

impl Calendars {
    pub(crate) fn new(pool: Pool, vault: Vault) -> Self {
        Self { pool, vault }
    }

    /// What is stored of a user, if it comes from this source. What cannot be opened counts as not there.
    pub async fn read(&self, guid: &str, source: &str) -> Result<Option<Calendar>> {
        const QUERY: &str = "SELECT link, renew_at, sealed FROM calendar WHERE guid = $1 AND source = $2";
        type Row = (String, i64, Vec<u8>);
        let row: Option<Row> = match &self.pool {
            Pool::Sqlite(pool) => sqlx::query_as(QUERY).bind(guid).bind(source).fetch_optional(pool).await,
            Pool::Postgres(pool) => sqlx::query_as(QUERY).bind(guid).bind(source).fetch_optional(pool).await,
        }
        .context("cannot read appointments from the database")?;
        Ok(row.and_then(|(link, renew_at, sealed)| {
            let contents = self.vault.open(&name(guid), &sealed).ok()?;
            let contents = serde_json::from_str(contents.expose_secret()).ok()?;
            Some(Calendar { link: Link::stored(link), renew_at, contents })
        }))
    }

    /// Stores calendars, all or none.
    pub async fn write(&self, source: &str, calendars: &[(&str, &Calendar)]) -> Result<()> {
        const QUERY: &str = "INSERT INTO calendar (guid, source, link, renew_at, sealed) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (guid) DO UPDATE SET source = excluded.source, link = excluded.link, \
             renew_at = excluded.renew_at, sealed = excluded.sealed";
        let mut rows = Vec::with_capacity(calendars.len());
        for (guid, calendar) in calendars {
            rows.push((*guid, *calendar, self.seal(guid, &calendar.contents)?));
        }
        let written: sqlx::Result<()> = async {
            on!(&self.pool, connection => for (guid, calendar, sealed) in &rows {
                let query = sqlx::query(QUERY).bind(*guid).bind(source).bind(calendar.link.as_str());
                query.bind(calendar.renew_at).bind(sealed.as_slice()).execute(&mut *connection).await?;
            });
            Ok(())
        }
        .await;
        written.context("cannot write appointments to the database")
    }

    /// Stores where the next rounds of some users go on; nothing else of them has changed.
    pub async fn write_links(&self, source: &str, links: &[(String, Link)]) -> Result<()> {
        const QUERY: &str = "UPDATE calendar SET link = $1 WHERE guid = $2 AND source = $3";
        let written: sqlx::Result<()> = async {
            on!(&self.pool, connection => for (guid, link) in links {
                sqlx::query(QUERY).bind(link.as_str()).bind(guid).bind(source).execute(&mut *connection).await?;
            });
            Ok(())
        }
        .await;
        written.context("cannot write links to the database")
    }

    /// Removes the calendars of some users.
    pub async fn remove(&self, guids: &[String]) -> Result<()> {
        const QUERY: &str = "DELETE FROM calendar WHERE guid = $1";
        let removed: sqlx::Result<()> = async {
            on!(&self.pool, connection => for guid in guids {
                sqlx::query(QUERY).bind(guid).execute(&mut *connection).await?;
            });
            Ok(())
        }
        .await;
        removed.context("cannot remove appointments from the database")
    }

    /// Removes what comes from another source, and what nobody has renewed since `before`.
    pub async fn clean(&self, source: &str, before: i64) -> Result<()> {
        const QUERY: &str = "DELETE FROM calendar WHERE source <> $1 OR renew_at < $2";
        let removed: sqlx::Result<()> = async {
            on!(&self.pool, connection => {
                sqlx::query(QUERY).bind(source).bind(before).execute(connection).await?;
            });
            Ok(())
        }
        .await;
        removed.context("cannot remove old appointments from the database")
    }

    fn seal(&self, guid: &str, contents: &Contents) -> Result<Vec<u8>> {
        let text = SecretString::from(serde_json::to_string(contents).context("appointments")?);
        self.vault.seal(&name(guid), &text).map_err(|_| anyhow::anyhow!("cannot encrypt appointments"))
    }
}

/// A calendar put in the place of another user's does not open.
fn name(guid: &str) -> String {
    format!("calendar {guid}")
}
