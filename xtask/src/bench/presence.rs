//! `cargo xtask bench presence`

use super::table::Table;
use crate::presence::Presence;
use crate::process;
use crate::project::Project;
use crate::wasm::Purpose;
use crate::{build, tools};
use anyhow::{Context as _, Result};
use serde_json::Value;
use std::fs;
use std::process::Command;

/// How the table begins.
const HEAD: &str = "| ns per note, median |";
const SCRIPTS: &str = "tests/presence/bench";
/// The subjects in the order of the table, with the peer that the others are compared with in the middle.
const SUBJECTS: [&str; 5] =
    ["ours, formatAll", "ours, one by one", "lean peer", "tolerant peer", "toLocaleString per note"];
const PEER: &str = "lean peer";

/// Measures in Node, in Chromium and natively.
pub fn measure(project: &Project) -> Result<Table> {
    tools::for_build(project)?;
    build::package::<Presence>(project, Purpose::Delivery, false)?;
    let chromium = tools::chromium()?;
    println!("10 000 notes, 21 rounds each in Node and Chromium …");
    let mut node = Command::new("node");
    node.arg(project.path(SCRIPTS).join("main.mjs")).env("CHROMIUM", chromium);
    let measured: Value = serde_json::from_slice(&process::output(&mut node)?).context("the measurements")?;
    println!("natively …");
    let native = native(project)?;

    let version = |platform: &str| {
        let version = measured.pointer(&format!("/versions/{platform}")).and_then(Value::as_str);
        version.unwrap_or("?").trim_start_matches('v').to_owned()
    };
    let mut lines = vec![
        format!("{HEAD} Node {} | Chromium {} |", version("node"), version("chromium")),
        "| --- | ---: | ---: |".to_owned(),
    ];
    lines.extend(SUBJECTS.map(|subject| {
        let [node, chromium] = ["node", "chromium"].map(|platform| cell(&measured, platform, subject));
        format!("| {subject} | {node} | {chromium} |")
    }));
    lines.extend(native.into_iter().map(|Native { name, nanoseconds, megabytes }| {
        format!("| native {name}, {megabytes:.0} MB/s | {nanoseconds:.0} | |")
    }));
    Ok(Table { head: HEAD, text: lines.join("\n") })
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

/// Divan's medians for the same notes.
fn native(project: &Project) -> Result<Vec<Native>> {
    let folder = project.scratch("bench");
    fs::create_dir_all(&folder)?;
    let notes = folder.join("notes.txt");
    let written = process::output(Command::new("node").arg(project.path(SCRIPTS).join("write-notes.mjs")))?;
    fs::write(&notes, &written)?;
    let count = written.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count();
    let bytes = written.len() - count;

    let mut bench = process::cargo();
    bench.args(["bench", "--quiet", "--package", "calendar-presence", "--bench", "notes", "--"]);
    bench.args(["--color", "never"]).env("PRESENCE_NOTES", &notes).current_dir(&project.root);
    let table = process::output(&mut bench)?;
    let table = String::from_utf8_lossy(&table);
    ["parse", "format"]
        .into_iter()
        .map(|name| {
            let all =
                median(&table, name).with_context(|| format!("divan gave no median of {name}:\n{table}"))?;
            #[expect(clippy::cast_precision_loss, reason = "a few hundred thousand")]
            let (count, bytes) = (count as f64, bytes as f64);
            Ok(Native { name, nanoseconds: all / count, megabytes: bytes * 1000.0 / all })
        })
        .collect()
}

/// In nanoseconds, from a row such as `├─ parse  1.1 ms │ 2 ms │ 1.234 ms │ 1.3 ms │ 100 │ 100`: fastest, slowest,
/// median.
fn median(table: &str, name: &str) -> Option<f64> {
    let row =
        table.lines().find_map(|line| line.split_once("─ ")?.1.strip_prefix(name)?.strip_prefix(' '))?;
    let (number, unit) = row.split('│').nth(2)?.trim().split_once(' ')?;
    let unit = match unit {
        "ns" => 1.0,
        "µs" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_third_column() {
        let table = "Timer precision: 20 ns\n\
                     notes      fastest       │ slowest       │ median        │ mean          │ samples │ iters\n\
                     ├─ format  3.1 ms        │ 5 ms          │ 3.592 ms      │ 3.6 ms        │ 100     │ 100\n\
                     ╰─ parse   980.1 µs      │ 1.9 ms        │ 1.18 ms       │ 1.2 ms        │ 100     │ 100\n";
        assert_eq!(median(table, "format"), Some(3_592_000.0));
        assert_eq!(median(table, "parse"), Some(1_180_000.0));
        assert_eq!(median(table, "pars"), None);
    }
}
