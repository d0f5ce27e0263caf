//! Makes the style sheet smaller: without comments, line breaks and indentation.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let mut sheet = String::new();
    for file in ["crates/kit/src/fields.css", "src/form.css"] {
        println!("cargo::rerun-if-changed={file}");
        sheet += &fs::read_to_string(file)?;
    }
    let rules = sheet.split("/*").map(|part| part.split_once("*/").map_or(part, |(_, rules)| rules));
    let small = rules.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
    let folder = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    fs::write(Path::new(&folder).join("form.css"), small)
}
