//! Opening a PostgreSQL database.

use std::time::Duration;

use anyhow::{Context, Result};
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use super::migrations;

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
    migrations::of("postgres")?.run(&pool).await.with_context(what)?;
    Ok(pool)
}
