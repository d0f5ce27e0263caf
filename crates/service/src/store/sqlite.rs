//! Opening one SQLite file.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::migrations;

/// How long a writer waits for another process.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

pub(super) async fn open(path: &Path) -> Result<SqlitePool> {
    let what = || format!("cannot open the database {}", path.display());
    let directory =
        path.parent().filter(|directory| !directory.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // SQLite itself has no lock for the time of a migration. This one makes two processes begin one after the other.
    let lock = File::open(directory).with_context(what)?;
    lock.lock().with_context(what)?;
    create_private(path).with_context(what)?;
    // With a write-ahead log and FULL every commit waits for the disk.
    let options = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY_TIMEOUT);
    let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await.with_context(what)?;
    migrations::of("sqlite")?.run(&pool).await.with_context(what)?;
    // The names of new files are durable only when their directory is.
    lock.sync_all().with_context(what)?;
    Ok(pool)
}

/// The file and those that SQLite puts beside it are nobody else's business.
fn create_private(path: &Path) -> io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}
