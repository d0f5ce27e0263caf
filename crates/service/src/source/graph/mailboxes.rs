//! How requests name the mailboxes of addresses, for a while: the directory need not be asked for each appointment.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// How long a name is believed.
const LASTS: Duration = Duration::from_mins(30);
/// More are forgotten, all at once: callers name a thousand each.
const MOST: usize = 20_000;

/// Names by address.
#[derive(Debug, Default)]
pub(super) struct Mailboxes(Mutex<HashMap<String, (String, Instant)>>);

impl Mailboxes {
    pub fn get(&self, address: &str) -> Option<String> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(address).filter(|(_, at)| at.elapsed() < LASTS).map(|(name, _)| name.clone())
    }

    pub fn note(&self, address: &str, name: &str) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(address.to_owned(), (name.to_owned(), Instant::now()));
    }
}
