//! The table, printed and in the documentation.

use super::phases::Measured;
use anyhow::{Context as _, Result};
use std::fs;
use std::path::Path;
use std::time::Duration;

/// How the table begins, by which it is found again.
const HEAD: &str = "| users |";

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

/// Puts it in the place of the one that is there.
pub fn write(file: &Path, table: &str) -> Result<()> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let text = replaced(&text, table).with_context(|| format!("{} has no table of users", file.display()))?;
    fs::write(file, text).with_context(|| file.display().to_string())
}

fn replaced(text: &str, table: &str) -> Option<String> {
    let (before, rest) = text.split_at_checked(text.find(HEAD)?)?;
    let old: usize = rest.split_inclusive('\n').take_while(|line| line.starts_with('|')).map(str::len).sum();
    Some(format!("{before}{table}\n{}", rest.get(old..)?))
}

fn seconds(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f32())
}

/// 10000 → `10 000`
pub fn grouped(number: u32) -> String {
    crate::sizes::grouped(number.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_takes_the_place_of_the_old_one_alone() {
        let text = "# A\n\n| other |\n\n| users | 1 |\n| --- | --- |\n| x | y |\n\nMore.\n";
        let expected = "# A\n\n| other |\n\n| users | 2 |\n\nMore.\n";
        assert_eq!(replaced(text, "| users | 2 |").as_deref(), Some(expected));
        assert_eq!(replaced("no table", "| users |"), None);
    }
}
