//! Steps with several parts tell of each.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::{Outcome, Step};

/// Who is told how a test goes on.
pub trait Tell: Send + Sync {
    /// A step, or a part of one, has begun. The facts are for whoever has to do something now.
    fn begins(&self, step: Step, part: Option<&str>, hint: Option<&Outcome>);

    /// It has ended.
    fn ended(&self, step: Step, part: Option<&str>, took: Duration, outcome: &Outcome);
}

/// The parts of a step that runs.
pub struct Parts<'a> {
    step: Step,
    tell: &'a dyn Tell,
    open: Mutex<Vec<(String, Instant)>>,
}

impl<'a> Parts<'a> {
    /// Of a step that has begun.
    pub fn of(step: Step, tell: &'a dyn Tell) -> Self {
        Self { step, tell, open: Mutex::default() }
    }

    /// A part begins.
    pub fn begin(&self, part: &str) {
        self.begin_with(part, None);
    }

    /// A part begins, in which somebody has to do something.
    pub fn begin_with(&self, part: &str, hint: Option<&Outcome>) {
        self.open().push((part.to_owned(), Instant::now()));
        self.tell.begins(self.step, Some(part), hint);
    }

    /// It has ended.
    pub fn end(&self, part: &str, outcome: &Outcome) {
        let mut open = self.open();
        let Some(place) = open.iter().position(|(name, _)| name == part) else { return };
        let (name, began) = open.remove(place);
        drop(open);
        self.tell.ended(self.step, Some(&name), began.elapsed(), outcome);
    }

    /// Ends those that are still open.
    pub fn end_all(&self, outcome: &Outcome) {
        loop {
            let Some((name, began)) = self.open().pop() else { return };
            self.tell.ended(self.step, Some(&name), began.elapsed(), outcome);
        }
    }

    fn open(&self) -> std::sync::MutexGuard<'_, Vec<(String, Instant)>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
