//! Addresses that fail for ever, and must not keep the next address of the same user from being tried.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// After so many failures the next address is tried.
const ENOUGH: u32 = 5;

/// Failures in a row, by user and address.
#[derive(Debug, Default)]
pub(super) struct Failures(Mutex<HashMap<String, HashMap<String, u32>>>);

impl Failures {
    /// Counts a failure. Whether these are enough to try the next address.
    pub fn count(&self, guid: &str, address: &str) -> bool {
        self.with(|users| {
            let count = users.entry(guid.to_owned()).or_default().entry(address.to_owned()).or_default();
            *count = count.saturating_add(1);
            *count >= ENOUGH
        })
    }

    /// The address was answered.
    pub fn forget(&self, guid: &str, address: &str) {
        self.with(|users| {
            let Some(addresses) = users.get_mut(guid) else { return };
            addresses.remove(address);
            if addresses.is_empty() {
                users.remove(guid);
            }
        });
    }

    /// Nobody looks for this user any more, or a mailbox was found.
    pub fn forget_user(&self, guid: &str) {
        self.with(|users| {
            users.remove(guid);
        });
    }

    fn with<T>(&self, work: impl FnOnce(&mut HashMap<String, HashMap<String, u32>>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_failures_in_a_row_are_enough() {
        let failures = Failures::default();
        let count = || failures.count("a", "x");
        assert_eq!([count(), count(), count(), count()], [false; 4]);
        assert!(!failures.count("b", "x") && !failures.count("a", "y"), "each for itself");
        assert!(count() && count());
        failures.forget("a", "x");
        assert!(!count());
        assert!((0..5).any(|_| failures.count("c", "x")));
        failures.forget_user("c");
        assert!(!failures.count("c", "x"));
    }
}
