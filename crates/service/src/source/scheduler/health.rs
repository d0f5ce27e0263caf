//! Whether the source as a whole works. A single mailbox that fails says nothing about it.

use std::collections::HashSet;

use super::super::Advice;

/// So many failures in a row, and it is not the mailboxes.
const MANY: usize = 10;
/// Connections break; not every one means that there is no network.
const BROKEN_CONNECTIONS: usize = 3;

/// Follows successes and failures.
#[derive(Debug, Default)]
pub struct Health {
    /// What is wrong, as told last.
    state: Option<Result<(), Advice>>,
    failures: usize,
    /// Who has refused since a mailbox was read last.
    denied: HashSet<String>,
    /// Consecutive pauses of everybody.
    pub outages: u32,
}

impl Health {
    /// A mailbox was read. Gives what is to be told, if that is news.
    pub fn success(&mut self) -> Option<Result<(), Advice>> {
        self.failures = 0;
        self.outages = 0;
        self.denied.clear();
        self.set(Ok(()))
    }

    /// No mailbox can be read, that is certain.
    pub fn outage(&mut self, advice: Advice) -> Option<Result<(), Advice>> {
        self.outages = self.outages.saturating_add(1);
        self.set(Err(advice))
    }

    /// The mailbox of this user refuses us. How many do.
    pub fn denied(&mut self, guid: &str) -> usize {
        self.denied.insert(guid.to_owned());
        self.denied.len()
    }

    /// Whether the mailbox of this user has refused since another one was read.
    pub fn has_denied(&self, guid: &str) -> bool {
        self.denied.contains(guid)
    }

    /// A connection could not be made. Whether that is the network's fault by now, or seems so because nothing ever
    /// worked.
    pub fn unreachable(&mut self) -> bool {
        self.failures += 1;
        self.failures >= BROKEN_CONNECTIONS || self.state.as_ref().is_none_or(Result::is_err)
    }

    /// A mailbox of so many failed.
    pub fn failure(&mut self, advice: &Advice, mailboxes: usize) -> Option<Result<(), Advice>> {
        self.failures += 1;
        (self.failures >= MANY.min(3 * mailboxes)).then(|| self.set(Err(advice.clone()))).flatten()
    }

    /// Whether this was told last.
    pub fn is(&self, code: &str) -> bool {
        matches!(&self.state, Some(Err(advice)) if advice.code == code)
    }

    fn set(&mut self, state: Result<(), Advice>) -> Option<Result<(), Advice>> {
        (self.state.as_ref() != Some(&state)).then(|| {
            self.state = Some(state.clone());
            state
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn advice() -> Advice {
        Advice::new("x", "y")
    }

    #[test]
    fn news_is_told_once() {
        let mut health = Health::default();
        assert_eq!(health.success(), Some(Ok(())));
        assert_eq!(health.success(), None);
        assert_eq!(health.outage(advice()), Some(Err(advice())));
        assert!(health.is("x"));
        assert_eq!(health.outage(advice()), None);
        assert_eq!(health.success(), Some(Ok(())));
    }

    #[test]
    fn one_broken_mailbox_is_not_the_source() {
        let mut health = Health::default();
        health.success();
        for _ in 0..100 {
            assert_eq!(health.failure(&advice(), 2), None);
            assert_eq!(health.success(), None);
        }
        assert!((0..6).any(|_| health.failure(&advice(), 2).is_some()));
    }

    #[test]
    fn a_connection_that_breaks_is_no_outage_but_three_are() {
        let mut health = Health::default();
        assert!(health.unreachable(), "nothing ever worked");
        health.success();
        assert!(!health.unreachable());
        assert!(!health.unreachable());
        assert!(health.unreachable());
    }
}
