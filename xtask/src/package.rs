//! `cargo xtask package`

use crate::build::{build, empty};
use crate::process;
use crate::project::{Project, files_below};
use crate::sizes;
use anyhow::{Context as _, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The built folders that go into a release.
const BUILT: [&str; 2] = ["pkg/plugin", "pkg/presence"];
/// What goes into it beside them and the executable.
const DOCUMENTS: [&str; 3] = ["LICENSE-APACHE", "LICENSE-MIT", "README.md"];

/// Options of `cargo xtask package`.
#[derive(clap::Args)]
#[command(
    after_help = "The package for the App Platform's JavaScript runtime (pkg/app-platform) is not available yet."
)]
pub struct Args {}

/// Makes the tarball.
pub fn run(_args: &Args) -> Result<()> {
    let project = Project::find()?;
    build(&project, false)?;
    if !sizes::print(&project)? {
        bail!("a package is over its budget");
    }
    let mut cargo = process::cargo();
    cargo.args(["build", "--release", "--package", "pbx-calendar"]).current_dir(&project.root);
    process::run(&mut cargo)?;

    let name = format!("pbx-calendar-{}-{}", env!("CARGO_PKG_VERSION"), platform()?);
    let folder = project.target.join("package");
    empty(&folder)?;
    let tarball = folder.join(format!("{name}.tar.gz"));
    write(&project, &tarball, &name)?;
    println!("\n{}", tarball.display());
    Ok(())
}

/// The target triple that rustc builds for by itself.
fn platform() -> Result<String> {
    let version = process::output(Command::new("rustc").arg("-vV"))?;
    let version = String::from_utf8_lossy(&version).into_owned();
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc -vV names no host")?.to_owned())
}

fn write(project: &Project, tarball: &Path, name: &str) -> Result<()> {
    let file = fs::File::create(tarball).with_context(|| tarball.display().to_string())?;
    let mut tar = tar::Builder::new(flate2::write::GzEncoder::new(file, flate2::Compression::best()));
    for (path, inside) in contents(project)? {
        tar.append_path_with_name(&path, Path::new(name).join(inside))
            .with_context(|| path.display().to_string())?;
    }
    tar.into_inner()?.finish()?;
    Ok(())
}

/// Each file and its place in the tarball: the executable with `pkg/` beside it, where it looks by itself.
fn contents(project: &Project) -> Result<Vec<(PathBuf, PathBuf)>> {
    let executable = project.executable("release");
    let file_name = executable.file_name().map(PathBuf::from).context("the executable has no name")?;
    let mut contents = vec![(executable, file_name)];
    contents.extend(DOCUMENTS.map(|document| (project.path(document), PathBuf::from(document))));
    for folder in BUILT {
        for file in files_below(&project.path(folder))? {
            let inside = file.strip_prefix(&project.root)?.to_owned();
            contents.push((file, inside));
        }
    }
    Ok(contents)
}
