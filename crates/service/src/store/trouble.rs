//! What keeps a database from working, as far as it is told apart, and whether one is in trouble now.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Error, Result};
use thiserror::Error as ThisError;
use tokio::sync::watch;

/// What is wrong with a database. It names neither files nor hosts, so it may be told to whoever asks; the error
/// around it does, for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ThisError)]
pub enum Trouble {
    /// The file has lost its name.
    #[error(
        "the database file was deleted or moved away while the service was running; nothing is written any more. \
         Stop the service, put the file back or restore it from a backup, and start the service again"
    )]
    Deleted,
    /// Another file has its name.
    #[error(
        "the database file was replaced while the service was running; nothing is written any more. Start the service \
         again to use the new file"
    )]
    Replaced,
    /// There is no space left.
    #[error("the disk of the database is full; nothing can be stored until there is space on it")]
    DiskFull,
    /// The system refuses to write the file.
    #[error(
        "the disk of the database does not take what is written; look for a quota, a limit of file sizes and errors of \
         the disk"
    )]
    Disk,
    /// Another failure in writing.
    #[error("cannot write to the database")]
    Write,
}

impl Trouble {
    /// Code in the status.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Deleted | Self::Replaced => "databaseReplaced",
            Self::DiskFull => "diskFull",
            Self::Disk | Self::Write => "database",
        }
    }

    /// What is wrong as the status says it: a sentence.
    pub fn advice(self) -> String {
        let text = self.to_string();
        let mut characters = text.chars();
        let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
        format!("{first}{}. The log of the service tells more.", characters.as_str())
    }

    /// What a failure to write means.
    pub(super) fn of(error: &sqlx::Error) -> Self {
        let sqlx::Error::Database(error) = error else { return Self::Write };
        match error.code().as_deref() {
            // SQLITE_FULL, and PostgreSQL's disk_full.
            Some("13" | "53100") => Self::DiskFull,
            // SQLITE_IOERR_WRITE, _FSYNC, _DIR_FSYNC, _TRUNCATE and _SHMSIZE: a full disk has a code of its own.
            Some("778" | "1034" | "1290" | "1546" | "4874") => Self::Disk,
            _ => Self::Write,
        }
    }
}

/// Looks after a database: whether its file is still there, and whether the last write failed.
#[derive(Clone)]
pub(super) struct Lookout {
    file: Option<Arc<Identity>>,
    trouble: Arc<watch::Sender<Option<Trouble>>>,
}

/// The file that was opened. Its name may come to mean another one.
struct Identity {
    path: PathBuf,
    device: u64,
    inode: u64,
}

impl Lookout {
    /// For a database without a file of ours.
    pub fn without_file() -> Self {
        Self { file: None, trouble: Arc::new(watch::Sender::new(None)) }
    }

    /// For a file that has just been opened.
    pub fn of_file(path: &Path) -> io::Result<Self> {
        // Links may change as well; what counts is the file behind them.
        let metadata = fs::metadata(path)?;
        let identity = Identity { path: path.to_owned(), device: metadata.dev(), inode: metadata.ino() };
        Ok(Self { file: Some(Arc::new(identity)), ..Self::without_file() })
    }

    /// Fails where the name of the file no longer means the file that was opened.
    pub fn look(&self) -> Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let trouble = match fs::metadata(&file.path) {
            Ok(found) if (found.dev(), found.ino()) == (file.device, file.inode) => return Ok(()),
            Ok(_) => Trouble::Replaced,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Trouble::Deleted,
            // What cannot be looked at may still be written.
            Err(_) => return Ok(()),
        };
        self.note(Some(trouble));
        Err(Error::msg(format!("{} is no longer the file that was opened", file.path.display())))
            .context(trouble)
    }

    /// Notes a failure to write and says what it means.
    pub fn failed(&self, error: sqlx::Error) -> Error {
        let trouble = Trouble::of(&error);
        self.note(Some(trouble));
        let error = Error::new(error);
        match &self.file {
            Some(file) => error.context(file.path.display().to_string()).context(trouble),
            None => error.context(trouble),
        }
    }

    /// Something was written.
    pub fn worked(&self) {
        self.note(None);
    }

    pub fn trouble(&self) -> Option<Trouble> {
        *self.trouble.borrow()
    }

    pub fn subscribe(&self) -> watch::Receiver<Option<Trouble>> {
        self.trouble.subscribe()
    }

    fn note(&self, trouble: Option<Trouble>) {
        self.trouble.send_if_modified(|known| std::mem::replace(known, trouble) != trouble);
    }
}
