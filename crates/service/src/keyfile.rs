//! The key file: 32 random bytes that only the service may read. Everything secret in the database is encrypted
//! under it, so a copy of the database alone gives nothing away.

use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// Length of a key for XChaCha20-Poly1305.
pub(crate) const KEY_BYTES: usize = 32;

/// The key itself.
pub(crate) type Key = [u8; KEY_BYTES];

/// Where the key file lies in the data directory.
pub(crate) fn path(data: &Path) -> PathBuf {
    data.join("secret.key")
}

/// Creates the data directory, readable by its owner alone, if it is not there yet.
pub(crate) fn create_data_dir(data: &Path) -> Result<()> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(data)
        .with_context(|| format!("cannot create the data directory {}", data.display()))
}

/// Reads the key file. `None` if there is none.
pub(crate) fn read(path: &Path) -> Result<Option<Key>> {
    let metadata = match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        metadata => metadata.with_context(|| format!("cannot read the key file {}", path.display()))?,
    };
    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        bail!(
            "the key file {0} is open to other users (mode {mode:03o}); run `chmod 600 {0}`",
            path.display()
        );
    }
    let bytes = fs::read(path).with_context(|| format!("cannot read the key file {}", path.display()))?;
    match Key::try_from(bytes.as_slice()) {
        Ok(key) => Ok(Some(key)),
        Err(_) => bail!(
            "the key file {} holds {} bytes instead of {KEY_BYTES}; restore it from a backup",
            path.display(),
            bytes.len()
        ),
    }
}

/// Creates the key file with a random key, or reads the one that another process has just created.
pub(crate) fn create(path: &Path) -> Result<Key> {
    let what = || format!("cannot create the key file {}", path.display());
    let directory = path.parent().unwrap_or(Path::new("."));
    let key: Key = rand::random();
    // The file appears under its name complete or not at all, and never over an existing one. It is created with
    // O_EXCL and mode 0600.
    let mut file = tempfile::NamedTempFile::new_in(directory).with_context(what)?;
    file.write_all(&key).and_then(|()| file.as_file().sync_all()).with_context(what)?;
    match file.persist_noclobber(path) {
        Ok(_) => sync_directory(directory).with_context(what)?,
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error.error).with_context(what),
    }
    read(path)?.with_context(what)
}

/// Makes new names in a directory durable.
fn sync_directory(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_created_key_reads_back_and_is_private() {
        let directory = tempfile::tempdir().unwrap();
        let path = path(directory.path());
        assert_eq!(read(&path).unwrap(), None);
        let key = create(&path).unwrap();
        assert_eq!(read(&path).unwrap(), Some(key));
        assert_eq!(create(&path).unwrap(), key, "an existing key is never replaced");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_key_file_that_others_can_read_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let path = path(directory.path());
        create(&path).unwrap();
        for mode in [0o640, 0o604, 0o660] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let error = read(&path).unwrap_err().to_string();
            assert!(error.contains(&format!("mode {mode:03o}")), "{error}");
        }
    }

    #[test]
    fn a_key_file_of_another_length_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let path = path(directory.path());
        create(&path).unwrap();
        fs::write(&path, b"short").unwrap();
        let error = read(&path).unwrap_err().to_string();
        assert!(error.contains("holds 5 bytes instead of 32"), "{error}");
    }
}
