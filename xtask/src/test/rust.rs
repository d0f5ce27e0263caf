//! The tests in Rust.

use super::run::Run;
use super::steps::{ALL_BUT_XTASK, build_command};
use super::unchanged;
use crate::process::Beside;
use crate::tally::{Runner, Tally};
use crate::tools;
use anyhow::Result;
use std::collections::BTreeMap;

/// By cargo-nextest, which runs the tests of all programs beside each other, or by `cargo test`.
pub fn run(run: &Run) -> Result<Tally> {
    if let Err(error) = tools::postgresql() {
        run.note(format!("{error:#}"));
    }
    let test = |words: &[&str]| run.cargo(&[&["test"], words, &ALL_BUT_XTASK].concat());
    if let Err(error) = tools::cargo_nextest() {
        run.note(format!("{error:#}"));
        return run.count(Runner::Cargo, test(&["--no-fail-fast"]));
    }
    // It knows no examples in the documentation.
    let mut tally = run.count(Runner::Cargo, test(&["--doc"]))?;
    tally.add(nextest(run)?);
    Ok(tally)
}

fn nextest(run: &Run) -> Result<Tally> {
    let (unchanged, tested): (BTreeMap<_, _>, BTreeMap<_, _>) = unchanged::packages(&run.project)?
        .into_iter()
        .partition(|(package, hash)| run.unchanged.has_passed(package, hash));
    let mut cargo = run.cargo(&[&["nextest", "run", "--no-fail-fast"], &ALL_BUT_XTASK[..]].concat());
    if !unchanged.is_empty() {
        let names: Vec<&str> = unchanged.keys().map(String::as_str).collect();
        run.note(format!("unchanged since their tests passed (--all runs them): {}", names.join(", ")));
        cargo.args(["--filterset", &all_but(&names)]);
    }
    // The tests wait more than they compute, and the optimizer of the next step uses one core for most of the time. It
    // begins when they do: before that cargo compiles them, and only one cargo can use the build directory.
    let mut build = if run.has("build") { Some(build_command(run)?) } else { None };
    let log = run.project.scratch("build.log");
    let mut begun = None;
    let tally = run.count_and_watch(Runner::Nextest, cargo, |line| {
        if begun.is_none() && line.trim_start().starts_with("Starting ") {
            begun = build.take().map(|mut build| Beside::start(&mut build, log.clone()));
        }
    })?;
    run.has_begun(begun.transpose()?);
    if tally.failed == 0 {
        tested.iter().try_for_each(|(package, hash)| run.unchanged.remember(package, hash))?;
    }
    Ok(tally)
}

/// What nextest calls all tests but those of these packages.
fn all_but(packages: &[&str]) -> String {
    let packages: Vec<String> = packages.iter().map(|name| format!("package(={name})")).collect();
    format!("not ({})", packages.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::all_but;

    #[test]
    fn packages_are_left_out_by_their_whole_names() {
        assert_eq!(all_but(&["a", "b-c"]), "not (package(=a) | package(=b-c))");
    }
}
