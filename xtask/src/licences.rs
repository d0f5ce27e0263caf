//! The licences of what others wrote and a release contains: permissive ones ask that their texts go along.

use crate::process;
use crate::project::Project;
use anyhow::{Context as _, Result};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;

/// The packages whose machine code is in a release.
pub const RELEASE: &[&str] =
    &["calendar-presence-web", "pbx-calendar", "pbx-calendar-pages", "pbx-calendar-plugin"];
/// Those that a browser loads from an App Platform.
pub const PLUGIN: &[&str] = &["pbx-calendar-pages", "pbx-calendar-plugin"];
/// What browsers run.
pub const WASM: &str = "wasm32-unknown-unknown";

/// How files with a licence begin.
const NAMES: [&str; 5] = ["COPYING", "LICENCE", "LICENSE", "NOTICE", "UNLICENSE"];

/// Every text once, below the packages that it is of.
pub fn text(project: &Project, host: &str, shipped: &[&str]) -> Result<String> {
    let metadata = metadata(project, host)?;
    let mut packages = BTreeSet::new();
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in foreign(&metadata, shipped) {
        let field = |name: &str| package.get(name).and_then(Json::as_str).unwrap_or_default();
        let title = [field("name"), field("version")].join(" ");
        let folder = Path::new(field("manifest_path")).parent().context("a manifest without a folder")?;
        packages.insert([&title, ": ", field("license")].concat());
        for text in licences(folder)? {
            texts.entry(text).or_default().insert(title.clone());
        }
    }
    let list = packages.into_iter().collect::<Vec<_>>().join("\n");
    let texts = texts.into_iter().map(|(text, of)| {
        let of = of.into_iter().collect::<Vec<_>>().join(", ");
        format!("\n\n{}\n{of}\n\n{text}", "-".repeat(80))
    });
    Ok(["Contains software of others under these licences:\n\n", &list, &texts.collect::<String>(), "\n"]
        .concat())
}

/// What cargo knows of all packages for the host and for browsers.
pub fn metadata(project: &Project, host: &str) -> Result<Json> {
    let mut cargo = process::cargo();
    cargo.args(["metadata", "--format-version", "1", "--locked", "--filter-platform", host]);
    cargo.args(["--filter-platform", WASM]).current_dir(&project.root);
    Ok(serde_json::from_slice(&process::output(&mut cargo)?)?)
}

/// The packages that are not ours, of all that `shipped` are made of.
pub fn foreign<'a>(metadata: &'a Json, shipped: &[&str]) -> Vec<&'a Json> {
    let array = |of: &Json, name: &str| of.get(name).and_then(Json::as_array).cloned().unwrap_or_default();
    let id = |of: &Json, name: &str| of.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    let packages = metadata.get("packages").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    let resolve = metadata.get("resolve").unwrap_or(&Json::Null);
    // What only tests and build scripts use is not in a release.
    let is_normal = |dependency: &Json| {
        array(dependency, "dep_kinds").iter().any(|kind| kind.get("kind").is_none_or(Json::is_null))
    };
    let nodes: HashMap<String, Vec<String>> = array(resolve, "nodes")
        .iter()
        .map(|node| {
            let used = array(node, "deps");
            (id(node, "id"), used.iter().filter(|used| is_normal(used)).map(|used| id(used, "pkg")).collect())
        })
        .collect();
    let is_shipped = |package: &&Json| shipped.contains(&id(package, "name").as_str());
    let mut todo: Vec<String> = packages.iter().filter(is_shipped).map(|package| id(package, "id")).collect();
    let mut seen = BTreeSet::new();
    while let Some(next) = todo.pop() {
        if seen.insert(next.clone()) {
            todo.extend(nodes.get(&next).into_iter().flatten().cloned());
        }
    }
    let is_foreign = |package: &&Json| package.get("source").is_some_and(Json::is_string);
    packages.iter().filter(is_foreign).filter(|package| seen.contains(&id(package, "id"))).collect()
}

/// What stands in the files of a package that are named like a licence.
fn licences(folder: &Path) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for file in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let file = file?;
        let name = file.file_name().to_string_lossy().to_uppercase();
        if file.file_type()?.is_file() && NAMES.iter().any(|start| name.starts_with(start)) {
            let text = fs::read(file.path()).with_context(|| file.path().display().to_string())?;
            texts.push(String::from_utf8_lossy(&text).replace("\r\n", "\n").trim().to_owned());
        }
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_of_a_release_are_named_with_their_licences_and_ours_and_those_of_tests_are_not() {
        let text = text(&Project::find().unwrap(), "x86_64-unknown-linux-gnu", RELEASE).unwrap();
        let names = |name: &str| text.lines().any(|line| line.starts_with(&[name, " "].concat()));
        for name in ["axum", "leptos", "sqlx", "wasm-bindgen"] {
            assert!(names(name), "{name}");
        }
        for name in ["calendar", "pbx-calendar", "proptest", "windows-sys"] {
            assert!(!names(name), "{name}");
        }
        assert!(text.contains("Permission is hereby granted, free of charge"));
    }
}
