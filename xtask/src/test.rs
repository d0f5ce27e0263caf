//! `cargo xtask test`
//!
//! | file | what it holds |
//! | --- | --- |
//! | `steps` | what each step does |
//! | `rust` | the tests in Rust, by cargo-nextest where it is installed |
//! | `run` | what all steps need: the checkout, a time limit, counting |
//! | `unchanged` | what passed and is as it was |

mod run;
mod rust;
mod steps;
mod unchanged;

use crate::process;
use crate::project::Project;
use crate::tally::Tally;
use anyhow::Result;
use clap::builder::{PossibleValue, PossibleValuesParser};
use run::Run;
use std::time::{Duration, Instant};
use unchanged::Unchanged;

/// Options of `cargo xtask test`.
#[derive(clap::Args)]
#[command(after_help = after_help())]
pub struct Args {
    /// Run this step alone (may be given several times)
    #[arg(long, value_name = "STEP", value_parser = names())]
    only: Vec<String>,
    /// Leave this step out (may be given several times)
    #[arg(long, value_name = "STEP", value_parser = names())]
    skip: Vec<String>,
    /// Run also what passed here before and has not changed since; the CI always does
    #[arg(long)]
    all: bool,
}

struct Step {
    name: &'static str,
    about: &'static str,
    /// When something must be wrong, also on a machine that is busy with other things.
    minutes: u64,
    run: fn(&Run) -> Result<Tally>,
}

const STEPS: [Step; 10] = [
    Step { name: "fmt", about: "the code is formatted", minutes: 5, run: steps::fmt },
    Step { name: "clippy", about: "no warning, natively", minutes: 45, run: steps::clippy },
    Step { name: "clippy-wasm", about: "no warning, as wasm", minutes: 30, run: steps::clippy_wasm },
    Step { name: "doc", about: "no warning in the documentation", minutes: 30, run: steps::doc },
    Step { name: "deny", about: "licences, advisories, doubles (cargo-deny)", minutes: 10, run: steps::deny },
    Step { name: "rust", about: "the tests in Rust", minutes: 60, run: rust::run },
    Step {
        name: "new-item",
        about: "a row and its texts make an item; --demo where it is left out",
        minutes: 30,
        run: steps::new_item,
    },
    Step { name: "xtask", about: "the tests of these commands", minutes: 20, run: steps::xtask },
    Step { name: "build", about: "both packages, within their budgets", minutes: 45, run: steps::build },
    Step {
        name: "browser",
        about: "the tests in tests/, with Node and Chromium",
        minutes: 45,
        run: steps::browser,
    },
];

/// What a test run has no time for.
const ELSEWHERE: &str = "
Left to other commands:
  cargo xtask soak     random faults for ten minutes; here they last 15 s
  cargo xtask fuzz     libFuzzer on presence notes; here the same code runs on 100 000 inputs of one seed
  cargo xtask bench    how fast it is; nothing here asserts speed
  cargo xtask package --check
                       whether two builds of a release are equal byte for byte

What has passed here is not tested again until something changes that it is made of: new-item, and with cargo-nextest
the tests of the crates beside the service and the form. It counts as skipped. --all or CI=true runs everything.";

fn names() -> PossibleValuesParser {
    PossibleValuesParser::new(STEPS.map(|step| PossibleValue::new(step.name)))
}

fn after_help() -> String {
    let lines = STEPS.iter().map(|step| format!("\n  {:<12} {}", step.name, step.about));
    format!("Steps:{}\n{ELSEWHERE}", lines.collect::<String>())
}

/// Runs all steps, also after one has failed, and sums up.
pub fn run(args: &Args) -> Result<()> {
    process::end_step_with_us()?;
    let started = Instant::now();
    let project = Project::find()?;
    let unchanged = Unchanged::new(&project, args.all || std::env::var_os("CI").is_some());
    let is_chosen = |step: &&Step| {
        let named = |names: &[String]| names.iter().any(|name| name == step.name);
        (args.only.is_empty() || named(&args.only)) && !named(&args.skip)
    };
    let chosen: Vec<_> = STEPS.iter().filter(is_chosen).collect();
    let mut run = Run::new(project, unchanged, chosen.iter().map(|step| step.name).collect());
    let mut total = Tally::default();
    let mut lines = Vec::new();
    for step in chosen {
        run.limit = Duration::from_mins(step.minutes);
        let (tally, line) = run_step(step, &run);
        total.add(tally);
        lines.push(line);
    }
    lines.extend(run.notes());
    println!("\n{}\ntotal {}\n{total}", lines.join("\n"), seconds(started));
    // The totals are the last line; an error would be printed after them.
    std::process::exit(i32::from(total.failed > 0));
}

fn run_step(step: &Step, run: &Run) -> (Tally, String) {
    println!("\n=== {}: {}", step.name, step.about);
    let started = Instant::now();
    let (tally, note) = match (step.run)(run) {
        Ok(tally) => (tally, String::new()),
        Err(error) => (Tally::one(false), format!(": {error:#}")),
    };
    let line = format!("{:<12} {:>8}  {tally}{note}", step.name, seconds(started));
    println!("--- {line}");
    (tally, line)
}

fn seconds(since: Instant) -> String {
    format!("{:.1} s", since.elapsed().as_secs_f32())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_names_every_step_and_what_is_left_to_other_commands() {
        let help = after_help();
        for step in &STEPS {
            assert!(help.contains(&format!("\n  {:<12} {}", step.name, step.about)), "{}", step.name);
        }
        for command in ["soak", "fuzz", "bench", "package --check"] {
            assert!(help.contains(&format!("cargo xtask {command}")), "{command}");
        }
    }
}
