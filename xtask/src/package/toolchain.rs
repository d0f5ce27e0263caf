//! The one compiler that releases are built with. `rust-toolchain.toml` cannot name it: rustup would download it for everybody
//! who only wants to test, or fail where it may not.

use crate::process;
use crate::project::Project;
use anyhow::{Context as _, Result, ensure};
use std::process::Command;

/// Fails unless rustc is the version that `Cargo.toml` names for releases.
pub fn check(project: &Project) -> Result<()> {
    let mut metadata = project.cargo();
    metadata.args(["metadata", "--no-deps", "--locked", "--format-version=1"]);
    let metadata: serde_json::Value = serde_json::from_slice(&process::output(&mut metadata)?)?;
    let wanted = metadata.pointer("/metadata/release/rust").and_then(serde_json::Value::as_str);
    let wanted = wanted.context("Cargo.toml has no workspace.metadata.release.rust")?;
    let version = process::output(Command::new("rustc").arg("--version"))?;
    compare(wanted, String::from_utf8_lossy(&version).trim())
}

/// `rustc 1.95.0 (59807616e 2026-04-14)` is what `1.95.0` wants.
fn compare(wanted: &str, version: &str) -> Result<()> {
    ensure!(
        version.split(' ').nth(1) == Some(wanted),
        "a release is built with Rust {wanted}, and this is {version}: run `rustup toolchain install {wanted}` and \
         `cargo +{wanted} xtask package`, or take this one with --any-toolchain"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hardening_19_another_version_is_refused_in_one_line_that_says_what_to_do() {
        assert!(compare("1.95.0", "rustc 1.95.0 (59807616e 2026-04-14)").is_ok());
        for other in ["rustc 1.95.1 (59807616e 2026-04-14)", "rustc 1.95.0-beta.1 (5980 2026-04-14)", ""] {
            let error = compare("1.95.0", other).unwrap_err().to_string();
            assert!(error.contains("cargo +1.95.0 xtask package") && !error.contains('\n'), "{error}");
        }
    }

    #[test]
    fn the_workspace_names_a_version() {
        let error = check(&Project::find().unwrap()).err().map(|error| error.to_string());
        assert!(error.is_none_or(|error| error.starts_with("a release is built with Rust 1.")));
    }
}
