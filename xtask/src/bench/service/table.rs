//! The table, printed and in the documentation.

use super::calendars::{Connections, Source};
use super::phases::Measured;
use crate::bench::table::Table;
use std::time::Duration;

/// How the table begins, by which it is found again.
pub const HEAD: &str = "| users |";
/// How it begins where two kinds of calendars stand beside each other.
pub const HEAD_BESIDE: &str = "| users, calendars |";

/// What was measured for a number of users.
pub struct Column {
    pub users: u32,
    pub source: Source,
    pub measured: Measured,
}

/// One column for each measurement.
pub fn of(all: &[Column]) -> Table {
    let beside = all.iter().any(|column| column.source != Source::Graph);
    let line = |name: &str, cell: &dyn Fn(&Measured) -> String| {
        let cells: Vec<String> = all.iter().map(|column| cell(&column.measured)).collect();
        format!("| {name} | {} |", cells.join(" | "))
    };
    let heads: Vec<String> = all.iter().map(|column| column.head(beside)).collect();
    let head = if beside { HEAD_BESIDE } else { HEAD };
    let mut rows = vec![
        format!("{head} {} |", heads.join(" | ")),
        format!("| --- |{}", " ---: |".repeat(all.len())),
        line("first synchronization, s", &|measured| seconds(measured.first.0)),
        line("… of these the processor, s", &|measured| seconds(measured.first.1)),
        line("idle: processor, % of one core", &|measured| format!("{:.1}", measured.idle_percent)),
        line("steady: requests for calendars in a second", &|measured| {
            format!("{:.0}", measured.steady.requests)
        }),
        line("steady: processor, % of one core", &|measured| {
            format!("{:.1}", measured.steady.processor_percent)
        }),
        line("memory, MB (at most)", &|measured| {
            format!("{} ({})", measured.steady.megabytes.0, measured.steady.megabytes.1)
        }),
        line("from a change in a calendar to `SetPresence`, s, 99 of 100", &|measured| {
            seconds(measured.steady.most_changes)
        }),
        line("… the longest (of so many)", &|measured| {
            format!("{} ({})", seconds(measured.steady.change.1), measured.steady.change.0)
        }),
        line("latest timed change, s (of so many at one instant)", &|measured| {
            format!("{:.2} ({})", measured.steady.timed.1.as_secs_f32(), measured.steady.timed.0)
        }),
        line("after `kill -9` until all is right, s (presences written)", &|measured| {
            format!("{} ({})", seconds(measured.restart.0), measured.restart.1)
        }),
        line("after a restart of the PBX until all is shown again, s", &|measured| {
            seconds(measured.pbx_restart)
        }),
    ];
    if beside {
        rows.push(line("streams", &|measured| counted(measured, |connections| connections.streams)));
        rows.push(line("handshakes (on connections that had one before)", &|measured| {
            let repeated = counted(measured, |connections| connections.repeated);
            format!("{} ({repeated})", counted(measured, |connections| connections.handshakes))
        }));
    }
    Table { head, text: rows.join("\n") }
}

impl Column {
    fn head(&self, beside: bool) -> String {
        let users = grouped(self.users);
        if beside { format!("{users}, {}", self.source.name()) } else { users }
    }
}

fn counted(measured: &Measured, count: impl Fn(&Connections) -> u64) -> String {
    measured.connections.as_ref().map_or_else(|| "–".to_owned(), |connections| count(connections).to_string())
}

fn seconds(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f32())
}

/// 10000 → `10 000`
pub fn grouped(number: u32) -> String {
    crate::sizes::grouped(number.into())
}
