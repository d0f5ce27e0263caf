//! `cargo xtask package`

use crate::build::{build, empty};
use crate::licences;
use crate::process;
use crate::project::{Project, files_below};
use crate::sizes;
use anyhow::{Context as _, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folders that go into a release: what is built, and what the README refers to.
const FOLDERS: [&str; 3] = ["docs", "pkg/plugin", "pkg/presence"];
/// What goes into it beside them and the executable.
const DOCUMENTS: [&str; 3] = ["LICENSE-APACHE", "LICENSE-MIT", "README.md"];
/// The licences of what others wrote, made beside the tarball.
const OTHERS: &str = "LICENSES-OTHERS.txt";

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

    let platform = platform()?;
    let name = format!("pbx-calendar-{}-{platform}", env!("CARGO_PKG_VERSION"));
    let folder = folder(&project);
    empty(&folder)?;
    fs::write(folder.join(OTHERS), licences::text(&project, &platform)?)?;
    let tarball = folder.join(format!("{name}.tar.gz"));
    write(&project, &tarball, &name)?;
    println!("\n{}", tarball.display());
    Ok(())
}

fn folder(project: &Project) -> PathBuf {
    project.target.join("package")
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
    // Neither owner nor times of the build machine, so that the same sources make the same tarball.
    tar.mode(tar::HeaderMode::Deterministic);
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
    contents.push((folder(project).join(OTHERS), PathBuf::from(OTHERS)));
    contents.extend(DOCUMENTS.map(|document| (project.path(document), PathBuf::from(document))));
    for folder in FOLDERS {
        for file in files_below(&project.path(folder))? {
            let inside = file.strip_prefix(&project.root)?.to_owned();
            contents.push((file, inside));
        }
    }
    Ok(contents)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn the_service_finds_its_files_beside_it_and_no_other_file_is_there() {
        let root = std::env::temp_dir().join(format!("xtask-package-{}", std::process::id()));
        let project = Project { target: root.join("target"), root: root.clone() };
        let files = [
            "target/release/pbx-calendar",
            "target/package/LICENSES-OTHERS.txt",
            "LICENSE-APACHE",
            "LICENSE-MIT",
            "README.md",
            "docs/design.md",
            "pkg/plugin/form.js",
            "pkg/plugin/form.js.br",
            "pkg/presence/index.html",
            "pkg/.plugin/half.js",
            "pkg/.plugin.stamp",
            "pkg/README.md",
            "target/release/other",
        ];
        for file in files.map(|file| root.join(file)) {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "text").unwrap();
        }
        let executable = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        fs::set_permissions(project.executable("release"), executable).unwrap();
        let tarball = root.join("x.tar.gz");
        write(&project, &tarball, "x").unwrap();

        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(fs::File::open(&tarball).unwrap()));
        let entries = archive.entries().unwrap().map(|entry| {
            let entry = entry.unwrap();
            let owner = (entry.header().uid().unwrap(), entry.header().gid().unwrap());
            assert_eq!(owner, (0, 0));
            (entry.path().unwrap().display().to_string(), entry.header().mode().unwrap())
        });
        let entries: BTreeMap<String, u32> = entries.collect();
        fs::remove_dir_all(&root).unwrap();
        let expected = [
            ("x/LICENSE-APACHE", 0o644),
            ("x/LICENSE-MIT", 0o644),
            ("x/LICENSES-OTHERS.txt", 0o644),
            ("x/README.md", 0o644),
            ("x/docs/design.md", 0o644),
            ("x/pbx-calendar", 0o755),
            ("x/pkg/plugin/form.js", 0o644),
            ("x/pkg/plugin/form.js.br", 0o644),
            ("x/pkg/presence/index.html", 0o644),
        ];
        assert_eq!(entries, expected.map(|(path, mode)| (path.to_owned(), mode)).into());
    }
}
