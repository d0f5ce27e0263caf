//! `cargo xtask test`

use crate::new_item;
use crate::process;
use crate::project::{Project, files_below};
use crate::tally::Tally;
use crate::tools;
use anyhow::{Result, anyhow, bail};
use clap::builder::{PossibleValue, PossibleValuesParser};
use std::cell::RefCell;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

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
}

struct Step {
    name: &'static str,
    about: &'static str,
    minutes: u64,
    run: fn(&Run) -> Result<Tally>,
}

const STEPS: [Step; 10] = [
    Step { name: "fmt", about: "the code is formatted", minutes: 2, run: fmt },
    Step { name: "clippy", about: "no warning, natively", minutes: 20, run: clippy },
    Step { name: "clippy-wasm", about: "no warning, as wasm", minutes: 10, run: clippy_wasm },
    Step { name: "doc", about: "no warning in the documentation", minutes: 10, run: doc },
    Step { name: "deny", about: "licences, advisories, doubles (cargo-deny)", minutes: 5, run: deny },
    Step { name: "rust", about: "the tests in Rust", minutes: 20, run: rust },
    Step { name: "new-item", about: "a row and its texts make an item", minutes: 15, run: add_item },
    Step { name: "xtask", about: "the tests of these commands", minutes: 5, run: xtask },
    Step { name: "build", about: "both packages, within their budgets", minutes: 15, run: build },
    Step { name: "browser", about: "the tests in tests/, with Node and Chromium", minutes: 15, run: browser },
];

fn names() -> PossibleValuesParser {
    PossibleValuesParser::new(STEPS.map(|step| PossibleValue::new(step.name)))
}

fn after_help() -> String {
    let lines = STEPS.iter().map(|step| format!("\n  {:<12} {}", step.name, step.about));
    format!("Steps:{}", lines.collect::<String>())
}

