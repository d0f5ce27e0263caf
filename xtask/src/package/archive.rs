//! Archives that depend on what is packed alone: neither owner nor umask of the build machine, and a time that is given.

use anyhow::{Context as _, Result};
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;

/// Something in an archive.
pub struct Entry {
    /// Its place, with `/`.
    pub path: String,
    pub mode: u32,
    pub what: What,
}

pub enum What {
    File(Vec<u8>),
    Folder,
    /// A symbolic link to this place.
    Link(String),
}

impl Entry {
    /// A file of the disk. Of its mode only whether it can be run counts.
    pub fn file(from: &Path, path: &str) -> Result<Self> {
        let bytes = fs::read(from).with_context(|| from.display().to_string())?;
        Ok(Self { mode: mode(from)?, ..Self::text(path, bytes) })
    }

    /// A file of this content.
    pub fn text(path: &str, text: impl Into<Vec<u8>>) -> Self {
        Self { path: path.to_owned(), mode: 0o644, what: What::File(text.into()) }
    }

    /// A file that can be run.
    pub fn script(path: &str, text: impl Into<Vec<u8>>) -> Self {
        Self { mode: 0o755, ..Self::text(path, text) }
    }

    pub fn folder(path: &str) -> Self {
        Self { path: path.to_owned(), mode: 0o755, what: What::Folder }
    }

    pub fn link(path: &str, to: &str) -> Self {
        Self { path: path.to_owned(), mode: 0o777, what: What::Link(to.to_owned()) }
    }
}

#[cfg(unix)]
fn mode(file: &Path) -> Result<u32> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(file).with_context(|| file.display().to_string())?.permissions().mode();
    Ok(if mode & 0o100 == 0 { 0o644 } else { 0o755 })
}

#[cfg(not(unix))]
fn mode(_: &Path) -> Result<u32> {
    Ok(0o644)
}

/// A tarball, compressed.
pub fn tar_gz(entries: &[Entry], time: u64) -> Result<Vec<u8>> {
    let mut tar = tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best()));
    for Entry { path, mode, what } in entries {
        let mut header = tar::Header::new_gnu();
        header.set_mode(*mode);
        header.set_mtime(time);
        header.set_uid(0);
        header.set_gid(0);
        match what {
            What::File(bytes) => {
                header.set_entry_type(tar::EntryType::Regular);
                header.set_size(bytes.len() as u64);
                tar.append_data(&mut header, path, bytes.as_slice())
            }
            What::Folder => {
                header.set_entry_type(tar::EntryType::Directory);
                header.set_size(0);
                tar.append_data(&mut header, path, std::io::empty())
            }
            What::Link(to) => {
                header.set_entry_type(tar::EntryType::Symlink);
                header.set_size(0);
                tar.append_link(&mut header, path, to)
            }
        }
        .with_context(|| path.clone())?;
    }
    Ok(tar.into_inner()?.finish()?)
}

/// A zip file. All files bear the first instant that the format knows; what is in one is packed best.
pub fn zip(entries: &[Entry]) -> Result<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for Entry { path, mode, what } in entries {
        let options = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated)
            .compression_level(Some(9))
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(*mode);
        if let What::File(bytes) = what {
            zip.start_file(path, options).with_context(|| path.clone())?;
            zip.write_all(bytes)?;
        }
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn hardening_19_a_zip_file_depends_on_its_content_alone_and_others_can_read_it() {
        let entries = || [Entry::text("a.txt", "one"), Entry::script("b/c.txt", "two ".repeat(1000))];
        let packed = zip(&entries()).unwrap();
        assert_eq!(packed, zip(&entries()).unwrap());
        assert!(packed.len() < 1000);
        let mut read = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
        let mut text = String::new();
        read.by_name("b/c.txt").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!((read.len(), text), (2, "two ".repeat(1000)));
    }

    #[test]
    fn a_tarball_keeps_folders_links_and_modes_and_names_nobody() {
        let entries =
            [Entry::folder("x/"), Entry::script("x/run", "#!/bin/sh"), Entry::link("x/link", "run")];
        let packed = tar_gz(&entries, 1_234).unwrap();
        assert_eq!(packed, tar_gz(&entries, 1_234).unwrap());
        let mut read = tar::Archive::new(flate2::read::GzDecoder::new(packed.as_slice()));
        let read: Vec<_> = read
            .entries()
            .unwrap()
            .map(|entry| {
                let entry = entry.unwrap();
                let header = entry.header();
                let link = entry.link_name().unwrap().map(|link| link.display().to_string());
                assert_eq!((header.uid().unwrap(), header.mtime().unwrap()), (0, 1_234));
                (entry.path().unwrap().display().to_string(), header.mode().unwrap(), link)
            })
            .collect();
        let expected =
            [("x/", 0o755, None), ("x/run", 0o755, None), ("x/link", 0o777, Some("run".to_owned()))];
        assert_eq!(read, expected.map(|(path, mode, link)| (path.to_owned(), mode, link)));
    }
}
