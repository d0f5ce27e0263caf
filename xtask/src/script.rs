//! Scripts and style sheets made small by esbuild.

use crate::process;
use crate::project::Project;
use crate::tools;
use anyhow::Result;
use std::path::Path;
use std::process::Command;

/// Browsers of early 2023: what the modules need as well.
const BROWSERS: &str = "--target=chrome111,firefox112,safari16.4";

fn esbuild(project: &Project) -> Command {
    let mut esbuild = tools::npm_program(project, "esbuild");
    esbuild.args(["--log-level=warning", "--minify", "--legal-comments=none", BROWSERS]);
    esbuild
}

/// One script or style sheet in place. It stays what it is, classic script or module, with its global names.
pub fn minify(project: &Project, file: &Path) -> Result<()> {
    process::run(esbuild(project).arg(file).arg(outfile(file)).arg("--allow-overwrite"))
}

/// A module with what it imports, in place of itself. The wasm module is found by address, so it stays outside.
pub fn bundle(project: &Project, entry: &Path, output: &Path) -> Result<()> {
    let mut esbuild = esbuild(project);
    esbuild.args(["--bundle", "--format=esm", "--external:node:*"]);
    process::run(esbuild.arg(entry).arg(outfile(output)).arg("--allow-overwrite"))
}

/// A module with all that it imports as one classic script, which sets `global` to what the module exports.
/// Imported `.gz` files are inside, as bytes.
pub fn bundle_classic(project: &Project, entry: &Path, global: &str, output: &Path) -> Result<()> {
    let mut esbuild = esbuild(project);
    esbuild.args(["--bundle", "--format=iife", "--loader:.gz=binary"]).arg(format!("--global-name={global}"));
    process::run(esbuild.arg(entry).arg(outfile(output)))
}

fn outfile(file: &Path) -> std::ffi::OsString {
    let mut argument = std::ffi::OsString::from("--outfile=");
    argument.push(file);
    argument
}
