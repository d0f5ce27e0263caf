//! What has been asked and how it was answered.

use std::collections::BTreeMap;

use parking_lot::Mutex;
use serde::Serialize;

use crate::faults::Operation;
use crate::login::LoginFault;
use crate::violation::{Rule, Violation};

/// Counts since the start, or since they were reset.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Requests by what they are for.
    pub requests: BTreeMap<Operation, u64>,
    /// Response codes of EWS, `NoError` among them.
    pub codes: BTreeMap<String, u64>,
    /// Answers by HTTP status; 0 stands for connections closed without one.
    pub statuses: BTreeMap<u16, u64>,
    /// Requests by host, as they came out of the proxy or over the ports.
    pub hosts: BTreeMap<String, u64>,
    /// Connections that a client opened.
    pub connections: u64,
    /// Handshakes of NTLM that ended well.
    pub handshakes: u64,
    /// Handshakes on connections that were authenticated already.
    pub repeated_handshakes: u64,
    /// First messages of NTLM that came with a body, which has to be sent again.
    pub negotiates_with_body: u64,
    /// Logins refused, by reason.
    pub refused: BTreeMap<LoginFault, u64>,
    /// Streams that are open.
    pub streams: u64,
    /// Streams that were opened.
    pub streams_opened: u64,
    /// Signs of life on streams on which nothing else happened.
    pub heartbeats: u64,
    /// Requests of EWS under way at once, at most.
    pub most_at_once: u64,
}

impl Counts {
    /// Requests of one kind.
    pub fn of(&self, operation: Operation) -> u64 {
        self.requests.get(&operation).copied().unwrap_or_default()
    }

    /// Logins refused for one reason.
    pub fn refusals(&self, fault: LoginFault) -> u64 {
        self.refused.get(&fault).copied().unwrap_or_default()
    }
}

#[derive(Debug, Default)]
pub(crate) struct Counters(Mutex<Running>);

#[derive(Debug, Default)]
struct Running {
    counts: Counts,
    at_once: u64,
    violations: Vec<Violation>,
}

impl Counters {
    pub(crate) fn count(&self, change: impl FnOnce(&mut Counts)) {
        change(&mut self.0.lock().counts);
    }

    pub(crate) fn violation(&self, rule: Rule, at: String) {
        self.0.lock().violations.push(Violation { rule, at });
    }

    pub(crate) fn violations(&self) -> Vec<Violation> {
        self.0.lock().violations.clone()
    }

    pub(crate) fn clear_violations(&self) {
        self.0.lock().violations.clear();
    }

    /// A request is under way until the guard is dropped.
    pub(crate) fn under_way(&self) -> impl Drop {
        let mut running = self.0.lock();
        running.at_once += 1;
        running.counts.most_at_once = running.counts.most_at_once.max(running.at_once);
        UnderWay(self)
    }

    pub(crate) fn read(&self) -> Counts {
        self.0.lock().counts.clone()
    }

    /// Streams that are open stay counted.
    pub(crate) fn reset(&self) {
        let mut running = self.0.lock();
        let streams = running.counts.streams;
        running.counts = Counts { streams, ..Counts::default() };
    }
}

struct UnderWay<'a>(&'a Counters);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.0.lock().at_once -= 1;
    }
}
