//! Does a row in the table of items and its texts make an item? They are added to a copy of the sources, in which then
//! the service and the form are asked.

use crate::project::{Project, SOURCES, files_below};
use anyhow::{Context as _, Result};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// The files that tell an item from a name: the table, the texts, and what makes rows of them; and the demo, which the
/// service of the copy is without.
pub const INPUTS: [&str; 10] = [
    "crates/calendar/src/settings",
    "crates/service/Cargo.toml",
    "crates/service/src/no_demo.rs",
    "crates/locales",
    "crates/texts",
    "crates/words",
    "locales",
    "src/form",
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
const FORM: &str = "src/form/draft/seen.rs";

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
    let is_table = below == Path::new(TABLE);
    let is_form = below == Path::new(FORM);
    let language = below.file_stem().filter(|_| below.parent() == Some(Path::new("locales")));
    let language = language.and_then(OsStr::to_str).filter(|name| *name != "notes");
    if !is_manifest && !is_table && !is_form && language.is_none() {
        return Ok(bytes);
    }
    let mut text = String::from_utf8(bytes)?;
    if is_manifest {
        // Another version, so that cargo keeps apart in one directory what it builds of the copy and of the original.
        let (before, version) = text.split_once(VERSION).context("the workspace has no version")?;
        text = [before, VERSION, &version.replacen('"', "+new-item\"", 1)].concat();
    }
    if is_table {
        insert(&mut text, "\nitems! {", ROW)?;
    }
    if is_form {
        text.push_str(include_str!("new_item/form.rs"));
    }
    if let Some(language) = language {
        let texts = format!(r#""label": "Label {language}", "help": "Help {language}""#);
        insert(&mut text, "\n  \"item\": {", &format!("\n    \"newItem\": {{ {texts} }},"))?;
    }
    Ok(text.into_bytes())
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
