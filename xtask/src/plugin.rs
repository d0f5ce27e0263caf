//! `pkg/plugin`: what a web server hands to the PBX Manager.

use crate::build::{Package, empty};
use crate::project::{Project, files_below};
use crate::script::{Bundle, minify};
use crate::sizes::Budget;
use crate::wasm::Module;
use crate::{compress, stamp};
use anyhow::Result;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// Name of the form's files, which the delivered scripts ask for.
const FORM: &str = "pbxcalendar.form";
/// Name of what wasm-bindgen makes. No dot: it would take what follows for an extension.
const GLUE: &str = "glue";
/// How the names of the files begin that the PBX Manager itself asks for.
const HOST: &str = "pbxcalendar.calendarmanager";
/// Global variable that the single script sets.
const GLOBAL: &str = "pbxcalendarForm";
/// Stands between the page and the module: the glue gets its `WebAssembly` instead of the browser's.
const GUARD: &str = "src/guard.js";
const FORM_ENTRY: &str = include_str!("plugin/form.mjs");
const SINGLE_ENTRY: &str = include_str!("plugin/single.mjs");
/// Stands in the delivered scripts where the hash of the form belongs, so that no cache mixes two builds.
const BUILD: &str = "__BUILD__";

/// The package.
pub struct Plugin;

impl Package for Plugin {
    const NAME: &'static str = "plugin";

    const BUDGET: Budget = Budget {
        bytes: 120 * 1024,
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

    fn written(project: &Project) -> Result<Vec<PathBuf>> {
        let mut files = delivered(project)?;
        files.push(project.path(GUARD));
        Ok(files)
    }

    fn make(project: &Project, compiled: &Path, folder: &Path) -> Result<()> {
        let stage = project.scratch("plugin");
        empty(&stage)?;
        Self::MODULE.bind(project, compiled, &stage)?;
        let wasm = fs::read(stage.join(format!("{GLUE}_bg.wasm")))?;
        fs::write(stage.join(format!("{GLUE}_bg.wasm.gz")), compress::gzip(&wasm)?)?;
        fs::copy(project.path(GUARD), stage.join("guard.js"))?;
        fs::write(stage.join("form.mjs"), FORM_ENTRY)?;
        fs::write(stage.join("single.mjs"), SINGLE_ENTRY)?;

        let form = folder.join(format!("{FORM}.js"));
        let guarded = Bundle { inject: Some(stage.join("guard.js")), ..Bundle::new(stage.join("form.mjs")) };
        guarded.write(project, &form)?;
        let single = Bundle { entry: stage.join("single.mjs"), global: Some(GLOBAL), ..guarded };
        single.write(project, &folder.join(format!("{FORM}.single.js")))?;
        fs::write(folder.join(format!("{FORM}_bg.wasm")), &wasm)?;

        let build = stamp::short(&[&wasm, &fs::read(form)?]);
        delivered(project)?.iter().try_for_each(|file| deliver(project, file, folder, &build))
    }
}

/// The classic scripts, the style sheet and the icon.
fn delivered(project: &Project) -> Result<Vec<PathBuf>> {
    let folder = project.path("www");
    let mut files = files_below(&folder)?;
    files.retain(|file| {
        let name = file.file_name().map(OsStr::to_string_lossy);
        file.parent() == Some(&folder) && name.is_some_and(|name| name.starts_with(HOST))
    });
    Ok(files)
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
        minify(project, &copy)?;
    }
    Ok(())
}
