//! `cargo xtask fuzz`

use crate::process;
use crate::project::Project;
use anyhow::{Result, bail};
use std::process::Command;

/// The targets in `fuzz/`.
const TARGETS: [&str; 3] = ["parse", "round_trip", "format"];

/// Options of `cargo xtask fuzz`.
#[derive(clap::Args)]
pub struct Args {
    /// How long to run each target
    #[arg(default_value_t = 60)]
    seconds: u64,
    /// End each target after this many inputs, even before its time is over
    #[arg(long, value_name = "COUNT")]
    runs: Option<u64>,
}

/// Runs every fuzz target under libFuzzer; what it finds stays in `fuzz/artifacts`.
pub fn run(args: &Args) -> Result<()> {
    let project = Project::find()?;
    check_tools()?;
    for target in TARGETS {
        println!("\n=== {target}");
        let mut fuzz = Command::new("cargo");
        // Without unsafe code there is nothing for a sanitizer to find.
        fuzz.args(["+nightly", "fuzz", "run", "--sanitizer=none", target, "--"]);
        fuzz.args(["-max_len=1024", "-dict=notes.dict", "-print_final_stats=1"]);
        fuzz.arg(format!("-max_total_time={}", args.seconds));
        fuzz.args(args.runs.map(|runs| format!("-runs={runs}")));
        process::run(fuzz.current_dir(project.path("fuzz")))?;
    }
    Ok(())
}

/// Both are a matter of one command, but nothing that xtask would install unasked.
fn check_tools() -> Result<()> {
    let works = |words: &[&str]| process::output(Command::new("cargo").args(words)).is_ok();
    if !works(&["+nightly", "--version"]) {
        bail!("libFuzzer needs the nightly toolchain: run `rustup toolchain install nightly`");
    }
    if !works(&["+nightly", "fuzz", "--version"]) {
        bail!("cargo-fuzz is missing: run `cargo install cargo-fuzz`");
    }
    Ok(())
}
