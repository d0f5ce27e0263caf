//! Where the settings live: one SQLite file or a PostgreSQL database. Both hold the same tables; what
//! differs between them stands in `sqlite` and `postgres`.

mod calendars;
mod postgres;
mod presences;
mod queries;
mod rows;
mod sqlite;

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};
use calendar::settings::{Item, Problem, Settings};
use secrecy::SecretString;
use sqlx::{PgPool, SqlitePool};

use crate::database_url::DatabaseUrl;
use crate::keyfile;
use crate::vault::Vault;
use rows::{Changes, Rows};

/// Name of the instance password among the secrets. No item is called so.
const INSTANCE_PASSWORD: &str = "instancePassword";

/// The database and the key to its secrets.
pub struct Store {
    database: Database,
    vault: Vault,
}

enum Database {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// A transaction that may write. It holds whatever lock makes other writers wait, in this process or another.
enum Transaction {
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
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
        let rows = database.read().await?;
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
        Ok(self.database.read().await?.stored())
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
        let before = transaction.read().await?.stored();
        if expected.is_some_and(|expected| expected != before.revision) {
            return Ok(Written::Conflict);
        }
        let after = match change(before.settings.clone()) {
            Ok(settings) => settings,
            Err(problems) => return Ok(Written::Refused(problems)),
        };
        let changes = Changes::between(&before, &after, &self.vault)?;
        transaction.apply(&changes).await?;
        let stored = transaction.read().await?.stored();
        transaction.commit().await?;
        Ok(Written::Done(Arc::new(stored)))
    }

    /// The instance password, if one has been set.
    pub async fn instance_password(&self) -> Result<Option<SecretString>> {
        self.named_secret(INSTANCE_PASSWORD).await
    }

    /// The stored text of a password item, if there is one.
    pub async fn secret(&self, item: Item) -> Result<Option<SecretString>> {
        self.named_secret(item.name()).await
    }

    async fn named_secret(&self, name: &str) -> Result<Option<SecretString>> {
        let rows = self.database.read().await?;
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
        if !replace && transaction.read().await?.secrets.contains_key(INSTANCE_PASSWORD) {
            return Ok(false);
        }
        transaction.apply(&Changes::of_secret(INSTANCE_PASSWORD, sealed)).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Whether the database answers.
    pub async fn check(&self) -> Result<()> {
        self.database.read().await.map(|_| ())
    }

    /// Closes the connections to the database.
    pub async fn close(&self) {
        match &self.database {
            Database::Sqlite(pool) => pool.close().await,
            Database::Postgres(pool) => pool.close().await,
        }
    }
}

impl Database {
    /// All rows as one moment has them.
    async fn read(&self) -> Result<Rows> {
        let read = async {
            match self {
                Self::Sqlite(pool) => sqlite::read(&mut *pool.begin().await?).await,
                Self::Postgres(pool) => {
                    postgres::read(&mut *pool.begin_with(postgres::SNAPSHOT).await?).await
                }
            }
        };
        read.await.context("cannot read the database")
    }

    async fn begin(&self) -> Result<Transaction> {
        let transaction = match self {
            Self::Sqlite(pool) => sqlite::begin(pool).await.map(Transaction::Sqlite),
            Self::Postgres(pool) => postgres::begin(pool).await.map(Transaction::Postgres),
        };
        transaction.context("cannot write to the database")
    }
}

impl Transaction {
    async fn read(&mut self) -> Result<Rows> {
        let rows = match self {
            Self::Sqlite(transaction) => sqlite::read(transaction).await,
            Self::Postgres(transaction) => postgres::read(transaction).await,
        };
        rows.context("cannot read the database")
    }

    async fn apply(&mut self, changes: &Changes) -> Result<()> {
        let applied = match self {
            Self::Sqlite(transaction) => sqlite::apply(transaction, changes).await,
            Self::Postgres(transaction) => postgres::apply(transaction, changes).await,
        };
        applied.context("cannot write to the database")
    }

    async fn commit(self) -> Result<()> {
        let committed = match self {
            Self::Sqlite(transaction) => transaction.commit().await,
            Self::Postgres(transaction) => transaction.commit().await,
        };
        committed.context("cannot write to the database")
    }
}
