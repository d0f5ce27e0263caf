//! The pages at the top of the checkout are embedded: a new file there makes a new executable.

fn main() {
    for folder in ["try-out", "apps"] {
        println!("cargo::rerun-if-changed=../../www/{folder}");
    }
}
