//! What is in the database: one SQLite file or a PostgreSQL database. Both hold the same tables and are asked in the
//! same way.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `database` | the way of asking either database |
//! | `sqlite`, `postgres` | how each is opened |
//! | `migrations` | how their tables came to be |
//! | `rows` | settings and secrets |
//! | `calendars` | what the sources keep |
//! | `presences` | users for whom something may be shown at a PBX |

mod calendars;
mod database;
mod migrations;
mod postgres;
mod presences;
mod rows;
mod sqlite;

use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, anyhow, bail};
use calendar::settings::{Item, Problem, Settings};
use secrecy::SecretString;

use crate::database_url::DatabaseUrl;
use crate::keyfile;
use crate::source::Secrets;
use crate::vault::Vault;
pub use calendars::{Calendars, StoredCalendar};
use database::Database;
use rows::{Changes, Rows};

/// Name of the instance password among the secrets. No item is called so.
const INSTANCE_PASSWORD: &str = "instancePassword";

/// The database and the key to its secrets.
pub struct Store {
    database: Database,
    vault: Vault,
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
    /// Opens the database, brings its tables up to date and makes sure that the key file opens its secrets.
    pub async fn open(data: &Path, url: Option<&DatabaseUrl>) -> Result<Self> {
        keyfile::create_data_dir(data)?;
        let database = match url {
            None => Database::Sqlite(sqlite::open(&data.join("pbx-calendar.sqlite")).await?),
            Some(DatabaseUrl::Sqlite(path)) => Database::Sqlite(sqlite::open(path).await?),
            Some(DatabaseUrl::Postgres(options)) => {
                Database::Postgres(postgres::open(options.as_ref()).await?)
            }
        };
        let rows = read(&database).await?;
        let key_path = keyfile::path(data);
        let key = match keyfile::read(&key_path)? {
            Some(key) => key,
            None if rows.secrets.is_empty() => keyfile::create(&key_path)?,
            None => bail!(
                "the key file {} is missing, but the database holds secrets encrypted under it; restore it from a backup",
                key_path.display()
            ),
        };
        let vault = Vault::new(&key);
        for (name, sealed) in &rows.secrets {
            vault.open(name, sealed).map_err(|_| {
                anyhow!("the key file {} does not open the secrets in the database; restore the one they were encrypted under", key_path.display())
            })?;
        }
        Ok(Self { database, vault })
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
        let before = Rows::read_for_change(&mut transaction).await?.stored();
        if expected.is_some_and(|expected| expected != before.revision) {
            return Ok(Written::Conflict);
        }
        let after = match change(before.settings.clone()) {
            Ok(settings) => settings,
            Err(problems) => return Ok(Written::Refused(problems)),
        };
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

    async fn named_secret(&self, name: &str) -> Result<Option<SecretString>> {
        self.unseal(&read(&self.database).await?, name)
    }

    fn unseal(&self, rows: &Rows, name: &str) -> Result<Option<SecretString>> {
        let Some(sealed) = rows.secrets.get(name) else { return Ok(None) };
        let secret = self.vault.open(name, sealed);
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

    /// Whether the database answers.
    pub async fn check(&self) -> Result<()> {
        read(&self.database).await.map(|_| ())
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
