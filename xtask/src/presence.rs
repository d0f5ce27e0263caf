//! `pkg/presence`: the npm package calendar-presence, with the page to try it.

use crate::build::{Package, empty};
use crate::project::{Project, files_below};
use crate::script::{Bundle, minify};
use crate::sizes::Budget;
use crate::wasm::{Module, Purpose};
use anyhow::{Context as _, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// The part written by hand, copied as it is but for the two scripts below.
const WRITTEN: &str = "www/presence";
/// The package's own script; it imports the generated glue as `./glue.js`.
const ENTRY: &str = "presence.js";
const ELEMENT: &str = "calendar-presence.js";
const WASM: &str = "presence_bg.wasm";

const MODULE: Module = Module {
    name: "presence",
    package: "calendar-presence-web",
    profile: "presence",
    out_name: "presence",
    finds_itself: true,
};

/// The package.
pub struct Presence;

impl Package for Presence {
    const NAME: &'static str = "presence";

    const BUDGETS: &'static [Budget] = &[Budget {
        name: Self::NAME,
        bytes: 20 * 1024,
        owed: 0,
        files: &[WASM, ENTRY, ELEMENT],
        one_of: &[],
    }];

    const MODULES: &'static [Module] = &[MODULE];

    fn written(project: &Project) -> Result<Vec<PathBuf>> {
        files_below(&project.path(WRITTEN))
    }

    fn make(project: &Project, purpose: Purpose, folder: &Path) -> Result<()> {
        let stage = project.scratch("presence");
        empty(&stage)?;
        MODULE.bind(project, purpose, &stage)?;
        fs::rename(stage.join("presence.js"), stage.join("glue.js"))?;
        fs::copy(stage.join(WASM), folder.join(WASM))?;
        for file in Self::written(project)? {
            let copy = folder.join(file.strip_prefix(project.path(WRITTEN))?);
            fs::create_dir_all(copy.parent().context("a file without a folder")?)?;
            fs::copy(file, &copy)?;
        }
        fs::copy(folder.join(ENTRY), stage.join(ENTRY))?;
        Bundle::new(stage.join(ENTRY)).write(project, &folder.join(ENTRY))?;
        minify(project, &folder.join(ELEMENT))
    }
}
