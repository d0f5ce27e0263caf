//! Built files in memory: each is read and hashed once, whoever asks and however many do at the same time, until it
//! changes on the disk.

use std::collections::HashMap;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::http::HeaderValue;
use tokio::task::spawn_blocking;

use super::asset::etag;

/// Builds have a few dozen files. In a folder with more, all are read anew now and then.
const MAX_FILES: usize = 1024;

/// The files.
#[derive(Default)]
pub(crate) struct FileCache(Mutex<HashMap<PathBuf, Arc<Slot>>>);

/// A file, or who is reading it.
type Slot = tokio::sync::Mutex<Option<Kept>>;

/// A file as it was read.
#[derive(Clone)]
pub(super) struct Kept {
    pub body: Bytes,
    pub etag: HeaderValue,
    version: Version,
}

/// What changes when a file is written or replaced.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Version {
    inode: u64,
    length: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Version {
    fn of(file: &Metadata) -> Self {
        Self {
            inode: file.ino(),
            length: file.len(),
            modified: (file.mtime(), file.mtime_nsec()),
            changed: (file.ctime(), file.ctime_nsec()),
        }
    }
}

impl FileCache {
    /// A file; an error of the kind [`NotFound`](io::ErrorKind::NotFound) if there is none.
    pub(super) async fn get(&self, path: &Path) -> io::Result<Kept> {
        let version = Version::of(&tokio::fs::metadata(path).await?);
        let slot = self.slot(path);
        let mut kept = slot.lock().await;
        if let Some(kept) = kept.as_ref().filter(|kept| kept.version == version) {
            return Ok(kept.clone());
        }
        let path = path.to_owned();
        let read = spawn_blocking(move || read(&path)).await??;
        Ok(kept.insert(read).clone())
    }

    fn slot(&self, path: &Path) -> Arc<Slot> {
        // Nothing that holds the lock can leave the map half changed.
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = files.get(path) {
            return Arc::clone(slot);
        }
        if files.len() >= MAX_FILES {
            files.clear();
        }
        Arc::clone(files.entry(path.to_owned()).or_default())
    }
}

fn read(path: &Path) -> io::Result<Kept> {
    let mut file = File::open(path)?;
    let version = Version::of(&file.metadata()?);
    let mut body = Vec::new();
    file.read_to_end(&mut body)?;
    Ok(Kept { etag: etag(&body), body: body.into(), version })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn hardening_05_a_file_is_read_once_until_it_changes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.js");
        std::fs::write(&path, "one").unwrap();
        let cache = Arc::new(FileCache::default());
        let asking: Vec<_> = (0..50)
            .map(|_| {
                let (cache, path) = (Arc::clone(&cache), path.clone());
                tokio::spawn(async move { cache.get(&path).await.unwrap().body })
            })
            .collect();
        let mut bodies = Vec::new();
        for asked in asking {
            bodies.push(asked.await.unwrap());
        }
        assert!(bodies.iter().all(|body| body.as_ptr() == bodies[0].as_ptr()), "the same memory");
        std::fs::write(&path, "two!").unwrap();
        assert_eq!(cache.get(&path).await.unwrap().body, "two!");
        std::fs::remove_file(&path).unwrap();
        let gone = cache.get(&path).await.err().unwrap();
        assert_eq!(gone.kind(), io::ErrorKind::NotFound);
    }
}
