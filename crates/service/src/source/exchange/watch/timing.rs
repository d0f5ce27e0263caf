//! How long it waits for what.

use std::time::Duration;

/// Tests are less patient than the service.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// Until the first envelope of a stream. A proxy that collects answers before it passes them on gives none.
    pub first: Duration,
    /// Silence on a stream that had heartbeats before.
    pub silence: Duration,
    /// How long the server is to keep a stream open, in minutes.
    pub minutes: u32,
    /// Silence on a stream without heartbeats: longer than the server keeps it open.
    pub quiet: Duration,
    /// The first wait after a stream broke; twice as long after each further one.
    pub first_wait: Duration,
    /// The longest wait.
    pub longest_wait: Duration,
    /// Until a limit of the server is tried again.
    pub limit_lasts: Duration,
    /// Until streams are tried again where something buffers them.
    pub buffering_lasts: Duration,
    /// How often mailboxes are asked that nothing is told of.
    pub poll: Duration,
    /// For how long members of a new group are collected, so that the first of them leads.
    pub gather: Duration,
    /// A stream is opened anew so long after the last mailbox has joined it,
    pub settle: Duration,
    /// and so long after the first one at the latest.
    pub settle_most: Duration,
    /// Once nobody has joined for so long, those are read whose changes may have gone down with the stream before.
    pub check: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            first: Duration::from_mins(1),
            silence: Duration::from_secs(150),
            minutes: 30,
            quiet: Duration::from_mins(31),
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(40),
            limit_lasts: Duration::from_mins(5),
            buffering_lasts: Duration::from_hours(1),
            poll: Duration::from_mins(2),
            gather: Duration::from_millis(50),
            settle: Duration::from_millis(500),
            settle_most: Duration::from_secs(3),
            check: Duration::from_secs(5),
        }
    }
}

impl Timing {
    /// How long a stream may be silent.
    pub fn silence(&self, has_heartbeats: bool) -> Duration {
        if has_heartbeats { self.silence } else { self.quiet }
    }

    /// The wait after so many breaks in a row.
    pub fn wait(&self, breaks: u32) -> Duration {
        let wait = self.first_wait.saturating_mul(1 << breaks.saturating_sub(1).min(16));
        wait.min(self.longest_wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_forty_seconds() {
        let waits: Vec<u64> = (1..=8).map(|breaks| Timing::default().wait(breaks).as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 40, 40]);
    }

    #[test]
    fn silence_is_measured_by_what_the_server_does() {
        let timing = Timing::default();
        assert_eq!(timing.silence(true).as_secs(), 150);
        assert_eq!(
            timing.silence(false),
            Duration::from_mins(timing.minutes.into()) + Duration::from_mins(1)
        );
    }
}
