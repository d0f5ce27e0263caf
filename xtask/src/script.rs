//! Scripts and style sheets made small by esbuild.

use crate::process;
use crate::project::Project;
use crate::tools;
use anyhow::Result;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
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
    process::run(esbuild(project).arg(file).arg(option("--outfile=", file)).arg("--allow-overwrite"))
}

/// A module with all that it imports as one script. What it finds by address stays outside.
pub struct Bundle {
    /// The module.
    pub entry: PathBuf,
    /// A module whose exports stand for the global variables of the same names.
    pub inject: Option<PathBuf>,
    /// Name of the variable that a classic script sets to what the module exports; without it the script is a module.
    pub global: Option<&'static str>,
}

impl Bundle {
    /// A module from a module.
    pub fn new(entry: PathBuf) -> Self {
        Self { entry, inject: None, global: None }
    }

    /// Writes the script. Imported `.gz` files are inside, as bytes.
    pub fn write(&self, project: &Project, output: &Path) -> Result<()> {
        let mut esbuild = esbuild(project);
        esbuild.args(["--bundle", "--external:node:*", "--loader:.gz=binary"]);
        match self.global {
            Some(name) => esbuild.arg("--format=iife").arg(format!("--global-name={name}")),
            None => esbuild.arg("--format=esm"),
        };
        if let Some(inject) = &self.inject {
            esbuild.arg(option("--inject:", inject));
        }
        process::run(esbuild.arg(&self.entry).arg(option("--outfile=", output)).arg("--allow-overwrite"))
    }
}

fn option(name: &str, file: &Path) -> OsString {
    let mut argument = OsString::from(name);
    argument.push(file);
    argument
}
