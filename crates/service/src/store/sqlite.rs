//! Opening one SQLite file.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use tokio::signal::unix::{SignalKind, signal};

use super::database::{Database, Pool};
use super::migrations;
use super::trouble::Lookout;

/// How long a writer waits for another process.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// `SIGXFSZ`, which comes when a file outgrows the limit of the process.
const FILE_TOO_LARGE: i32 = 25;

/// Opens a file. `None` if there is none, or an empty one, unless it `may_be_new`.
pub(super) async fn open(path: &Path, may_be_new: bool) -> Result<Option<Database>> {
    let what = || format!("cannot open the database {}", path.display());
    // Once there is a handler for it, the signal no longer ends the process: the write fails, and is told.
    let _ = signal(SignalKind::from_raw(FILE_TOO_LARGE));
    // SQLite itself has no lock for the time of a migration. This one makes two processes begin one after the other.
    let lock = File::open(folder(path)).with_context(what)?;
    lock.lock().with_context(what)?;
    if !may_be_new && fs::metadata(path).map_or(true, |file| file.len() == 0) {
        return Ok(None);
    }
    create_private(path).with_context(what)?;
    // With a write-ahead log and FULL every commit waits for the disk.
    let options = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY_TIMEOUT);
    let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await.with_context(what)?;
    let tables: i64 =
        sqlx::query_scalar("SELECT count(*) FROM sqlite_master").fetch_one(&pool).await.with_context(what)?;
    if !may_be_new && tables == 0 {
        return Ok(None);
    }
    migrations::of("sqlite")?.run(&pool).await.with_context(what)?;
    // The names of new files are durable only when their directory is.
    lock.sync_all().with_context(what)?;
    let lookout = Lookout::of_file(path).with_context(what)?;
    Ok(Some(Database { pool: Pool::Sqlite(pool), lookout }))
}

/// Opens an existing file for reading alone.
pub(super) async fn open_to_read(path: &Path) -> Result<Database> {
    let what = || format!("cannot open the database {}", path.display());
    let options = SqliteConnectOptions::new().filename(path).read_only(true).busy_timeout(BUSY_TIMEOUT);
    let pool = SqlitePoolOptions::new().max_connections(2).connect_with(options).await.with_context(what)?;
    let lookout = Lookout::of_file(path).with_context(what)?;
    Ok(Database { pool: Pool::Sqlite(pool), lookout })
}

/// Sees to it that no other service works on a file. The lock goes with what is returned, or with the process.
pub(super) fn lock(path: &Path) -> Result<File> {
    let lock_path = beside(&real(path), ".lock");
    let what = || format!("cannot lock the database with {}", lock_path.display());
    let mut options = OpenOptions::new();
    let file = options.create(true).truncate(false).write(true).mode(0o600).open(&lock_path);
    let file = file.with_context(what)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!(
            "another pbx-calendar is running on the database {}; end it, or choose another folder with --data",
            path.display()
        ),
        Err(TryLockError::Error(error)) => Err(error).with_context(what),
    }
}

/// Puts a file aside, with those that SQLite has put beside it, and gives its new name.
pub(super) fn put_aside(path: &Path, suffix: &str) -> Result<PathBuf> {
    for part in ["-wal", "-shm", ""] {
        let (from, to) = (beside(path, part), beside(&beside(path, suffix), part));
        match fs::rename(&from, &to) {
            Err(error) if part.is_empty() || error.kind() != io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot rename {}", from.display()));
            }
            _ => {}
        }
    }
    Ok(beside(path, suffix))
}

/// The file behind all links, so that it has one lock whatever it is called.
fn real(path: &Path) -> PathBuf {
    let in_folder = || Some(fs::canonicalize(folder(path)).ok()?.join(path.file_name()?));
    fs::canonicalize(path).ok().or_else(in_folder).unwrap_or_else(|| path.to_owned())
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// The file and those that SQLite puts beside it are nobody else's business.
fn create_private(path: &Path) -> io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}
