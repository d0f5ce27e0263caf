//! `pkg/example`: the Leptos program of `docs/examples/leptos-host`, which shows the form on a page of its own.

use crate::build::Package;
use crate::project::{Project, files_below};
use crate::sizes::Budget;
use crate::wasm::{Module, Purpose};
use crate::{catalogue, plugin};
use anyhow::{Context as _, Result};
use std::fs;
use std::path::{Path, PathBuf};

const FOLDER: &str = "docs/examples/leptos-host";

const MODULE: Module = Module {
    name: "example",
    package: "example-leptos-host",
    profile: "plugin",
    out_name: "example",
    finds_itself: true,
};

/// The package. Nobody is handed it, so it has no budget.
pub struct Example;

impl Package for Example {
    const NAME: &'static str = "example";

    const BUDGETS: &'static [Budget] = &[];

    const MODULES: &'static [Module] = &[MODULE];

    fn written(project: &Project) -> Result<Vec<PathBuf>> {
        let mut files = pages(project)?;
        for texts in plugin::parts().take(1) {
            files.extend(texts.files(project)?);
        }
        Ok(files)
    }

    fn make(project: &Project, purpose: Purpose, folder: &Path) -> Result<()> {
        MODULE.bind(project, purpose, folder)?;
        for file in pages(project)? {
            fs::copy(&file, folder.join(file.file_name().context("a file without a name")?))?;
        }
        // Those of the form come first.
        let texts = plugin::parts().next().context("a form without texts")?;
        for (language, texts) in catalogue::of(project, texts)? {
            fs::write(folder.join(format!("texts.{language}.json")), texts)?;
        }
        Ok(())
    }
}

/// What stands beside the program.
fn pages(project: &Project) -> Result<Vec<PathBuf>> {
    let mut files = files_below(&project.path(FOLDER))?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "html" || extension == "js"));
    Ok(files)
}
