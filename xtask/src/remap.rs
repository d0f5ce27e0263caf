//! Paths without the folders of the machine that builds: panics and debug information name places, and two builds of
//! the same sources are to be equal wherever they are made.

use crate::process;
use crate::project::Project;
use anyhow::{Context as _, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What stands between two arguments in `CARGO_ENCODED_RUSTFLAGS`. Blanks may be part of a path.
const SEPARATOR: &str = "\u{1f}";

/// For `CARGO_ENCODED_RUSTFLAGS`.
pub fn rustflags(project: &Project) -> Result<String> {
    let flags = prefixes(project)?;
    let flags = flags.iter().map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()));
    Ok(flags.collect::<Vec<_>>().join(SEPARATOR))
}

/// For `CFLAGS`: ring and SQLite are in C. GCC and clang know it.
pub fn cflags(project: &Project) -> Result<String> {
    let flags = prefixes(project)?;
    let flags = flags.iter().map(|(from, to)| format!("-ffile-prefix-map={}={to}", from.display()));
    Ok(flags.collect::<Vec<_>>().join(" "))
}

/// Folders, and what is written in their place. Of several that fit the last counts.
fn prefixes(project: &Project) -> Result<Vec<(PathBuf, String)>> {
    let mut prefixes =
        vec![(project.root.clone(), ".".to_owned()), (project.target.clone(), "./target".to_owned())];
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let sources = home.context("cargo has no home: set CARGO_HOME")?.join("registry/src");
    let mut registries = fs::read_dir(&sources)
        .into_iter()
        .flatten()
        .map(|registry| Ok(registry?.path()))
        .collect::<Result<Vec<_>>>()?;
    registries.sort();
    prefixes.extend(registries.into_iter().map(|registry| (registry, String::new())));
    prefixes.extend(standard_library()?);
    Ok(prefixes)
}

/// Where rustup has put the sources of the standard library there is a path of this machine, elsewhere that of the
/// machine which built the compiler.
fn standard_library() -> Result<Option<(PathBuf, String)>> {
    let ask = |arguments: &[&str]| {
        let output = process::output(Command::new("rustc").args(arguments))?;
        anyhow::Ok(String::from_utf8_lossy(&output).into_owned())
    };
    let sysroot = ask(&["--print", "sysroot"])?;
    let version = ask(&["-vV"])?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: "));
    let sources = Path::new(sysroot.trim()).join("lib/rustlib/src/rust");
    Ok(commit.map(|commit| (sources, format!("/rustc/{commit}"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hardening_19_no_folder_of_this_machine_is_left() {
        let root = PathBuf::from("/home/somebody/a checkout");
        let project = Project { target: root.join("target"), root };
        let flags = rustflags(&project).unwrap();
        let flags: Vec<&str> = flags.split(SEPARATOR).collect();
        assert_eq!(flags[0], "--remap-path-prefix=/home/somebody/a checkout=.");
        assert_eq!(flags[1], "--remap-path-prefix=/home/somebody/a checkout/target=./target");
        assert!(flags.iter().all(|flag| flag.starts_with("--remap-path-prefix=/")), "{flags:?}");
        assert!(cflags(&project).unwrap().starts_with("-ffile-prefix-map=/home/somebody/a checkout=."));
    }
}
