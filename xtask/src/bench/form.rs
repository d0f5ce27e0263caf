//! `cargo xtask bench form`

use super::table::Table;
use crate::plugin::Plugin;
use crate::project::Project;
use crate::wasm::Purpose;
use crate::{build, process, serve, tools};
use anyhow::{Context as _, Result};
use serde_json::Value;
use std::process::Command;

/// Options of `cargo xtask bench form`.
#[derive(clap::Args)]
pub struct Args {
    /// Visits of each form, with and without throttling
    #[arg(long, default_value_t = 15)]
    visits: u32,
}

const SCRIPT: &str = "tests/bench-form/main.mjs";
const HEAD: &str = "| ms from the tile, median | ours | vanilla | Preact | React |";
const SUBJECTS: [&str; 4] = ["ours", "vanilla", "preact", "react"];
/// The peer that the others are compared with.
const PEER: &str = "vanilla";

/// Measures the form and its peers in Chromium.
pub fn measure(project: &Project, args: &Args) -> Result<Table> {
    tools::for_build(project)?;
    build::package::<Plugin>(project, Purpose::Delivery, false)?;
    let chromium = tools::chromium()?;
    process::run(project.cargo().args(serve::SERVICE).arg("--quiet"))?;
    println!("{} visits of each form, each throttled and not …\n", args.visits);
    let mut node = Command::new("node");
    node.arg("--experimental-websocket").arg(project.path(SCRIPT)).arg(args.visits.to_string());
    node.env("CHROMIUM", chromium).env("PBX_CALENDAR", project.service());
    let measured: Value = serde_json::from_slice(&process::output(&mut node)?).context("the measurements")?;
    for label in measured.get("lacks").and_then(Value::as_array).into_iter().flatten() {
        println!("The peers have nothing like the field {label}: tests/bench-form/peers/items.json lacks it");
    }
    Ok(Table { head: HEAD, text: table(&measured) })
}

fn table(measured: &Value) -> String {
    let milliseconds = |condition: &'static str, column: &'static str| {
        move |subject: &str| {
            let time = |subject| number(measured, condition, subject, column);
            let ratio = time(subject) / time(PEER);
            if subject == PEER {
                format!("{:.0}", time(subject))
            } else {
                format!("{:.0} ({ratio:.2}×)", time(subject))
            }
        }
    };
    let kilobytes =
        |subject: &str| format!("{:.1}", number(measured, "unthrottled", subject, "bytes") / 1024.0);
    [
        format!("{HEAD}\n| --- | ---: | ---: | ---: | ---: |"),
        row("something is seen", &milliseconds("unthrottled", "seen")),
        row("the form reacts", &milliseconds("unthrottled", "interactive")),
        row("something is seen, throttled", &milliseconds("throttled", "seen")),
        row("the form reacts, throttled", &milliseconds("throttled", "interactive")),
        row("KB loaded, brotli", &kilobytes),
    ]
    .join("\n")
}

fn row(name: &str, cell: &dyn Fn(&str) -> String) -> String {
    let cells = SUBJECTS.map(cell).join(" | ");
    format!("| {name} | {cells} |")
}

fn number(measured: &Value, condition: &str, subject: &str, column: &str) -> f64 {
    let number = measured.pointer(&format!("/measured/{condition}/{subject}/{column}"));
    number.and_then(Value::as_f64).unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn compares_with_the_peer() {
        let times = |interactive| json!({"seen": 50, "interactive": interactive, "bytes": 1536});
        let subjects =
            json!({"ours": times(120), "vanilla": times(100), "preact": times(110), "react": times(150)});
        let table = table(&json!({"measured": {"unthrottled": subjects, "throttled": subjects}}));
        let lines: Vec<_> = table.lines().collect();
        assert_eq!(lines[3], "| the form reacts | 120 (1.20×) | 100 | 110 (1.10×) | 150 (1.50×) |");
        assert_eq!(lines[6], "| KB loaded, brotli | 1.5 | 1.5 | 1.5 | 1.5 |");
    }
}
