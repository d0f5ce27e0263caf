//! Counting passed and failed tests over runners that each report in their own way.

/// How many tests passed, failed, were left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed.
    pub failed: u64,
    /// Tests that were not run.
    pub skipped: u64,
}

impl Tally {
    /// A check that is one test as a whole.
    pub fn one(passed: bool) -> Self {
        Self { passed: passed.into(), failed: (!passed).into(), skipped: 0 }
    }

    /// Something that could not be tried here.
    pub const SKIPPED: Self = Self { passed: 0, failed: 0, skipped: 1 };

    /// Adds another count.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// Takes a line of a runner's output; adds what it sums up, if it sums something up.
    pub fn read(&mut self, runner: Runner, line: &str) {
        let line = without_colours(line);
        match runner {
            Runner::Cargo => self.read_cargo(&line),
            Runner::Nextest => self.read_nextest(&line),
            Runner::Node => self.read_node(&line),
        }
    }

    /// `test result: ok. 5 passed; 0 failed; 1 ignored; …`, once for each program
    fn read_cargo(&mut self, line: &str) {
        let summary = line.strip_prefix("test result: ").and_then(|summary| summary.split_once(". "));
        for count in summary.map_or("", |(_, counts)| counts).split("; ") {
            match count.split_once(' ') {
                Some((number, "passed")) => self.passed += parse(number),
                Some((number, "failed")) => self.failed += parse(number),
                Some((number, "ignored")) => self.skipped += parse(number),
                _ => {}
            }
        }
    }

    /// `     Summary [  12.3s] 9 tests run: 7 passed (1 slow), 1 failed, 1 timed out, 2 skipped`, once for all
    fn read_nextest(&mut self, line: &str) {
        let summary = line.trim_start().strip_prefix("Summary [");
        let counts =
            summary.and_then(|summary| summary.split_once(" run: ")).map_or("", |(_, counts)| counts);
        for count in without_brackets(counts).split(',') {
            match count.trim().split_once(' ') {
                Some((number, "passed")) => self.passed += parse(number),
                Some((number, "failed" | "exec failed" | "timed out")) => self.failed += parse(number),
                Some((number, "skipped")) => self.skipped += parse(number),
                _ => {}
            }
        }
    }

    /// `ℹ pass 5`, one count to a line
    fn read_node(&mut self, line: &str) {
        match line.strip_prefix("ℹ ").and_then(|summary| summary.split_once(' ')) {
            Some(("pass", number)) => self.passed += parse(number),
            Some(("fail" | "cancelled", number)) => self.failed += parse(number),
            Some(("skipped" | "todo", number)) => self.skipped += parse(number),
            _ => {}
        }
    }
}

/// Whose output is read.
#[derive(Clone, Copy)]
pub enum Runner {
    /// `cargo test`
    Cargo,
    /// `cargo nextest run`
    Nextest,
    /// `node --test`
    Node,
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 { write!(f, ", {} skipped", self.skipped) } else { Ok(()) }
    }
}

fn parse(number: &str) -> u64 {
    number.trim().parse().unwrap_or(0)
}

/// The text without what stands in round brackets, and the brackets.
fn without_brackets(text: &str) -> String {
    let mut pieces = text.split('(');
    let mut kept = pieces.next().unwrap_or_default().trim_end().to_owned();
    for piece in pieces {
        kept.push_str(piece.split_once(')').map_or("", |(_, after)| after).trim_end());
    }
    kept
}

/// The line without escape sequences of the form `ESC [ … letter`.
fn without_colours(line: &str) -> String {
    let mut pieces = line.split('\u{1b}');
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        plain.push_str(piece.split_once(|c: char| c.is_ascii_alphabetic()).map_or("", |(_, rest)| rest));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(runner: Runner, lines: &[&str]) -> String {
        let mut tally = Tally::default();
        for line in lines {
            tally.read(runner, line);
        }
        tally.to_string()
    }

    #[test]
    fn adds_up_what_cargo_reports() {
        let lines = [
            "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.00s",
            "test result: \u{1b}[31mFAILED\u{1b}[0m. 7 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.50s",
        ];
        assert_eq!(tally(Runner::Cargo, &lines), "12 passed, 2 failed, 1 skipped");
    }

    #[test]
    fn adds_up_what_nextest_reports() {
        let all_well = "\u{1b}[32;1m     Summary\u{1b}[0m [   0.012s] \u{1b}[1m1\u{1b}[0m test run: \u{1b}[1m1\u{1b}[0m passed, 0 skipped";
        assert_eq!(tally(Runner::Nextest, &[all_well]), "1 passed, 0 failed");
        let trouble = "     Summary [  12.345s] 12/15 tests run: 7 passed (2 slow, 1 flaky, 1 leaky), 2 failed (1 leaky), \
                       1 exec failed, 1 timed out, 4 skipped";
        assert_eq!(tally(Runner::Nextest, &[trouble]), "7 passed, 4 failed, 4 skipped");
    }

    #[test]
    fn adds_up_what_node_reports() {
        let lines = [
            "ℹ tests 9",
            "ℹ pass 5",
            "\u{1b}[34mℹ fail 1\u{1b}[39m",
            "ℹ cancelled 1",
            "ℹ skipped 2",
            "ℹ todo 0",
        ];
        assert_eq!(tally(Runner::Node, &lines), "5 passed, 2 failed, 2 skipped");
    }

    #[test]
    fn takes_no_other_line_for_a_sum() {
        let lines = ["", "test result", "test pass ... ok", "pass 5", "test result: 5 passed", "5 passed"];
        // What a failed test has printed, shown again by nextest.
        let inner = "    test result: FAILED. 0 passed; 1 failed; 0 ignored";
        for runner in [Runner::Cargo, Runner::Nextest, Runner::Node] {
            assert_eq!(tally(runner, &lines), "0 passed, 0 failed");
            assert_eq!(tally(runner, &[inner]), "0 passed, 0 failed");
        }
    }
}
