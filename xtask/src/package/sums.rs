//! `SHA256SUMS`, as sha256sum(1) checks it.

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Writes the file beside the packages.
pub fn make(folder: &Path, packages: &[PathBuf]) -> Result<PathBuf> {
    let mut sums = String::new();
    for package in packages {
        let name = package.file_name().context("a package without a name")?.to_string_lossy();
        let bytes = fs::read(package).with_context(|| package.display().to_string())?;
        for byte in Sha256::digest(&bytes) {
            write!(sums, "{byte:02x}")?;
        }
        writeln!(sums, "  {name}")?;
    }
    let path = folder.join("SHA256SUMS");
    fs::write(&path, sums).with_context(|| path.display().to_string())?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_for_each_package() {
        let folder = std::env::temp_dir().join(format!("xtask-sums-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a"), "abc").unwrap();
        let sums = fs::read_to_string(make(&folder, &[folder.join("a")]).unwrap()).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(sums, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a\n");
    }
}
