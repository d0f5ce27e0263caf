//! Which database is opened with which key. A database and its key file belong together: where one of them is lost, a
//! new one in its place would only look as if nothing had happened.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use chrono::Utc;
use tracing::warn;

use super::database::Database;
use super::rows::{Changes, Rows};
use super::{Store, postgres, read, sqlite};
use crate::database_url::DatabaseUrl;
use crate::keyfile;
use crate::vault::Vault;

const FILE_NAME: &str = "pbx-calendar.sqlite";

/// Who opens a database.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// A command, while a service may be running.
    Beside,
    /// The one service on its file.
    Alone {
        /// Whether it may start afresh.
        new: bool,
    },
}

/// Where the state is.
enum Place<'a> {
    File(PathBuf),
    Server(&'a DatabaseUrl),
}

pub(super) async fn open(data: &Path, url: Option<&DatabaseUrl>, opening: Opening) -> Result<Store> {
    keyfile::create_data_dir(data)?;
    let place = match url {
        None => Place::File(data.join(FILE_NAME)),
        Some(DatabaseUrl::Sqlite(path)) => Place::File(path.clone()),
        Some(server @ DatabaseUrl::Postgres(_)) => Place::Server(server),
    };
    let lock = match (&place, opening) {
        (Place::File(file), Opening::Alone { .. }) => Some(sqlite::lock(file)?),
        _ => None,
    };
    let new = opening == Opening::Alone { new: true };
    let key_path = keyfile::path(data);
    // Read before the database is opened: a process that begins at the same time makes the tables before the key.
    let key = keyfile::read(&key_path)?;
    let Some(mut database) = place.open(new || key.is_none()).await? else {
        bail!(
            "the key file {} is there, but {}; restore the database from a backup, or start afresh with \
             `pbx-calendar serve --new`, without any of the settings",
            key_path.display(),
            place.is_lost()
        );
    };
    let mut rows = read(&database).await?;
    // Another process may have made key and secrets meanwhile, in this order.
    let key = if let Some(key) = key.map_or_else(|| keyfile::read(&key_path), |key| Ok(Some(key)))? {
        key
    } else {
        if !rows.secrets.is_empty() {
            database = place.without_key(database, new, &key_path).await?;
            rows = read(&database).await?;
        }
        keyfile::create(&key_path)?
    };
    let vault = Vault::new(&key);
    for (name, stored) in &rows.secrets {
        vault.open(name, &stored.sealed).map_err(|_| {
            anyhow!(
                "the key file {} does not open the secrets in the database; restore the one they were encrypted under",
                key_path.display()
            )
        })?;
    }
    if new && !rows.secrets.is_empty() {
        warn!("--new does nothing: the database and its key file are there");
    }
    if Changes::of_destinations(&rows).is_some() {
        settle_destinations(&database).await?;
    }
    Ok(Store { database, vault, _lock: lock })
}

/// Opens what is there, and changes nothing.
pub(super) async fn open_to_read(data: &Path, url: Option<&DatabaseUrl>) -> Result<Store> {
    let key_path = keyfile::path(data);
    let key = keyfile::read(&key_path)?.ok_or_else(|| {
        anyhow!("there is no key file {}; name the folder of the service with --data", key_path.display())
    })?;
    let database = match url {
        None => sqlite::open_to_read(&data.join(FILE_NAME)).await?,
        Some(DatabaseUrl::Sqlite(path)) => sqlite::open_to_read(path).await?,
        Some(DatabaseUrl::Postgres(options)) => postgres::open_to_read(options).await?,
    };
    Ok(Store { database, vault: Vault::new(&key), _lock: None })
}

impl Place<'_> {
    /// `None` if it would be a new one but must not.
    async fn open(&self, may_be_new: bool) -> Result<Option<Database>> {
        match self {
            Self::File(path) | Self::Server(DatabaseUrl::Sqlite(path)) => {
                sqlite::open(path, may_be_new).await
            }
            Self::Server(DatabaseUrl::Postgres(options)) => postgres::open(options, may_be_new).await,
        }
    }

    /// What is wrong where there is nothing.
    fn is_lost(&self) -> String {
        match self {
            Self::File(path) if path.exists() => format!("the database {} is empty", path.display()),
            Self::File(path) => format!("there is no database {}", path.display()),
            Self::Server(_) => "the database that --database names is empty".to_owned(),
        }
    }

    /// What is done with a database whose key file is lost.
    async fn without_key(&self, database: Database, new: bool, key_path: &Path) -> Result<Database> {
        let missing = format!(
            "the key file {} is missing, but the database holds secrets encrypted under it; restore it from a backup",
            key_path.display()
        );
        match self {
            Self::File(path) if new => {
                database.close().await;
                let aside = sqlite::put_aside(path, &Utc::now().format(".%Y%m%dT%H%M%SZ").to_string())?;
                warn!(old = %aside.display(), "starting afresh; the old database has another name now");
                self.open(true).await?.ok_or_else(|| anyhow!("cannot start afresh"))
            }
            Self::File(_) => {
                bail!(
                    "{missing}, or start afresh with `pbx-calendar serve --new`, without any of the settings"
                )
            }
            Self::Server(_) => bail!("{missing}, or name an empty database with --database"),
        }
    }
}

/// Binds the secrets that an older version stored to where they go now.
async fn settle_destinations(database: &Database) -> Result<()> {
    let mut transaction = database.begin().await?;
    let rows = Rows::read_for_change(&mut transaction).await?;
    if let Some(changes) = Changes::of_destinations(&rows) {
        changes.apply(&mut transaction).await?;
    }
    transaction.commit().await
}
