//! `pkg/plugin`: what a web server hands to the PBX Manager.

use crate::build::{Package, empty};
use crate::project::{Project, files_below};
use crate::sizes::Budget;
use crate::wasm::Module;
use crate::{compress, script, stamp};
use anyhow::Result;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// Name of the form's files, which the delivered scripts ask for.
const FORM: &str = "pbxcalendar.form";
/// Their name before that: wasm-bindgen takes what follows a dot for an extension.
const GLUE: &str = "form";
/// How the names of the files begin that the PBX Manager itself asks for.
const HOST: &str = "pbxcalendar.calendarmanager";
/// Global variable that the single script sets.
const GLOBAL: &str = "pbxcalendarForm";
const SINGLE: &str = include_str!("single.mjs");
/// Stands in the delivered scripts where the hash of the form belongs, so that no cache mixes two builds.
const BUILD: &str = "__BUILD__";

/// The package.
pub struct Plugin;

impl Package for Plugin {
    const NAME: &'static str = "plugin";

    const BUDGET: Budget = Budget {
        bytes: 120_000,
        files: &[
            "pbxcalendar.calendarmanager.js",
            "pbxcalendar.calendarmanagertexts.js",
            "pbxcalendar.calendarmanager.css",
            "pbxcalendar.calendarmanager.png",
            "pbxcalendar.form.js",
            "pbxcalendar.form_bg.wasm",
        ],
    };

    const MODULE: Module =
        Module { package: "pbx-calendar-plugin", profile: "plugin", out_name: GLUE, finds_itself: false };

    /// The classic scripts, the style sheet and the icon.
    fn written(project: &Project) -> Result<Vec<PathBuf>> {
        let mut files = files_below(&project.path("www"))?;
        let folder = project.path("www");
        files.retain(|file| {
            let name = file.file_name().map(OsStr::to_string_lossy);
            file.parent() == Some(&folder) && name.is_some_and(|name| name.starts_with(HOST))
        });
        Ok(files)
    }

    fn make(project: &Project, compiled: &Path, written: &[PathBuf], folder: &Path) -> Result<()> {
        let glue = project.scratch("plugin");
        empty(&glue)?;
        Self::MODULE.bind(project, compiled, &glue)?;

        let wasm = fs::read(glue.join(format!("{GLUE}_bg.wasm")))?;
        fs::write(folder.join(format!("{FORM}_bg.wasm")), &wasm)?;
        script::bundle(project, &glue.join(format!("{GLUE}.js")), &folder.join(format!("{FORM}.js")))?;

        fs::write(glue.join(format!("{GLUE}_bg.wasm.gz")), compress::gzip(&wasm)?)?;
        fs::write(glue.join("single.mjs"), SINGLE)?;
        let single = folder.join(format!("{FORM}.single.js"));
        script::bundle_classic(project, &glue.join("single.mjs"), GLOBAL, &single)?;

        let build = stamp::short(&[&wasm, &fs::read(folder.join(format!("{FORM}.js")))?]);
        written.iter().try_for_each(|file| deliver(project, file, folder, &build))
    }
}

fn deliver(project: &Project, file: &Path, folder: &Path, build: &str) -> Result<()> {
    let Some(name) = file.file_name() else { return Ok(()) };
    let copy = folder.join(name);
    fs::copy(file, &copy)?;
    let kind = file.extension().and_then(OsStr::to_str);
    if kind == Some("js") {
        fs::write(&copy, fs::read_to_string(&copy)?.replace(BUILD, build))?;
    }
    if matches!(kind, Some("js" | "css")) {
        script::minify(project, &copy)?;
    }
    Ok(())
}
