//! What goes into a release, and how it is packed.

use super::archive::{self, Entry};
use super::{DOCUMENTS, OTHERS};
use crate::process;
use crate::project::{Project, files_below};
use anyhow::{Context as _, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folders that go into a release: what is built, and what the README refers to.
const FOLDERS: [&str; 3] = ["docs", "pkg/plugin", "pkg/presence"];

/// Seconds since 1970 that the files in the tarball bear: not those of the build, or no two tarballs were equal.
pub fn time(project: &Project) -> Result<u64> {
    if let Some(time) = std::env::var_os("SOURCE_DATE_EPOCH") {
        let time = time.to_str().and_then(|time| time.parse().ok());
        return time.context("SOURCE_DATE_EPOCH: seconds since 1970 are expected");
    }
    let mut git = Command::new("git");
    git.args(["log", "-1", "--format=%ct"]).current_dir(&project.root);
    // Sources without their history have no time of their own.
    let commit = process::output(&mut git).unwrap_or_default();
    Ok(String::from_utf8_lossy(&commit).trim().parse().unwrap_or(0))
}

/// Packs everything below a folder called `name`.
pub fn write(project: &Project, tarball: &Path, name: &str, time: u64) -> Result<()> {
    let entries = contents(project)?.into_iter().map(|(path, inside)| {
        let entry = Entry::file(&path, &inside.to_string_lossy())?;
        Ok(Entry { path: format!("{name}/{}", entry.path), ..entry })
    });
    let packed = archive::tar_gz(&entries.collect::<Result<Vec<_>>>()?, time)?;
    fs::write(tarball, packed).with_context(|| tarball.display().to_string())
}

/// Each file and its place in the tarball: the executable with `pkg/` beside it, where it looks by itself.
fn contents(project: &Project) -> Result<Vec<(PathBuf, PathBuf)>> {
    let executable = project.executable("release");
    let file_name = executable.file_name().map(PathBuf::from).context("the executable has no name")?;
    let mut contents = vec![(executable, file_name)];
    contents.push((project.target.join("package").join(OTHERS), PathBuf::from(OTHERS)));
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

    /// Writes files, the executable and a document, below a new folder of this name.
    fn project(name: &str, mode: u32) -> std::io::Result<Project> {
        let root = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        let project = Project { target: root.join("target"), root: root.clone() };
        let files =
            ["target/release/pbx-calendar", "target/package/LICENSES-OTHERS.txt", "pkg/plugin/form.js"];
        let files = files.into_iter().chain(DOCUMENTS).map(|file| root.join(file));
        for file in files {
            fs::create_dir_all(file.parent().unwrap_or(&root))?;
            fs::write(&file, "text")?;
            let mode = std::os::unix::fs::PermissionsExt::from_mode(mode);
            fs::set_permissions(file, mode)?;
        }
        Ok(project)
    }

    #[test]
    fn hardening_19_the_same_files_are_the_same_tarball_in_whatever_folder_and_whenever_they_were_made() {
        let (one, two) = (project("a", 0o600).unwrap(), project("another-folder", 0o664).unwrap());
        let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_hours(24);
        fs::File::options().write(true).open(two.path("README.md")).unwrap().set_modified(old).unwrap();
        let packed = [&one, &two].map(|project| {
            let tarball = project.root.join("x.tar.gz");
            write(project, &tarball, "x", 1_234_567_890).unwrap();
            let packed = fs::read(&tarball).unwrap();
            fs::remove_dir_all(&project.root).unwrap();
            packed
        });
        assert!(packed[0] == packed[1]);
    }

    #[test]
    fn the_service_finds_its_files_beside_it_and_no_other_file_is_there() {
        let root = std::env::temp_dir().join(format!("xtask-package-{}", std::process::id()));
        let project = Project { target: root.join("target"), root: root.clone() };
        let files = [
            "target/release/pbx-calendar",
            "target/package/LICENSES-OTHERS.txt",
            "CHANGELOG.md",
            "LICENSE-APACHE",
            "LICENSE-MIT",
            "README.md",
            "SECURITY.md",
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
        write(&project, &tarball, "x", 1_234_567_890).unwrap();

        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(fs::File::open(&tarball).unwrap()));
        let entries = archive.entries().unwrap().map(|entry| {
            let entry = entry.unwrap();
            let owner = (entry.header().uid().unwrap(), entry.header().gid().unwrap());
            assert_eq!((owner, entry.header().mtime().unwrap()), ((0, 0), 1_234_567_890));
            (entry.path().unwrap().display().to_string(), entry.header().mode().unwrap())
        });
        let entries: BTreeMap<String, u32> = entries.collect();
        fs::remove_dir_all(&root).unwrap();
        let expected = [
            ("x/CHANGELOG.md", 0o644),
            ("x/LICENSE-APACHE", 0o644),
            ("x/LICENSE-MIT", 0o644),
            ("x/LICENSES-OTHERS.txt", 0o644),
            ("x/README.md", 0o644),
            ("x/SECURITY.md", 0o644),
            ("x/docs/design.md", 0o644),
            ("x/pbx-calendar", 0o755),
            ("x/pkg/plugin/form.js", 0o644),
            ("x/pkg/plugin/form.js.br", 0o644),
            ("x/pkg/presence/index.html", 0o644),
        ];
        assert_eq!(entries, expected.map(|(path, mode)| (path.to_owned(), mode)).into());
    }
}
