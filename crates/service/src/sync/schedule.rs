//! When whose presence changes: one timer for all users.

use std::collections::{BTreeSet, HashMap};

/// The instants at which somebody's presence changes, one for each user at most.
#[derive(Default)]
pub(super) struct Schedule {
    by_instant: BTreeSet<(i64, String)>,
    by_user: HashMap<String, i64>,
}

impl Schedule {
    /// Replaces the instant of a user.
    pub fn set(&mut self, guid: &str, at: Option<i64>) {
        let before = match at {
            Some(at) => self.by_user.insert(guid.to_owned(), at),
            None => self.by_user.remove(guid),
        };
        if let Some(before) = before {
            self.by_instant.remove(&(before, guid.to_owned()));
        }
        if let Some(at) = at {
            self.by_instant.insert((at, guid.to_owned()));
        }
    }

    /// The first instant.
    pub fn first(&self) -> Option<i64> {
        self.by_instant.first().map(|(at, _)| *at)
    }

    /// Takes out one user whose instant has come, and tells that instant.
    pub fn pop_due(&mut self, now: i64) -> Option<(i64, String)> {
        let (at, guid) = self.by_instant.pop_first()?;
        if at > now {
            self.by_instant.insert((at, guid));
            return None;
        }
        self.by_user.remove(&guid);
        Some((at, guid))
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_come_out_when_their_instant_has_come_and_only_then() {
        let mut schedule = Schedule::default();
        for (guid, at) in [("b", 20), ("a", 10), ("c", 30), ("a", 25)] {
            schedule.set(guid, Some(at));
        }
        schedule.set("c", None);
        assert_eq!(schedule.first(), Some(20));
        assert_eq!(schedule.pop_due(19), None);
        assert_eq!(schedule.pop_due(25), Some((20, "b".to_owned())));
        assert_eq!(schedule.pop_due(25), Some((25, "a".to_owned())));
        assert_eq!(schedule.pop_due(i64::MAX), None);
        assert_eq!((schedule.first(), schedule.by_user.len()), (None, 0));
    }
}
