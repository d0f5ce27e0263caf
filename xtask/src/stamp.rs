//! Whether a build is up to date: what went into it is remembered as one hash beside the result.

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// A hash of `inputs`, names and contents. Contents, not times: a checkout of another branch and back leaves the times
/// new and the contents as they were.
pub fn of<'a>(inputs: impl IntoIterator<Item = &'a PathBuf>) -> Result<String> {
    let mut hash = Sha256::new();
    for input in inputs {
        hash.update(input.as_os_str().as_encoded_bytes());
        hash.update([0]);
        hash.update(Sha256::digest(fs::read(input).with_context(|| input.display().to_string())?));
    }
    Ok(hex(&hash.finalize()))
}

/// The start of a hash of some contents: enough to tell one build from another.
pub fn short(contents: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for content in contents {
        hash.update(content);
    }
    hex(&hash.finalize()).chars().take(16).collect()
}

/// Whether `stamp` holds `hash`.
pub fn is(stamp: &Path, hash: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|held| held == hash)
}

/// Remembers `hash` in `stamp`.
pub fn set(stamp: &Path, hash: &str) -> Result<()> {
    if let Some(folder) = stamp.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(stamp, hash).with_context(|| stamp.display().to_string())
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _never_fails = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_is_the_start_of_sha_256() {
        assert_eq!(short(&[b"a", b"bc"]), "ba7816bf8f01cfea");
    }

    #[test]
    fn changes_with_the_contents_of_a_file() {
        let file = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        fs::write(&file, "one").unwrap();
        let one = of([&file]).unwrap();
        fs::write(&file, "two").unwrap();
        let two = of([&file]).unwrap();
        fs::remove_file(&file).unwrap();
        assert_ne!(one, two);
    }
}
