//! `cargo xtask build`

use crate::project::Project;
use crate::sizes::{self, Budget};
use crate::wasm::{Module, Purpose};
use crate::{compress, example, plugin, presence, stamp, tools};
use anyhow::{Context as _, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Options of `cargo xtask build`.
#[derive(clap::Args)]
pub struct Args {
    /// Build again even what is up to date
    #[arg(long)]
    force: bool,
    /// Soon done instead of small, as `serve` does it: for looking and for browser tests while something is written
    #[arg(long)]
    quick: bool,
    /// Build the example of docs/examples as well, soon done
    #[arg(long)]
    example: bool,
}

/// Something that is built into a folder of `pkg/`.
pub trait Package {
    /// Name of the folder.
    const NAME: &'static str;
    /// What a browser loads of it, at once or on demand, and how much that may be.
    const BUDGETS: &'static [Budget];
    /// The wasm modules in it.
    const MODULES: &'static [Module];
    /// The files that were written by hand and go into it.
    fn written(project: &Project) -> Result<Vec<PathBuf>>;
    /// Makes the files, uncompressed, in the empty folder `folder`. The modules are compiled.
    fn make(project: &Project, purpose: Purpose, folder: &Path) -> Result<()>;
}

/// Builds what is stale; fails when a package has grown too large.
pub fn run(args: &Args) -> Result<()> {
    let project = Project::find()?;
    if args.example {
        package::<example::Example>(&project, Purpose::TryOut, args.force)?;
    }
    if args.quick {
        return build(&project, Purpose::TryOut, args.force);
    }
    build(&project, Purpose::Delivery, args.force)?;
    if !sizes::print(&project)? {
        bail!("a package is over its budget");
    }
    Ok(())
}

/// Builds what is stale.
pub fn build(project: &Project, purpose: Purpose, force: bool) -> Result<()> {
    tools::for_build(project)?;
    package::<presence::Presence>(project, purpose, force)?;
    package::<plugin::Plugin>(project, purpose, force)
}

/// Builds one package if it is stale.
pub fn package<P: Package>(project: &Project, purpose: Purpose, force: bool) -> Result<()> {
    for module in P::MODULES {
        timed(module.name, module.is_missing(project, purpose), || module.compile(project, purpose))?;
    }
    let compiled: Vec<_> = P::MODULES.iter().map(|module| module.compiled(project, purpose)).collect();
    let written = P::written(project)?;
    // Other tools or another xtask may make other files of the same sources.
    let tools = [project.path("package-lock.json"), std::env::current_exe()?];
    let hash = stamp::of(compiled.iter().chain(&written).chain(&tools))?;
    let folder = project.path("pkg").join(P::NAME);
    let stamp = project.path("pkg").join(format!(".{}.stamp", P::NAME));
    if !force && folder.is_dir() && stamp::is(&stamp, &hash) {
        println!("pkg/{} is up to date", P::NAME);
        return Ok(());
    }
    timed(&format!("pkg/{}", P::NAME), false, || {
        // Made aside and then moved, so that a service that runs never sees half a package. The dot keeps it from being
        // served; the same folder keeps it on the same file system.
        let aside = project.path("pkg").join(format!(".{}", P::NAME));
        empty(&aside)?;
        P::make(project, purpose, &aside)?;
        if purpose == Purpose::Delivery {
            compress::folder(&aside)?;
        }
        remove(&folder)?;
        fs::rename(&aside, &folder).with_context(|| folder.display().to_string())?;
        stamp::set(&stamp, &hash)
    })
}

/// Says what is built before it is, and afterwards how long it took.
pub fn timed(what: &str, for_the_first_time: bool, work: impl FnOnce() -> Result<()>) -> Result<()> {
    let patience = if for_the_first_time { " (takes minutes the first time)" } else { "" };
    println!("building {what}{patience} …");
    let started = Instant::now();
    work()?;
    println!("{what} built in {:.1} s", started.elapsed().as_secs_f32());
    Ok(())
}

/// Makes `folder` an empty one.
pub fn empty(folder: &Path) -> Result<()> {
    remove(folder)?;
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    Ok(())
}
