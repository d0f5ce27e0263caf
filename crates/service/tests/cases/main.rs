//! Cases from the field: what people who synchronize calendars have reported, as small files in `tests/cases`, each of
//! which becomes a test. `tests/cases/kin` holds further members of each kind. What a file may say stands in
//! `tests/cases/README.md`.
//!
//! Spells of waiting and the patience of the service are shortened by the same factor. With `PBX_CALENDAR_CASES=real`
//! both are what they are in a released service, which takes many minutes.

// A test that meets what it does not expect has failed.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod case;
mod commands;
mod events;
mod faults;
mod graph;
mod pace;
mod player;
mod proxy;
mod removals;
#[allow(dead_code, unused_imports, reason = "tests of the service need more of it")]
#[path = "../service/support/mod.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};

use case::{Case, Type};

fn main() {
    let arguments = Arguments::from_args();
    let mut trials: Vec<Trial> = files().into_iter().map(|(name, path)| trial(&name, &path)).collect();
    trials.push(removals::trial());
    libtest_mimic::run(&arguments, trials).exit();
}

/// The files with the names of their tests.
fn files() -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let mut files = Vec::new();
    for (prefix, folder) in [("", folder.clone()), ("kin/", folder.join("kin"))] {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "json") {
                files.push((format!("{prefix}{}", path.file_stem().unwrap().display()), path));
            }
        }
    }
    files.sort();
    files
}

fn trial(name: &str, path: &Path) -> Trial {
    let text = events::marked(&fs::read_to_string(path).unwrap());
    let case: Case = match serde_json::from_str(&text) {
        Ok(case) => case,
        Err(error) => return Trial::test(name, move || Err(Failed::from(format!("no case: {error}")))),
    };
    // The tests in a browser play it: `tests/presence/fallback.test.mjs`.
    let elsewhere = matches!(case.r#type, Type::Element { .. });
    let trial = Trial::test(name, move || {
        play(&case);
        Ok(())
    });
    trial.with_ignored_flag(elsewhere)
}

fn play(case: &Case) {
    println!("{}; right: {}", case.situation, case.right);
    match &case.r#type {
        Type::Sync(sync) => tokio::runtime::Runtime::new().unwrap().block_on(player::play(sync)),
        Type::Explain(explain) => commands::explain(explain),
        Type::Present(present) => commands::present(present),
        Type::Element { .. } => unreachable!("played by a browser"),
    }
}
