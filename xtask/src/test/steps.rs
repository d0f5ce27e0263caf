//! What each step does.

use super::run::Run;
use super::unchanged;
use crate::new_item;
use crate::process::{self, Lines};
use crate::project::{Project, files_below};
use crate::tally::{Runner, Tally};
use crate::tools;
use anyhow::Result;
use std::path::PathBuf;
use std::process::Command;

/// All packages but xtask, and the service with them: so chosen, cargo gives every dependency the same features in each
/// step, and compiles it once. Xtask goes by itself, because so it was compiled when it was called.
pub const ALL_BUT_XTASK: [&str; 3] = ["--workspace", "--exclude", "xtask"];

/// `fmt`
pub fn fmt(run: &Run) -> Result<Tally> {
    run.check(run.cargo(&["fmt", "--all", "--check"]))
}

/// `clippy`, also of a service without the demo
pub fn clippy(run: &Run) -> Result<Tally> {
    let deny = ["--", "-D", "warnings"];
    let mut tally = in_halves(run, &["clippy", "--all-targets"], &deny)?;
    let no_demo = ["clippy", "--no-default-features", "--lib", "--bins"];
    tally.add(run.check(run.cargo(&[&no_demo[..], &ALL_BUT_XTASK, &deny].concat()))?);
    Ok(tally)
}

/// `clippy-wasm`
pub fn clippy_wasm(run: &Run) -> Result<Tally> {
    tools::wasm_target()?;
    let packages = [
        "--package",
        "pbx-calendar-plugin",
        "--package",
        "pbx-calendar-pages",
        "--package",
        "calendar-presence-web",
        "--package",
        "example-leptos-host",
    ];
    let mut cargo = run.cargo(&["clippy", "--lib", "--target", "wasm32-unknown-unknown"]);
    cargo.args(packages).args(["--", "-D", "warnings"]);
    run.check(cargo)
}

/// `doc`
pub fn doc(run: &Run) -> Result<Tally> {
    in_halves(run, &["doc", "--no-deps", "--config", "build.rustdocflags=['-D', 'warnings']"], &[])
}

fn in_halves(run: &Run, words: &[&str], last: &[&str]) -> Result<Tally> {
    let mut tally = run.check(run.cargo(&[words, &ALL_BUT_XTASK, last].concat()))?;
    tally.add(run.check(run.cargo(&[words, &["--package", "xtask"], last].concat()))?);
    Ok(tally)
}

/// `deny`
pub fn deny(run: &Run) -> Result<Tally> {
    if let Err(error) = tools::cargo_deny() {
        run.note(format!("{error:#}"));
        return Ok(Tally::SKIPPED);
    }
    let check = ["deny", "check", "--hide-inclusion-graph"];
    let mut tally = run.check(run.cargo(&[&check[..], &["bans", "licenses", "sources"]].concat()))?;
    // The advisories come from the network, which need not be there.
    let database = process::output(&mut run.cargo(&["deny", "fetch", "db"]));
    if database.is_ok() {
        tally.add(run.check(run.cargo(&[&check[..], &["advisories"]].concat()))?);
    } else {
        run.note("the advisory database of cargo-deny could not be fetched".to_owned());
        tally.add(Tally::SKIPPED);
    }
    Ok(tally)
}

/// `new-item`, in a copy of the sources, which shares the build directory for the sake of what does not differ. Its
/// service is built without the demo, so that this is tried as well.
pub fn new_item(run: &Run) -> Result<Tally> {
    let inputs = new_item::INPUTS.map(|input| run.project.path(input));
    let hash = unchanged::hash(&run.project, &inputs.each_ref().map(PathBuf::as_path))?;
    if run.unchanged.has_passed("new-item", &hash) {
        run.note(
            "items, texts, rows and demo are unchanged since new-item passed (--all runs it)".to_owned(),
        );
        return Ok(Tally::SKIPPED);
    }
    let copy = new_item::copy(&run.project)?;
    let test = |words: &[&str]| {
        let mut cargo = run.cargo(&[&["test", "--offline"], words].concat());
        cargo.arg("--target-dir").arg(&run.project.target).current_dir(&copy);
        run.count(Runner::Cargo, cargo)
    };
    let mut tally = test(&[&ALL_BUT_XTASK[..], &["--no-default-features", "--test", "new_item"]].concat())?;
    tally.add(refuses_the_demo(run)?);
    tally.add(test(&["--package", "pbx-calendar-plugin", "--lib"])?);
    tally.add(our_service_again(run)?);
    if tally.failed == 0 {
        run.unchanged.remember("new-item", &hash)?;
    }
    Ok(tally)
}

/// `--demo` of a service without it is an error in one line.
fn refuses_the_demo(run: &Run) -> Result<Tally> {
    let mut service = Command::new(run.project.service());
    service
        .args(["serve", "--demo", "--listen", "127.0.0.1:0", "--data"])
        .arg(run.project.scratch("no-demo"));
    let mut lines = Vec::new();
    let status =
        process::run_limited(&mut service, run.limit, Lines::All, |line| lines.push(line.to_owned()))?;
    let is_error = status.and_then(|status| status.code()) == Some(2);
    let is_told = matches!(&lines[..], [line] if line.contains("--demo") && line.contains("feature demo"));
    Ok(Tally::one(is_error && is_told))
}

/// Another build has left its service in the place of ours.
fn our_service_again(run: &Run) -> Result<Tally> {
    let ours = run.check(run.cargo(&[&["build", "--quiet", "--bins"], &ALL_BUT_XTASK[..]].concat()))?;
    Ok(Tally { passed: 0, ..ours })
}

/// `xtask`
pub fn xtask(run: &Run) -> Result<Tally> {
    run.count(Runner::Cargo, run.cargo(&["test", "--package", "xtask"]))
}

/// `build`, unless it has begun beside the tests in Rust.
pub fn build(run: &Run) -> Result<Tally> {
    match run.end_begun()? {
        Some(tally) => Ok(tally),
        None => run.check(build_command(run)?),
    }
}

/// A program of its own, so that it too has a time limit.
pub fn build_command(run: &Run) -> Result<Command> {
    let mut xtask = Command::new(std::env::current_exe()?);
    xtask.arg("build").current_dir(&run.project.root);
    Ok(xtask)
}

/// `browser`
pub fn browser(run: &Run) -> Result<Tally> {
    tools::node()?;
    tools::node_modules(&run.project)?;
    let chromium = match tools::chromium() {
        Ok(chromium) => chromium,
        // Where nobody reads the output, a browser that is missing must not hide what is broken.
        Err(error) if std::env::var_os("CI").is_some() => return Err(error),
        Err(error) => {
            run.note(format!("{error:#}"));
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
    // Node 20 has WebSocket only when asked for it. Two files at once: browsers wait more than they compute.
    node.args(["--experimental-websocket", "--test", "--test-reporter=spec", "--test-concurrency=2"]);
    node.args(tests(&run.project)?).current_dir(&run.project.root);
    node.env("CHROMIUM", chromium).env("PBX_CALENDAR", run.project.service());
    run.count(Runner::Node, node)
}

/// Named one by one: what `node --test` makes of a folder differs from version to version.
fn tests(project: &Project) -> Result<Vec<PathBuf>> {
    let mut tests = files_below(&project.path("tests"))?;
    tests.retain(|file| file.to_str().is_some_and(|name| name.ends_with(".test.mjs")));
    Ok(tests)
}
