//! The npm package `calendar-presence`, as `npm pack` makes it, but the same each time.

use super::archive::{Entry, tar_gz};
use crate::project::Project;
use anyhow::{Context as _, Result, ensure};
use serde_json::Value as Json;
use std::fs;
use std::path::{Path, PathBuf};

/// Makes the package in `folder`. `pkg/presence` has been built.
pub fn make(project: &Project, folder: &Path, time: u64) -> Result<PathBuf> {
    let built = project.path("pkg/presence");
    let manifest: Json = serde_json::from_slice(&fs::read(built.join("package.json"))?)?;
    let field = |name: &str| manifest.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    let (name, version) = (field("name"), field("version"));
    ensure!(version == super::version::VERSION, "package.json of {name} has version {version}");
    let mut entries = Vec::new();
    for file in files(&manifest)? {
        entries.push(Entry { mode: 0o644, ..Entry::file(&built.join(&file), &format!("package/{file}"))? });
    }
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        entries.push(Entry {
            mode: 0o644,
            ..Entry::file(&project.path(licence), &format!("package/{licence}"))?
        });
    }
    let path = folder.join(format!("{name}-{version}.tgz"));
    fs::write(&path, tar_gz(&entries, time)?).with_context(|| path.display().to_string())?;
    Ok(path)
}

/// What the manifest names, and itself, which always goes along.
fn files(manifest: &Json) -> Result<Vec<String>> {
    let named = manifest.get("files").and_then(Json::as_array).context("package.json names no files")?;
    let named = named.iter().filter_map(Json::as_str).map(str::to_owned);
    let mut files: Vec<_> = named.chain(["package.json".to_owned()]).collect();
    files.sort();
    files.dedup();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_manifest_goes_along_with_what_it_names() {
        let manifest = json!({"files": ["b.js", "a.js", "package.json"]});
        assert_eq!(files(&manifest).unwrap(), ["a.js", "b.js", "package.json"]);
        assert!(files(&json!({})).is_err());
    }
}
