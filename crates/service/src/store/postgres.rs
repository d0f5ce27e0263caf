//! The settings in a PostgreSQL database.

use std::time::Duration;

use anyhow::{Context, Result};
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{PgConnection, PgPool};

use super::queries::queries;
use super::rows::{Changes, Rows};

type Transaction = sqlx::Transaction<'static, sqlx::Postgres>;

static MIGRATOR: Migrator = sqlx::migrate!("migrations/postgres");

/// Begins a transaction that sees one moment, whatever others write meanwhile.
pub(super) const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";

/// How long a query waits for a connection; the database may be restarting.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

pub(super) async fn open(options: &PgConnectOptions) -> Result<PgPool> {
    // The address may hold a password: name only what is none.
    let what = || {
        format!(
            "cannot open the PostgreSQL database {} at {}",
            options.get_database().unwrap_or("(default)"),
            options.get_host()
        )
    };
    let pool = PgPoolOptions::new().max_connections(4).acquire_timeout(CONNECT_TIMEOUT);
    let pool = pool.connect_with(options.clone()).await.with_context(what)?;
    MIGRATOR.run(&pool).await.with_context(what)?;
    Ok(pool)
}

/// Makes other writers wait, and the commit for the disk, whatever the server's configuration says.
pub(super) async fn begin(pool: &PgPool) -> sqlx::Result<Transaction> {
    let mut transaction = pool.begin().await?;
    sqlx::query("SET LOCAL synchronous_commit = on").execute(&mut *transaction).await?;
    sqlx::query("SELECT revision FROM state FOR UPDATE").execute(&mut *transaction).await?;
    Ok(transaction)
}

queries!(PgConnection);
