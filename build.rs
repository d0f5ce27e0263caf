//! Makes the style sheet smaller: without comments, line breaks and indentation.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=src/form.css");
    let sheet = fs::read_to_string("src/form.css")?;
    let rules = sheet.split("/*").map(|part| part.split_once("*/").map_or(part, |(_, rules)| rules));
    let small = rules.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
    let folder = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    fs::write(Path::new(&folder).join("form.css"), small)
}
