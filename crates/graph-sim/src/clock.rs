//! The time of the stand-in: the computer's, or one that stands still until it is moved.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};

/// Everything that has to do with time (tokens, limits, time stamps) asks this clock, so that a test can let an
/// hour pass without waiting for it.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    standing: Option<DateTime<Utc>>,
    ahead_ms: AtomicI64,
}

impl Clock {
    /// With an instant the clock stands still there; without one it runs with the computer's.
    pub(crate) fn new(standing: Option<DateTime<Utc>>) -> Self {
        Self { standing, ahead_ms: AtomicI64::new(0) }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        let ahead = TimeDelta::milliseconds(self.ahead_ms.load(Ordering::Relaxed));
        self.standing.unwrap_or_else(Utc::now) + ahead
    }

    pub(crate) fn advance(&self, by: TimeDelta) {
        self.ahead_ms.fetch_add(by.num_milliseconds(), Ordering::Relaxed);
    }
}
