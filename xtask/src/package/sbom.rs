//! What a release is made of, for programs that compare it with lists of weaknesses: `CycloneDX` 1.6.

use super::version::VERSION;
use crate::licences::{self, RELEASE};
use crate::project::Project;
use anyhow::{Context as _, Result};
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Writes the list beside the packages.
pub fn make(project: &Project, folder: &Path, platform: &str) -> Result<PathBuf> {
    let metadata = licences::metadata(project, platform)?;
    let checksums = checksums(&fs::read_to_string(project.path("Cargo.lock"))?);
    let mut components: Vec<Json> = licences::foreign(&metadata, RELEASE)
        .into_iter()
        .map(|package| component(package, &checksums))
        .collect();
    components.sort_by_key(|component| component.get("purl").map(Json::to_string));
    let list = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": format!("pbx-calendar@{VERSION}"),
                "name": "pbx-calendar",
                "version": VERSION,
                "licenses": [{"expression": "MIT OR Apache-2.0"}],
            },
        },
        "components": components,
    });
    let path = folder.join(format!("pbx-calendar-{VERSION}-{platform}.cdx.json"));
    fs::write(&path, serde_json::to_string_pretty(&list)? + "\n")
        .with_context(|| path.display().to_string())?;
    Ok(path)
}

fn component(package: &Json, checksums: &HashMap<String, String>) -> Json {
    let field = |name: &str| package.get(name).and_then(Json::as_str);
    let (name, version) = (field("name").unwrap_or_default(), field("version").unwrap_or_default());
    let purl = format!("pkg:cargo/{name}@{}", version.replace('+', "%2B"));
    // A slash is an older way to write OR.
    let licence = field("license").map(|licence| licence.replace('/', " OR ").replace("  ", " "));
    let licences = licence.map(|licence| json!({"expression": licence}));
    let checksum = checksums.get(&format!("{name} {version}"));
    let hashes = checksum.map(|checksum| json!({"alg": "SHA-256", "content": checksum}));
    json!({
        "type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl,
        "licenses": Vec::from_iter(licences), "hashes": Vec::from_iter(hashes),
    })
}

/// The checksums of the packages' archives.
fn checksums(lock: &str) -> HashMap<String, String> {
    let packages = lock.split("[[package]]").filter_map(|package| {
        let field = |name: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = \""))?;
            line.strip_suffix('"')
        };
        Some((format!("{} {}", field("name")?, field("version")?), field("checksum")?.to_owned()))
    });
    packages.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_package_has_its_licence_and_the_checksum_of_its_archive() {
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.0.0+x\"\nchecksum = \"ab\"\n\n[[package]]\nname = \"ours\"\nversion = \"1\"\n";
        let package = json!({"name": "a", "version": "1.0.0+x", "license": "MIT/Apache-2.0"});
        let expected = json!({
            "type": "library", "bom-ref": "pkg:cargo/a@1.0.0%2Bx", "name": "a", "version": "1.0.0+x", "purl": "pkg:cargo/a@1.0.0%2Bx",
            "licenses": [{"expression": "MIT OR Apache-2.0"}], "hashes": [{"alg": "SHA-256", "content": "ab"}],
        });
        assert_eq!(checksums(lock).len(), 1);
        assert_eq!(component(&package, &checksums(lock)), expected);
    }
}
