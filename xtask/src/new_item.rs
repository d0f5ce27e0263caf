//! Does a row in the table of items and its texts make an item? They are added to a copy of the sources, in which then
//! the service and the form are asked.

use crate::project::{Project, SOURCES, files_below};
use anyhow::{Context as _, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// The files that tell an item from a name: the table, the texts, and what makes rows of them; and the demo, which the
/// service of the copy is without.
pub const INPUTS: [&str; 8] = [
    "crates/calendar/src/settings",
    "crates/service/Cargo.toml",
    "crates/service/src/no_demo.rs",
    "crates/words",
    "src/form",
    "src/text",
    "xtask/src/new_item",
    "xtask/src/new_item.rs",
];

/// The table of items.
const TABLE: &str = "crates/calendar/src/settings/items.rs";

const ROW: &str = r#"
    /// What a newcomer adds.
    NewItem, new_item: Int<0, 9> = Int(3)
        => Row::new("newItem", Pbx);"#;

/// What stands before the version of all packages.
const VERSION: &str = "[workspace.package]\nversion = \"";

/// Where the form lists its rows, and so the test of the form goes.
const FORM: &str = "src/form/section.rs";

/// Where the test of the service goes.
const TEST: &str = "crates/service/tests/new_item.rs";

/// A copy of the sources with one item more. Files that are as they were keep their age, so that a second run compiles
/// nothing.
pub fn copy(project: &Project) -> Result<PathBuf> {
    let copy = project.scratch("new-item");
    let mut wanted = vec![copy.join(TEST)];
    write(&copy.join(TEST), include_bytes!("new_item/config_api.rs"))?;
    for source in SOURCES {
        let source = project.path(source);
        let files = if source.is_dir() { files_below(&source)? } else { vec![source] };
        for file in files {
            let below = file.strip_prefix(&project.root)?;
            let bytes = fs::read(&file).with_context(|| file.display().to_string())?;
            write(&copy.join(below), &with_item(below, bytes)?)?;
            wanted.push(copy.join(below));
        }
    }
    for file in files_below(&copy)? {
        if !wanted.contains(&file) {
            fs::remove_file(file)?;
        }
    }
    Ok(copy)
}

/// A file of the copy: the new item is in the table and in the texts, and nowhere else but in tests.
fn with_item(below: &Path, bytes: Vec<u8>) -> Result<Vec<u8>> {
    let is_manifest = below == Path::new("Cargo.toml");
    if !is_manifest && below.extension().is_none_or(|extension| extension != "rs") {
        return Ok(bytes);
    }
    let mut text = String::from_utf8(bytes)?;
    if is_manifest {
        // Another version, so that cargo keeps apart in one directory what it builds of the copy and of the original.
        let (before, version) = text.split_once(VERSION).context("the workspace has no version")?;
        text = [before, VERSION, &version.replacen('"', "+new-item\"", 1)].concat();
    }
    if below == Path::new(TABLE) {
        insert(&mut text, "\nitems! {", ROW)?;
    }
    if below == Path::new(FORM) {
        text.push_str(include_str!("new_item/form.rs"));
    }
    if below.starts_with("src") {
        for (function, name) in [("fn label(item: Item)", "Label"), ("fn help(item: Item)", "Help")] {
            add_text(&mut text, function, name)?;
        }
    }
    Ok(text.into_bytes())
}

/// Adds a row to the table of texts that this function is, where a file has it.
fn add_text(text: &mut String, function: &str, name: &str) -> Result<()> {
    let Some(at) = text.find(function) else { return Ok(()) };
    let mut table = text.split_off(at);
    let texts = ["en", "de", "fr", "it", "es", "nl"].map(|language| format!("\"{name} {language}\""));
    insert(&mut table, "match item {", &format!("\n        Item::NewItem => words![{}],", texts.join(", ")))?;
    text.push_str(&table);
    Ok(())
}

fn insert(text: &mut String, after: &str, addition: &str) -> Result<()> {
    let at = text.find(after).with_context(|| format!("there is no {after:?}"))? + after.len();
    text.insert_str(at, addition);
    Ok(())
}

fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(file).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, bytes).with_context(|| file.display().to_string())
}
