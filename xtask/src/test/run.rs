//! What all steps need.

use super::unchanged::Unchanged;
use crate::process::{self, Beside, Lines};
use crate::project::Project;
use crate::tally::{Runner, Tally};
use anyhow::{Result, bail};
use std::cell::RefCell;
use std::process::Command;
use std::time::Duration;

/// The test run as the steps see it.
pub struct Run {
    /// The checkout.
    pub project: Project,
    /// What need not be tested again.
    pub unchanged: Unchanged,
    /// How long the step that runs now may take.
    pub limit: Duration,
    /// Names of the steps that are to run.
    chosen: Vec<&'static str>,
    notes: RefCell<Vec<String>>,
    beside: RefCell<Option<Beside>>,
}

impl Run {
    /// Before the first step.
    pub fn new(project: Project, unchanged: Unchanged, chosen: Vec<&'static str>) -> Self {
        let (notes, beside) = (RefCell::default(), RefCell::default());
        Self { project, unchanged, limit: Duration::ZERO, chosen, notes, beside }
    }

    /// Whether this step is one of those that run.
    pub fn has(&self, step: &str) -> bool {
        self.chosen.contains(&step)
    }

    /// Keeps what has begun for the step that wants to know its end.
    pub fn has_begun(&self, beside: Option<Beside>) {
        *self.beside.borrow_mut() = beside;
    }

    /// Waits for what has begun, if something has.
    pub fn end_begun(&self) -> Result<Option<Tally>> {
        let Some(beside) = self.beside.take() else { return Ok(None) };
        match beside.end(self.limit)? {
            Some(status) => Ok(Some(Tally::one(status.success()))),
            None => bail!("it was ended after {} minutes", self.limit.as_secs() / 60),
        }
    }

    /// A cargo command in the checkout.
    pub fn cargo(&self, words: &[&str]) -> Command {
        let mut cargo = process::cargo();
        cargo.args(words).current_dir(&self.project.root);
        cargo
    }

    /// A program whose exit status is the whole result.
    pub fn check(&self, mut command: Command) -> Result<Tally> {
        match process::run_limited(&mut command, self.limit, Lines::Output, |_| {})? {
            Some(status) => Ok(Tally::one(status.success())),
            None => self.out_of_time(&command),
        }
    }

    /// A program that says how many tests passed.
    pub fn count(&self, runner: Runner, command: Command) -> Result<Tally> {
        self.count_and_watch(runner, command, |_| {})
    }

    /// The same with a look at every line.
    pub fn count_and_watch(
        &self,
        runner: Runner,
        mut command: Command,
        mut watch: impl FnMut(&str) + Send,
    ) -> Result<Tally> {
        let mut tally = Tally::default();
        let status = process::run_limited(&mut command, self.limit, runner.lines(), |line| {
            watch(line);
            tally.read(runner, line);
        })?;
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

    /// One line that stands below the table of steps: what was not to be had, or not needed.
    pub fn note(&self, line: String) {
        println!("{line}");
        self.notes.borrow_mut().push(line);
    }

    /// All that was noted.
    pub fn notes(&self) -> Vec<String> {
        self.notes.take()
    }
}

impl Runner {
    /// Where its sum is.
    fn lines(self) -> Lines {
        match self {
            Self::Cargo | Self::Node => Lines::Output,
            Self::Nextest => Lines::All,
        }
    }
}
