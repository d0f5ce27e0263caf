//! `pkg/presence`: the npm package calendar-presence, with the page to try it.

use crate::build::{Package, empty};
use crate::project::{Project, files_below};
use crate::script;
use crate::sizes::Budget;
use crate::wasm::Module;
use anyhow::{Context as _, Result};
use std::fs;
use std::path::{Path, PathBuf};

const WRITTEN: &str = "www/presence";
/// What `www/presence/presence.js` imports the generated glue as.
const GLUE: &str = "glue.js";

/// The package.
pub struct Presence;

impl Package for Presence {
    const NAME: &'static str = "presence";

    const BUDGET: Budget =
        Budget { bytes: 20_000, files: &["presence_bg.wasm", "presence.js", "calendar-presence.js"] };

    const MODULE: Module = Module {
        package: "calendar-presence-web",
        profile: "presence",
        out_name: "presence",
        finds_itself: true,
    };

    fn written(project: &Project) -> Result<Vec<PathBuf>> {
        files_below(&project.path(WRITTEN))
    }

    fn make(project: &Project, compiled: &Path, written: &[PathBuf], folder: &Path) -> Result<()> {
        let glue = project.scratch("presence");
        empty(&glue)?;
        Self::MODULE.bind(project, compiled, &glue)?;
        fs::copy(glue.join("presence_bg.wasm"), folder.join("presence_bg.wasm"))?;
        for file in written {
            let copy = folder.join(file.strip_prefix(project.path(WRITTEN))?);
            fs::create_dir_all(copy.parent().context("a file without a folder")?)?;
            fs::copy(file, &copy)?;
        }
        entry(project, &glue, folder)?;
        let element = folder.join("calendar-presence.js");
        if element.is_file() { script::minify(project, &element) } else { Ok(()) }
    }
}

/// `presence.js`: the hand-written module with the glue inside, or the glue itself as long as there is none.
fn entry(project: &Project, glue: &Path, folder: &Path) -> Result<()> {
    let output = folder.join("presence.js");
    let generated = glue.join("presence.js");
    if !output.is_file() {
        return script::bundle(project, &generated, &output);
    }
    fs::rename(&generated, glue.join(GLUE))?;
    let entry = glue.join("entry.js");
    fs::rename(&output, &entry)?;
    script::bundle(project, &entry, &output)
}
