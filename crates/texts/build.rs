//! Makes constants of the texts in `locales/`, and stops where something is wrong with them.

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

const LOCALES: &str = "../../locales";

/// The texts that every item has.
const OF_ITEMS: [(&str, &str); 2] = [("label", "Label of an item."), ("help", "Line of help under an item.")];

fn main() -> io::Result<ExitCode> {
    let folder = Path::new(LOCALES);
    println!("cargo::rerun-if-changed=build.rs");
    for file in locales::files(folder) {
        println!("cargo::rerun-if-changed={}", file.display());
    }
    let locales = match locales::read(folder) {
        Ok(locales) => locales,
        Err(faults) => {
            for fault in faults {
                println!("cargo::error={fault}");
            }
            return Ok(ExitCode::FAILURE);
        }
    };
    let made = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    let made = Path::new(&made);
    fs::write(made.join("texts.rs"), locales::rust::constants(&locales))?;
    fs::write(made.join("items.rs"), locales::rust::functions(&locales, &OF_ITEMS))?;
    Ok(ExitCode::SUCCESS)
}
