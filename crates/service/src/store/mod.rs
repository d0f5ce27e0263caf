//! What is in the database: one SQLite file or a PostgreSQL database. Both hold the same tables and are asked in the
//! same way.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `database` | the way of asking either database |
//! | `sqlite`, `postgres` | how each is opened |
//! | `migrations` | how their tables came to be |
//! | `rows` | settings and secrets |
//! | `open` | which database is opened with which key |
//! | `trouble` | what keeps a database from working |
//! | `calendars` | what the sources keep |
//! | `choices` | what users have chosen for themselves |
//! | `presences` | users for whom something may be shown at a PBX |
//! | `api` | what the Calendar API keeps |

mod api;
mod calendars;
mod choices;
mod database;
mod migrations;
mod open;
mod postgres;
mod presences;
mod rows;
mod sqlite;
mod trouble;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, anyhow};
use calendar::settings::{Item, Problem, Settings};
use secrecy::SecretString;
use tokio::sync::watch;
use tracing::{debug, info};

use crate::database_url::DatabaseUrl;
use crate::source::Secrets;
use crate::vault::Vault;
pub(crate) use api::{ApiStore, StoredAppointment};
pub use calendars::{Calendars, StoredCalendar};
use database::Database;
use open::Opening;
use rows::{Changes, Rows};
pub use trouble::Trouble;

/// Name of the instance password among the secrets. No item is called so.
const INSTANCE_PASSWORD: &str = "instancePassword";

/// Name of what is kept of a sign-in. No item is called so.
const SIGN_IN: &str = "signIn";

/// The database and the key to its secrets.
pub struct Store {
    database: Database,
    vault: Vault,
    /// Keeps other services away from a file.
    _lock: Option<File>,
}

/// The settings as they are stored. Their secrets are [`Stored`](calendar::settings::Secret::Stored) or absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Grows with every write.
    pub revision: i64,
    /// The settings; `redirectUri` is not among what is stored.
    pub settings: Settings,
}

/// What became of a write.
#[derive(Debug, PartialEq, Eq)]
pub enum Written {
    /// Stored and durable.
    Done(Arc<Stored>),
    /// The settings have another revision than the writer thought. Nothing was stored.
    Conflict,
    /// Something is wrong with what was to be written. Nothing was stored.
    Refused(Vec<Problem>),
}

impl Store {
    /// Opens the database, brings its tables up to date and makes sure that the key file opens its secrets. Either
    /// both are there, or neither is and both are made.
    pub async fn open(data: &Path, url: Option<&DatabaseUrl>) -> Result<Self> {
        open::open(data, url, Opening::Beside).await
    }

    /// The same for a service, which wants the file for itself. `new` allows it to start afresh where either the
    /// database or the key file is lost.
    pub async fn open_to_serve(data: &Path, url: Option<&DatabaseUrl>, new: bool) -> Result<Self> {
        open::open(data, url, Opening::Alone { new }).await
    }

    /// Opens an existing database for reading alone, while a service may be running.
    pub async fn open_to_read(data: &Path, url: Option<&DatabaseUrl>) -> Result<Self> {
        open::open_to_read(data, url).await
    }

    /// The settings.
    pub async fn read(&self) -> Result<Stored> {
        Ok(read(&self.database).await?.stored())
    }

    /// Changes the settings in one transaction: `change` gets the stored ones and gives the new ones or what is
    /// wrong with them. With `expected` nothing happens unless that is the stored revision.
    ///
    /// When this returns [`Written::Done`], the write has reached the disk.
    pub async fn write(
        &self,
        expected: Option<i64>,
        change: impl FnOnce(Settings) -> Result<Settings, Vec<Problem>>,
    ) -> Result<Written> {
        let mut transaction = self.database.begin().await?;
        let rows = Rows::read_for_change(&mut transaction).await?;
        let before = rows.stored();
        if expected.is_some_and(|expected| expected != before.revision) {
            return Ok(Written::Conflict);
        }
        let after = match change(before.settings.clone()) {
            Ok(settings) => settings,
            Err(problems) => return Ok(Written::Refused(problems)),
        };
        let again = rows.secrets_again(&after);
        if !again.is_empty() {
            return Ok(Written::Refused(again));
        }
        let changes = Changes::between(&before, &after, &self.vault)?;
        changes.apply(&mut transaction).await?;
        let stored = Rows::read(&mut transaction).await?.stored();
        transaction.commit().await?;
        Ok(Written::Done(Arc::new(stored)))
    }

