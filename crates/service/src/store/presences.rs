//! Users for whom something of ours is or may be shown at a PBX. Neither notes nor names, only who they are.

use anyhow::{Context, Result};

use super::{Database, Store, postgres, sqlite};

const READ: &str = "SELECT guid FROM presence WHERE pbx = $1";
const NOTE: &str = "INSERT INTO presence (pbx, guid) VALUES ($1, $2) ON CONFLICT (pbx, guid) DO NOTHING";
const FORGET: &str = "DELETE FROM presence WHERE pbx = $1 AND guid = $2";

/// Forgets some users and notes others, all or none.
macro_rules! write {
    ($transaction:expr, $pbx:expr, $note:expr, $forget:expr) => {{
        let mut transaction = $transaction;
        for (statement, guids) in [(FORGET, $forget), (NOTE, $note)] {
            for guid in guids {
                sqlx::query(statement).bind($pbx).bind(guid).execute(&mut *transaction).await?;
            }
        }
        transaction.commit().await
    }};
}

impl Store {
    /// GUIDs of the users of a PBX.
    pub async fn presences(&self, pbx: &str) -> Result<Vec<String>> {
        let guids = match &self.database {
            Database::Sqlite(pool) => sqlx::query_scalar(READ).bind(pbx).fetch_all(pool).await,
            Database::Postgres(pool) => sqlx::query_scalar(READ).bind(pbx).fetch_all(pool).await,
        };
        guids.context("cannot read the database")
    }

    /// Notes some users and forgets others, all or none. When this returns, it has reached the disk.
    pub async fn note_presences(&self, pbx: &str, note: &[String], forget: &[String]) -> Result<()> {
        let written: sqlx::Result<()> = async {
            match &self.database {
                Database::Sqlite(pool) => write!(sqlite::begin(pool).await?, pbx, note, forget),
                Database::Postgres(pool) => write!(postgres::begin(pool).await?, pbx, note, forget),
            }
        }
        .await;
        written.context("cannot write to the database")
    }
}
