//! The table, printed and in the documentation.

use super::phases::Measured;
use std::time::Duration;

/// How the table begins, by which it is found again.
pub const HEAD: &str = "| users |";

/// One column for each number of users.
pub fn of(all: &[(u32, Measured)]) -> String {
    let line = |name: &str, cell: &dyn Fn(u32, &Measured) -> String| {
        let cells: Vec<String> = all.iter().map(|(users, measured)| cell(*users, measured)).collect();
        format!("| {name} | {} |", cells.join(" | "))
    };
    let rows = [
        line("users", &|users, _| grouped(users)),
        format!("| --- |{}", " ---: |".repeat(all.len())),
        line("first synchronization, s", &|_, measured| seconds(measured.first.0)),
        line("… of these the processor, s", &|_, measured| seconds(measured.first.1)),
        line("steady: requests to Graph in a second", &|_, measured| {
            format!("{:.0}", measured.steady.requests)
        }),
        line("steady: processor, % of one core", &|_, measured| {
            format!("{:.1}", measured.steady.processor_percent)
        }),
        line("memory, MB (at most)", &|_, measured| {
            format!("{} ({})", measured.steady.megabytes.0, measured.steady.megabytes.1)
        }),
        line("longest from a change in Graph to `SetPresence`, s (of so many)", &|_, measured| {
            format!("{} ({})", seconds(measured.steady.change.1), measured.steady.change.0)
        }),
        line("latest timed change, s (of so many at one instant)", &|_, measured| {
            format!("{:.2} ({})", measured.steady.timed.1.as_secs_f32(), measured.steady.timed.0)
        }),
        line("after `kill -9` until all is right, s (presences written)", &|_, measured| {
            format!("{} ({})", seconds(measured.restart.0), measured.restart.1)
        }),
        line("after a restart of the PBX until all is shown again, s", &|_, measured| {
            seconds(measured.pbx_restart)
        }),
    ];
    rows.join("\n")
}

fn seconds(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f32())
}

/// 10000 → `10 000`
pub fn grouped(number: u32) -> String {
    crate::sizes::grouped(number.into())
}
