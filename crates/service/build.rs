//! The pages are embedded from the top of the checkout; a new file there must be noticed.

use std::path::Path;
use std::{env, fs};

fn main() {
    for path in ["index.html", "www/try-out", "www/apps"] {
        println!("cargo:rerun-if-changed=../../{path}");
    }
    let index = fs::read("../../index.html").unwrap_or_default();
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    if let Err(error) = fs::write(Path::new(&out).join("index.html"), index) {
        println!("cargo::error=cannot write index.html: {error}");
    }
}
