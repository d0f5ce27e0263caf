//! What passed on this machine and is made of the same files since. Only on a developer's machine: the CI tests
//! everything.

use crate::process;
use crate::project::{Project, files_below};
use crate::stamp;
use anyhow::{Context as _, Result};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What belongs to every package. The fuzz targets are tests of the presence notes, too.
const COMMON: [&str; 5] = [".cargo", ".config", "Cargo.lock", "Cargo.toml", "fuzz/src"];

/// Packages whose tests look at files of other folders, or run for more than their own sake.
const ALWAYS: [&str; 5] = ["pbx-calendar", "pbx-calendar-pages", "pbx-calendar-plugin", "texts", "xtask"];

/// The memory of what passed.
pub struct Unchanged {
    folder: PathBuf,
    /// Nothing is left out.
    everything: bool,
}

impl Unchanged {
    /// `everything`: look at nothing, but still remember.
    pub fn new(project: &Project, everything: bool) -> Self {
        Self { folder: project.scratch("passed"), everything }
    }

    /// Whether `name` has passed with this hash.
    pub fn has_passed(&self, name: &str, hash: &str) -> bool {
        !self.everything && stamp::is(&self.folder.join(name), hash)
    }

    /// `name` has passed.
    pub fn remember(&self, name: &str, hash: &str) -> Result<()> {
        stamp::set(&self.folder.join(name), hash)
    }
}

/// A hash of files and folders of the checkout, and of the compiler.
pub fn hash(project: &Project, inputs: &[&Path]) -> Result<String> {
    let compiler = process::output(Command::new("rustc").arg("-vV"))?;
    let common = COMMON.map(|name| project.path(name));
    let inputs = common.iter().map(PathBuf::as_path).chain(inputs.iter().copied());
    let files = inputs.map(files_below).collect::<Result<Vec<_>>>()?.concat();
    Ok(stamp::short(&[&compiler, stamp::of(&files)?.as_bytes()]))
}

/// The packages whose tests depend on nothing but their sources, each with a hash of these.
pub fn packages(project: &Project) -> Result<BTreeMap<String, String>> {
    let mut cargo = process::cargo();
    cargo.args(["metadata", "--no-deps", "--format-version=1"]).current_dir(&project.root);
    let metadata: Json = serde_json::from_slice(&process::output(&mut cargo)?)?;
    let folders = folders(&metadata)?;
    let candidates = folders.keys().filter(|name| !ALWAYS.contains(&name.as_str()));
    candidates
        .map(|name| {
            let mut made_of = BTreeSet::new();
            collect(name, &folders, &mut made_of);
            let hash = hash(project, &made_of.into_iter().collect::<Vec<_>>())?;
            Ok((name.clone(), hash))
        })
        .collect()
}

/// The folder of each package, and what it needs of the others, for its tests as well.
type Folders = BTreeMap<String, (PathBuf, Vec<String>)>;

fn folders(metadata: &Json) -> Result<Folders> {
    let array = |of: &Json, name: &str| of.get(name).and_then(Json::as_array).cloned().unwrap_or_default();
    let text = |of: &Json, name: &str| of.get(name).and_then(Json::as_str).map(str::to_owned);
    let packages = array(metadata, "packages");
    let folder = |package: &Json| {
        let manifest = PathBuf::from(text(package, "manifest_path").context("a package without a manifest")?);
        let folder = manifest.parent().context("a manifest without a folder")?.to_owned();
        let own = array(package, "dependencies").into_iter().filter(|one| one.get("path").is_some());
        let own = own.filter_map(|one| text(&one, "name")).collect();
        Ok((text(package, "name").context("a package without a name")?, (folder, own)))
    };
    packages.iter().map(folder).collect()
}

fn collect<'a>(name: &str, folders: &'a Folders, made_of: &mut BTreeSet<&'a Path>) {
    if let Some((folder, own)) = folders.get(name)
        && made_of.insert(folder)
    {
        for name in own {
            collect(name, folders, made_of);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_made_of_those_that_it_needs_at_any_distance() {
        let folders = BTreeMap::from([
            ("a".to_owned(), (PathBuf::from("/a"), vec!["b".to_owned()])),
            ("b".to_owned(), (PathBuf::from("/b"), vec!["c".to_owned(), "b".to_owned()])),
            ("c".to_owned(), (PathBuf::from("/c"), vec![])),
        ]);
        let made_of = |name: &str| {
            let mut made_of = BTreeSet::new();
            collect(name, &folders, &mut made_of);
            made_of.into_iter().map(|path| path.display().to_string()).collect::<Vec<_>>()
        };
        assert_eq!(made_of("a"), ["/a", "/b", "/c"]);
        assert_eq!(made_of("c"), ["/c"]);
    }

    #[test]
    fn what_may_be_left_out_are_the_crates_beside_service_and_form() {
        let packages = packages(&Project::find().unwrap()).unwrap();
        for name in ["appwebsocket", "calendar", "calendar-presence", "graph-sim", "pbx-sim", "words"] {
            assert!(packages.contains_key(name), "{name}");
        }
        for name in ALWAYS {
            assert!(!packages.contains_key(name), "{name}");
        }
    }

    #[test]
    fn what_passed_is_remembered_until_it_changes_or_everything_is_wanted() {
        let root = std::env::temp_dir().join(format!("xtask-unchanged-{}", std::process::id()));
        let project = Project { target: root.join("target"), root: root.clone() };
        let unchanged = Unchanged::new(&project, false);
        assert!(!unchanged.has_passed("step", "1"));
        unchanged.remember("step", "1").unwrap();
        assert!(unchanged.has_passed("step", "1"));
        assert!(!unchanged.has_passed("step", "2"));
        assert!(!Unchanged::new(&project, true).has_passed("step", "1"));
        std::fs::remove_dir_all(&root).unwrap();
    }
}