/// Runs all steps, also after one has failed, and sums up.
pub fn run(args: &Args) -> Result<()> {
    process::end_step_with_us()?;
    let started = Instant::now();
    let mut run = Run { project: Project::find()?, limit: Duration::ZERO, missing: RefCell::default() };
    let mut total = Tally::default();
    let mut lines = Vec::new();
    let chosen = |step: &&Step| {
        let named = |names: &[String]| names.iter().any(|name| name == step.name);
        (args.only.is_empty() || named(&args.only)) && !named(&args.skip)
    };
    for step in STEPS.iter().filter(chosen) {
        run.limit = Duration::from_mins(step.minutes);
        let (tally, line) = run_step(step, &run);
        total.add(tally);
        lines.push(line);
    }
    lines.extend(run.missing.take());
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

/// What a step needs to know, and where it says what it misses on this machine.
struct Run {
    project: Project,
    limit: Duration,
    missing: RefCell<Vec<String>>,
}

impl Run {
    /// A cargo command in the checkout.
    fn cargo(&self, words: &[&str]) -> Command {
        let mut cargo = process::cargo();
        cargo.args(words).current_dir(&self.project.root);
        cargo
    }

    /// A program whose exit status is the whole result.
    fn check(&self, mut command: Command) -> Result<Tally> {
        match process::run_limited(&mut command, self.limit, |_| {})? {
            Some(status) => Ok(Tally::one(status.success())),
            None => self.out_of_time(&command),
        }
    }

    /// A program that says how many tests passed.
    fn runner(&self, mut command: Command) -> Result<Tally> {
        let mut tally = Tally::default();
        let status = process::run_limited(&mut command, self.limit, |line| tally.read(line))?;
        let Some(status) = status else { return self.out_of_time(&command) };
        if !status.success() && tally.failed == 0 {
            // It did not come to its tests, or not to the end of them.
            tally.failed = 1;
        }
        Ok(tally)
    }

    fn out_of_time(&self, command: &Command) -> Result<Tally> {
        bail!("{} was ended after {} minutes", process::shown(command), self.limit.as_secs() / 60)
    }

    /// Something that was not to be had, in one line.
    fn misses(&self, error: &anyhow::Error) {
        println!("{error:#}");
        self.missing.borrow_mut().push(format!("{error:#}"));
    }
}

fn fmt(run: &Run) -> Result<Tally> {
    run.check(run.cargo(&["fmt", "--all", "--check"]))
}

fn clippy(run: &Run) -> Result<Tally> {
    in_halves(run, &["clippy", "--all-targets"], &["--", "-D", "warnings"])
}

fn clippy_wasm(run: &Run) -> Result<Tally> {
    tools::wasm_target()?;
    let packages = [
        "--package",
        "pbx-calendar-plugin",
        "--package",
        "pbx-calendar-pages",
        "--package",
        "calendar-presence-web",
    ];
    let mut cargo = run.cargo(&["clippy", "--lib", "--target", "wasm32-unknown-unknown"]);
    cargo.args(packages).args(["--", "-D", "warnings"]);
    run.check(cargo)
}

fn doc(run: &Run) -> Result<Tally> {
    in_halves(run, &["doc", "--no-deps", "--config", "build.rustdocflags=['-D', 'warnings']"], &[])
}

/// All packages but xtask, and the service with them: so chosen, cargo gives every dependency the same features in each
/// step, and compiles it once. Xtask goes by itself, because so it was compiled when it was called.
const ALL_BUT_XTASK: [&str; 3] = ["--workspace", "--exclude", "xtask"];

fn in_halves(run: &Run, words: &[&str], last: &[&str]) -> Result<Tally> {
    let mut tally = run.check(run.cargo(&[words, &ALL_BUT_XTASK, last].concat()))?;
    tally.add(run.check(run.cargo(&[words, &["--package", "xtask"], last].concat()))?);
    Ok(tally)
}

fn deny(run: &Run) -> Result<Tally> {
    if let Err(error) = tools::cargo_deny() {
        run.misses(&error);
        return Ok(Tally::SKIPPED);
    }
    let check = ["deny", "check", "--hide-inclusion-graph"];
    let mut tally = run.check(run.cargo(&[&check[..], &["bans", "licenses", "sources"]].concat()))?;
    // The advisories come from the network, which need not be there.
    let database = process::output(&mut run.cargo(&["deny", "fetch", "db"]));
    if database.is_ok() {
        tally.add(run.check(run.cargo(&[&check[..], &["advisories"]].concat()))?);
    } else {
        run.misses(&anyhow!("the advisory database of cargo-deny could not be fetched"));
        tally.add(Tally::SKIPPED);
    }
    Ok(tally)
}

fn rust(run: &Run) -> Result<Tally> {
    if let Err(error) = tools::postgresql() {
        run.misses(&error);
    }
    run.runner(run.cargo(&[&["test", "--no-fail-fast"], &ALL_BUT_XTASK[..]].concat()))
}

/// In a copy of the sources, which shares the build directory for the sake of what does not differ.
fn add_item(run: &Run) -> Result<Tally> {
    let copy = new_item::copy(&run.project)?;
    let test = |words: &[&str]| {
        let mut cargo = run.cargo(&[&["test", "--offline"], words].concat());
        cargo.arg("--target-dir").arg(&run.project.target).current_dir(&copy);
        cargo
    };
    let mut tally = run.runner(test(&[&ALL_BUT_XTASK[..], &["--test", "new_item"]].concat()))?;
    tally.add(run.runner(test(&["--package", "pbx-calendar-plugin", "--lib"]))?);
    // The copy has left its service in the place of ours.
    let ours = run.check(run.cargo(&[&["build", "--quiet", "--bins"], &ALL_BUT_XTASK[..]].concat()))?;
    tally.add(Tally { passed: 0, ..ours });
    Ok(tally)
}

fn xtask(run: &Run) -> Result<Tally> {
    run.runner(run.cargo(&["test", "--package", "xtask"]))
}

/// As a program of its own, so that it too has a time limit.
fn build(run: &Run) -> Result<Tally> {
    let mut xtask = Command::new(std::env::current_exe()?);
    xtask.arg("build").current_dir(&run.project.root);
    run.check(xtask)
}

fn browser(run: &Run) -> Result<Tally> {
    tools::node()?;
    tools::node_modules(&run.project)?;
    let chromium = match tools::chromium() {
        Ok(chromium) => chromium,
        // Where nobody reads the output, a browser that is missing must not hide what is broken.
        Err(error) if std::env::var_os("CI").is_some() => return Err(error),
        Err(error) => {
            run.misses(&error);
            return Ok(Tally::SKIPPED);
        }
    };
    // The service and the stand-ins. The tests in Rust use the same programs, so that they are there already unless
    // this step runs alone.
    let built = run.check(run.cargo(&[&["test", "--no-run", "--quiet"], &ALL_BUT_XTASK[..]].concat()))?;
    if built.failed > 0 {
        return Ok(built);
    }

    let mut node = Command::new("node");
    // Node 20 has WebSocket only when asked for it.
    node.args(["--experimental-websocket", "--test", "--test-reporter=spec"]);
    node.args(tests(&run.project)?).current_dir(&run.project.root);
    node.env("CHROMIUM", chromium).env("PBX_CALENDAR", run.project.service());
    run.runner(node)
}

/// Named one by one: what `node --test` makes of a folder differs from version to version.
fn tests(project: &Project) -> Result<Vec<PathBuf>> {
    let mut tests = files_below(&project.path("tests"))?;
    tests.retain(|file| file.to_str().is_some_and(|name| name.ends_with(".test.mjs")));
    Ok(tests)
}