    /// The instance password, if one has been set.
    pub async fn instance_password(&self) -> Result<Option<SecretString>> {
        self.named_secret(INSTANCE_PASSWORD).await
    }

    /// All passwords of the settings.
    pub async fn secrets(&self) -> Result<Secrets> {
        let rows = read(&self.database).await?;
        let stored = Item::ALL.iter().filter(|item| rows.secrets.contains_key(item.name()));
        let mut secrets = Vec::new();
        for &item in stored {
            secrets.extend(self.unseal(&rows, item.name())?.map(|secret| (item, secret)));
        }
        Ok(secrets.into_iter().collect())
    }

    /// The stored secrets that these settings would send elsewhere than where they may go.
    pub async fn secrets_again(&self, settings: &Settings) -> Result<Vec<Problem>> {
        Ok(read(&self.database).await?.secrets_again(settings))
    }

    async fn named_secret(&self, name: &str) -> Result<Option<SecretString>> {
        self.unseal(&read(&self.database).await?, name)
    }

    fn unseal(&self, rows: &Rows, name: &str) -> Result<Option<SecretString>> {
        let Some(stored) = rows.secrets.get(name) else { return Ok(None) };
        let secret = self.vault.open(name, &stored.sealed);
        secret.map(Some).map_err(|_| anyhow!("{name} in the database is encrypted under another key file"))
    }

    /// Sets the instance password. It counts from the next login on, also in a running service.
    pub async fn set_instance_password(&self, password: &SecretString) -> Result<()> {
        self.put_instance_password(password, true).await.map(|_| ())
    }

    /// Sets the instance password unless there is one. Whether it was set.
    pub async fn set_first_instance_password(&self, password: &SecretString) -> Result<bool> {
        self.put_instance_password(password, false).await
    }

    /// What is kept of a sign-in, if anything is.
    pub async fn sign_in(&self) -> Result<Option<SecretString>> {
        self.named_secret(SIGN_IN).await
    }

    /// Replaces it, or removes it. When this returns, that has reached the disk.
    pub async fn set_sign_in(&self, kept: Option<&SecretString>) -> Result<()> {
        let sealed = kept.map(|kept| self.vault.seal(SIGN_IN, kept)).transpose();
        let sealed = sealed.map_err(|_| anyhow!("cannot encrypt the sign-in"))?;
        let mut transaction = self.database.begin().await?;
        // Whoever changes settings at the same time waits.
        Rows::read_for_change(&mut transaction).await?;
        Changes::to_secret(SIGN_IN, sealed).apply(&mut transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn put_instance_password(&self, password: &SecretString, replace: bool) -> Result<bool> {
        let sealed = self
            .vault
            .seal(INSTANCE_PASSWORD, password)
            .map_err(|_| anyhow!("cannot encrypt the instance password"))?;
        let mut transaction = self.database.begin().await?;
        let rows = Rows::read_for_change(&mut transaction).await?;
        if !replace && rows.secrets.contains_key(INSTANCE_PASSWORD) {
            return Ok(false);
        }
        Changes::of_secret(INSTANCE_PASSWORD, sealed).apply(&mut transaction).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Whether the database answers, and took what was written last.
    pub async fn check(&self) -> Result<()> {
        read(&self.database).await?;
        self.database.lookout.trouble().map_or(Ok(()), |trouble| Err(trouble.into()))
    }

    /// What is wrong with the database, now and whenever that changes.
    pub fn trouble(&self) -> watch::Receiver<Option<Trouble>> {
        self.database.lookout.subscribe()
    }

    /// Looks after the database: that its file is there, and after a failure whether it can be written again. To be
    /// called every now and then.
    pub async fn look(&self) {
        if self.database.lookout.look().is_err() || self.database.lookout.trouble().is_none() {
            return;
        }
        let tried = async {
            let mut transaction = self.database.begin().await?;
            Rows::read_for_change(&mut transaction).await?;
            transaction.commit().await
        };
        match tried.await {
            Ok(()) => info!("the database can be written again"),
            // It was told when it began.
            Err(error) => debug!("{error:#}"),
        }
    }

    /// Closes the connections to the database.
    pub async fn close(&self) {
        self.database.close().await;
    }
}

/// Settings and secrets as one moment has them.
async fn read(database: &Database) -> Result<Rows> {
    let mut transaction = database.snapshot().await?;
    let rows = Rows::read(&mut transaction).await?;
    transaction.commit().await?;
    Ok(rows)
}
