//! The folders of the checkout.

use crate::process;
use anyhow::{Context as _, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What of the checkout cargo needs to build and test it.
pub const SOURCES: [&str; 12] = [
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "build.rs",
    "crates",
    "docs/examples",
    "index.html",
    "locales",
    "rust-toolchain.toml",
    "src",
    "www",
    "xtask",
];

/// Where things lie.
pub struct Project {
    /// The top of the checkout.
    pub root: PathBuf,
    /// Cargo's build directory, `target/` unless `CARGO_TARGET_DIR` or a configuration says otherwise.
    pub target: PathBuf,
}

impl Project {
    /// Asks cargo, because only cargo knows which of its settings moves the build directory.
    pub fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask has no parent directory")?;
        let mut metadata = process::cargo();
        metadata.args(["metadata", "--no-deps", "--format-version=1"]).current_dir(root);
        let metadata: serde_json::Value = serde_json::from_slice(&process::output(&mut metadata)?)?;
        let target = metadata.get("target_directory").and_then(serde_json::Value::as_str);
        let target = target.context("cargo metadata names no target directory")?.into();
        Ok(Self { root: root.into(), target })
    }

    /// Cargo in this checkout, with its build directory.
    pub fn cargo(&self) -> Command {
        let mut cargo = process::cargo();
        cargo.current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        cargo
    }

    /// A path below the checkout.
    pub fn path(&self, below: &str) -> PathBuf {
        self.root.join(below)
    }

    /// Where the stages of a build lie before they are complete.
    pub fn scratch(&self, name: &str) -> PathBuf {
        self.target.join("xtask").join(name)
    }

    /// The service as the dev profile builds it.
    pub fn service(&self) -> PathBuf {
        self.executable("debug")
    }

    /// The service as built under the profile whose folder in the target directory is `folder`.
    pub fn executable(&self, folder: &str) -> PathBuf {
        self.program(folder, "pbx-calendar")
    }

    /// Any program of the workspace, as built under the profile of this folder.
    pub fn program(&self, folder: &str, name: &str) -> PathBuf {
        self.target.join(folder).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }
}

/// All files below `folder`, sorted; for a file the file itself, for a missing folder nothing.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    if folder.is_file() {
        return Ok(vec![folder.to_owned()]);
    }
    let mut files = Vec::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
