//! The way to the tables of appointments.

use std::path::Path;

use anyhow::Result;

use super::{Database, Store};
use crate::database_url::DatabaseUrl;
use crate::source::{Calendars, Pool};

impl Store {
    /// The appointments in this database, sealed under its key.
    pub fn calendars(&self) -> Calendars {
        let pool = match &self.database {
            Database::Sqlite(pool) => Pool::Sqlite(pool.clone()),
            Database::Postgres(pool) => Pool::Postgres(pool.clone()),
        };
        Calendars::new(pool, self.vault.clone())
    }
}

impl Calendars {
    /// Opens a database for its appointments alone. `data` is the folder of the key file, and of the database unless
    /// there is another.
    pub async fn open(data: &Path, database: Option<&DatabaseUrl>) -> Result<Self> {
        Ok(Store::open(data, database).await?.calendars())
    }
}
