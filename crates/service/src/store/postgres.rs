//! Opening a PostgreSQL database.

use std::time::Duration;

use anyhow::{Context, Result};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use super::database::{Database, Pool};
use super::migrations;
use super::trouble::Lookout;

/// How long a query waits for a connection; the database may be restarting.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Opens a database. `None` if it is empty, unless it `may_be_new`.
pub(super) async fn open(options: &PgConnectOptions, may_be_new: bool) -> Result<Option<Database>> {
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
    let has_tables: bool = sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL")
        .fetch_one(&pool)
        .await
        .with_context(what)?;
    if !may_be_new && !has_tables {
        return Ok(None);
    }
    migrations::of("postgres")?.run(&pool).await.with_context(what)?;
    Ok(Some(Database { pool: Pool::Postgres(pool), lookout: Lookout::without_file() }))
}

/// Opens an existing database as it is.
pub(super) async fn open_to_read(options: &PgConnectOptions) -> Result<Database> {
    let pool = PgPoolOptions::new().max_connections(2).acquire_timeout(CONNECT_TIMEOUT);
    let pool = pool.connect_with(options.clone()).await;
    let pool =
        pool.with_context(|| format!("cannot open the PostgreSQL database at {}", options.get_host()))?;
    Ok(Database { pool: Pool::Postgres(pool), lookout: Lookout::without_file() })
}
