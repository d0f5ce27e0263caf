//! How much a caller may write, and how much at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

use super::caller::Caller;
use super::problem::{Problem, Why};

/// Writes of a caller at once.
const AT_ONCE: usize = 2;
/// Beyond that a write waits so long.
const WAIT: Duration = Duration::from_secs(5);
const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);

/// Counts what callers write.
#[derive(Default)]
pub(crate) struct Limits {
    counts: Mutex<HashMap<String, [Window; 2]>>,
    callers: Turns,
    mailboxes: Turns,
}

/// A time, and how much was written in it.
#[derive(Clone, Copy)]
struct Window {
    since: Instant,
    count: u32,
}

/// Permits by name.
#[derive(Default)]
struct Turns(Mutex<HashMap<String, Arc<Semaphore>>>);

/// A turn to write, until it is dropped.
pub(crate) struct Turn {
    _caller: OwnedSemaphorePermit,
    _mailbox: OwnedSemaphorePermit,
}

impl Limits {
    /// Counts a write, if it is not one too many.
    pub fn count(&self, caller: &Caller) -> Result<(), Problem> {
        self.count_at(caller, Instant::now())
    }

    fn count_at(&self, caller: &Caller, now: Instant) -> Result<(), Problem> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let new = Window { since: now, count: 0 };
        let windows = counts.entry(caller.id.clone()).or_insert([new; 2]);
        let limits = [(MINUTE, caller.per_minute), (DAY, caller.per_day)];
        for (window, (length, most)) in windows.iter_mut().zip(limits) {
            if now - window.since >= length {
                *window = new;
            }
            if window.count >= most {
                let wait = (window.since + length).saturating_duration_since(now);
                let message = "The caller has written as much as it may in this time. The page Calendar API has its limits.";
                return Err(Problem::new(Why::Limit(wait), message));
            }
        }
        for window in windows {
            window.count += 1;
        }
        Ok(())
    }

    /// Waits for a turn to write into a mailbox, not for ever.
    pub async fn turn(&self, caller: &Caller, mailbox: &str) -> Result<Turn, Problem> {
        self.turn_until(caller, mailbox, Instant::now() + WAIT).await
    }

    async fn turn_until(&self, caller: &Caller, mailbox: &str, until: Instant) -> Result<Turn, Problem> {
        let turns = async {
            let caller = self.callers.get(&caller.id, AT_ONCE).acquire_owned().await.ok()?;
            let mailbox = self.mailboxes.get(mailbox, 1).acquire_owned().await.ok()?;
            Some(Turn { _caller: caller, _mailbox: mailbox })
        };
        let turn = timeout_at(until, turns).await.ok().flatten();
        turn.ok_or_else(|| {
            let message =
                "Two writes of the caller at once, and one for each mailbox, are the most. Ask again later.";
            Problem::new(Why::Limit(WAIT), message)
        })
    }
}

impl Turns {
    fn get(&self, name: &str, most: usize) -> Arc<Semaphore> {
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Those that nobody has or waits for are as good as new ones.
        turns.retain(|_, semaphore| Arc::strong_count(semaphore) > 1);
        Arc::clone(turns.entry(name.to_owned()).or_insert_with(|| Arc::new(Semaphore::new(most))))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::caller::Draft;
    use super::*;

    fn caller(per_minute: u32, per_day: u32) -> Caller {
        let draft = json!({"name": "crm", "kind": "token", "rights": [], "mailboxes": [], "perMinute": per_minute,
            "perDay": per_day});
        serde_json::from_value::<Draft>(draft).unwrap().into_caller("id".to_owned()).unwrap()
    }

    #[test]
    fn minutes_and_days_have_limits_of_their_own() {
        let (limits, caller, begin) = (Limits::default(), caller(2, 3), Instant::now());
        let count = |seconds| {
            limits.count_at(&caller, begin + Duration::from_secs(seconds)).map_err(|problem| problem.why)
        };
        assert_eq!([count(0), count(0)], [Ok(()), Ok(())]);
        assert_eq!(count(20), Err(Why::Limit(Duration::from_secs(40))));
        assert_eq!(count(60), Ok(()));
        assert_eq!(count(60), Err(Why::Limit(Duration::from_mins(24 * 60 - 1))));
        assert_eq!(count(24 * 3600), Ok(()));
    }

    #[tokio::test]
    async fn two_at_once_and_one_for_each_mailbox() {
        let (limits, caller) = (Limits::default(), caller(60, 2000));
        let first = limits.turn(&caller, "a").await.unwrap();
        let now = Instant::now();
        assert!(limits.turn_until(&caller, "a", now).await.is_err(), "the mailbox is taken");
        let second = limits.turn(&caller, "b").await.unwrap();
        assert!(limits.turn_until(&caller, "c", now).await.is_err(), "the caller has two");
        drop(first);
        let (third, ()) = tokio::join!(limits.turn(&caller, "b"), async { drop(second) });
        third.unwrap();
    }
}
