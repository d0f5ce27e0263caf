//! Whether two builds of the same sources are equal: the second is made from a copy in another folder, from nothing.

use super::make;
use crate::build::empty;
use crate::project::{Project, SOURCES, files_below};
use anyhow::{Context as _, Result, bail};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What a release is made of beside what cargo needs.
const MORE: [&str; 10] = [
    "CHANGELOG.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "SECURITY.md",
    "docs",
    "fuzz",
    "package-lock.json",
    "package.json",
    "packaging",
];

/// Builds again and compares with `first`.
pub fn run(project: &Project, time: u64, first: &[PathBuf]) -> Result<()> {
    let copy = copy(project)?;
    println!("\nbuilding again in {} (takes as long as the first time) …", copy.root.display());
    let second = make(&copy, time, None)?;
    // Also what does not show in the files of an archive: their order, times, and how they are packed.
    for (one, other) in first.iter().zip(&second) {
        if fs::read(one)? == fs::read(other)? {
            continue;
        }
        let is_tarball = one.to_string_lossy().ends_with(".tar.gz");
        let differences =
            if is_tarball { differences(&contents(one)?, &contents(other)?) } else { Vec::new() };
        bail!("two builds differ: {} and {}\n  {}", one.display(), other.display(), differences.join("\n  "));
    }
    println!("two builds in two folders are equal, byte for byte: {} files", first.len());
    fs::remove_dir_all(&copy.root).with_context(|| copy.root.display().to_string())
}

/// The sources in a folder whose name has another length.
fn copy(project: &Project) -> Result<Project> {
    let root = project.scratch("a-second-build");
    empty(&root)?;
    for source in SOURCES.iter().chain(&MORE) {
        for file in files_below(&project.path(source))? {
            let copy = root.join(file.strip_prefix(&project.root)?);
            fs::create_dir_all(copy.parent().context("a file without a folder")?)?;
            fs::copy(&file, &copy).with_context(|| file.display().to_string())?;
        }
    }
    let target = root.join("target");
    Ok(Project { root, target })
}

/// The hash of each file in a tarball.
type Contents = BTreeMap<PathBuf, Vec<u8>>;

fn contents(tarball: &Path) -> Result<Contents> {
    let file = fs::File::open(tarball).with_context(|| tarball.display().to_string())?;
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(file));
    let mut contents = Contents::new();
    for entry in archive.entries()? {
        let mut entry = entry?;
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        contents.insert(entry.path()?.into_owned(), Sha256::digest(&bytes).to_vec());
    }
    Ok(contents)
}

/// A line for each file that is not the same in both.
fn differences(first: &Contents, second: &Contents) -> Vec<String> {
    let missing = second.keys().filter(|path| !first.contains_key(*path));
    let other = first.iter().filter(|(path, hash)| second.get(*path) != Some(*hash)).map(|(path, _)| path);
    other.chain(missing).map(|path| path.display().to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hardening_19_every_file_that_differs_or_is_missing_is_named() {
        let contents = |files: &[(&str, u8)]| {
            files.iter().map(|(path, byte)| (PathBuf::from(path), vec![*byte])).collect::<Contents>()
        };
        let first = contents(&[("a", 1), ("b", 2), ("c", 3)]);
        let second = contents(&[("a", 1), ("b", 9), ("d", 4)]);
        assert_eq!(differences(&first, &second), ["b", "c", "d"]);
        assert_eq!(differences(&first, &first), Vec::<String>::new());
    }
}
