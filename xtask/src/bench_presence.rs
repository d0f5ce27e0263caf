//! `cargo xtask bench presence`

use crate::presence::Presence;
use crate::process;
use crate::project::Project;
use crate::{build, tools};
use anyhow::{Context as _, Result};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Options of `cargo xtask bench presence`.
#[derive(clap::Args)]
pub struct Args {}

const SCRIPTS: &str = "tests/presence/bench";
/// The subjects in the order of the table, with the peer that the others are compared with in the middle.
const SUBJECTS: [&str; 5] =
    ["ours, formatAll", "ours, one by one", "lean peer", "tolerant peer", "toLocaleString per note"];
const PEER: &str = "lean peer";

/// Measures in Node, in Chromium and natively, and prints one table.
pub fn run(_args: &Args) -> Result<()> {
    let project = Project::find()?;
    tools::for_build(&project)?;
    build::package::<Presence>(&project, false)?;
    let chromium = tools::chromium()?;
    println!("10 000 notes, 21 rounds each in Node and Chromium …");
    let mut node = Command::new("node");
    node.arg(project.path(SCRIPTS).join("main.mjs")).env("CHROMIUM", chromium);
    let measured: Value = serde_json::from_slice(&process::output(&mut node)?).context("the measurements")?;
    println!("natively …\n");
    let native = native(&project)?;

    let version = |platform: &str| {
        let version = measured.pointer(&format!("/versions/{platform}")).and_then(Value::as_str);
        version.unwrap_or("?").trim_start_matches('v').to_owned()
    };
    println!("| ns per note, median | Node {} | Chromium {} |", version("node"), version("chromium"));
    println!("| --- | ---: | ---: |");
    for subject in SUBJECTS {
        let [node, chromium] = ["node", "chromium"].map(|platform| cell(&measured, platform, subject));
        println!("| {subject} | {node} | {chromium} |");
    }
    for Native { name, nanoseconds, megabytes } in native {
        println!("| native {name}, {megabytes:.0} MB/s | {nanoseconds:.0} | |");
    }
    Ok(())
}

/// `410 (7.1×)`: how many times faster than the lean peer.
fn cell(measured: &Value, platform: &str, subject: &str) -> String {
    let time = |subject: &str| {
        let time = measured.get(platform).and_then(|times| times.get(subject));
        time.and_then(Value::as_f64).unwrap_or(f64::NAN)
    };
    let ratio = time(PEER) / time(subject);
    if subject == PEER {
        format!("{:.0}", time(subject))
    } else {
        format!("{:.0} ({ratio:.2}×)", time(subject))
    }
}

struct Native {
    name: &'static str,
    nanoseconds: f64,
    megabytes: f64,
}

/// Criterion's medians for the same notes.
fn native(project: &Project) -> Result<Vec<Native>> {
    let folder = project.scratch("bench");
    fs::create_dir_all(&folder)?;
    let notes = folder.join("notes.txt");
    let written = process::output(Command::new("node").arg(project.path(SCRIPTS).join("write-notes.mjs")))?;
    fs::write(&notes, &written)?;
    let count = written.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count();
    let bytes = written.len() - count;

    let mut bench = process::cargo();
    bench.args(["bench", "--quiet", "--package", "calendar-presence", "--bench", "notes"]);
    bench.env("PRESENCE_NOTES", &notes).env("CRITERION_HOME", &folder).current_dir(&project.root);
    process::output(&mut bench)?;
    ["parse", "format"]
        .into_iter()
        .map(|name| {
            let all = median(&folder.join("notes").join(name).join("new/estimates.json"))?;
            #[expect(clippy::cast_precision_loss, reason = "a few hundred thousand")]
            let (count, bytes) = (count as f64, bytes as f64);
            Ok(Native { name, nanoseconds: all / count, megabytes: bytes * 1000.0 / all })
        })
        .collect()
}

/// In nanoseconds.
fn median(estimates: &Path) -> Result<f64> {
    let text = fs::read_to_string(estimates).with_context(|| estimates.display().to_string())?;
    let estimates: Value = serde_json::from_str(&text)?;
    estimates.pointer("/median/point_estimate").and_then(Value::as_f64).context("criterion gave no median")
}
