//! What has been asked and how it was answered.

use std::collections::BTreeMap;

use parking_lot::Mutex;
use serde::Serialize;

use crate::endpoint::Endpoint;

/// Counts since the start, or since they were reset.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Requests by endpoint.
    pub requests: BTreeMap<Endpoint, u64>,
    /// Answers by HTTP status; 0 stands for connections closed without one.
    pub statuses: BTreeMap<u16, u64>,
    /// Access tokens issued.
    pub tokens: u64,
    /// Answers with 429.
    pub throttled: u64,
    /// Requests to mailboxes that were under way at once, at most.
    pub most_at_once: u64,
    /// Events, occurrences and removals sent in delta answers.
    pub rows: u64,
}

impl Counts {
    /// Requests to an endpoint.
    pub fn of(&self, endpoint: Endpoint) -> u64 {
        self.requests.get(&endpoint).copied().unwrap_or_default()
    }
}

#[derive(Debug, Default)]
pub(crate) struct Counters(Mutex<Running>);

#[derive(Debug, Default)]
struct Running {
    counts: Counts,
    at_once: u64,
}

impl Counters {
    pub(crate) fn asked(&self, endpoint: Endpoint) {
        *self.0.lock().counts.requests.entry(endpoint).or_default() += 1;
    }

    pub(crate) fn answered(&self, status: u16) {
        let mut running = self.0.lock();
        *running.counts.statuses.entry(status).or_default() += 1;
        running.counts.throttled += u64::from(status == 429);
    }

    pub(crate) fn token_issued(&self) {
        self.0.lock().counts.tokens += 1;
    }

    pub(crate) fn rows(&self, count: usize) {
        self.0.lock().counts.rows += count as u64;
    }

    /// A request to a mailbox is under way until the guard is dropped.
    pub(crate) fn under_way(&self) -> impl Drop {
        let mut running = self.0.lock();
        running.at_once += 1;
        running.counts.most_at_once = running.counts.most_at_once.max(running.at_once);
        UnderWay(self)
    }

    pub(crate) fn read(&self) -> Counts {
        self.0.lock().counts.clone()
    }

    pub(crate) fn reset(&self) {
        self.0.lock().counts = Counts::default();
    }
}

struct UnderWay<'a>(&'a Counters);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.0.lock().at_once -= 1;
    }
}
