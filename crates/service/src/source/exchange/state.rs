//! What the status and the metrics show of this source.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use prometheus::{IntCounterVec, IntGauge, Opts, Registry};

use crate::source::Advice;

/// Counters. They outlive sources, which come and go with settings.
#[derive(Clone)]
pub struct Metrics {
    /// Requests by operation and code.
    pub requests: IntCounterVec,
    /// Handshakes by result.
    pub handshakes: IntCounterVec,
    /// Open streams.
    pub streams: IntGauge,
    /// Subscriptions.
    pub subscriptions: IntGauge,
    /// Ends of streams by reason.
    pub stream_ends: IntCounterVec,
}

impl Metrics {
    /// Counters in this registry.
    pub fn new(registry: &Registry) -> Result<Self, prometheus::Error> {
        let counter = |name, help, labels: &[&str]| {
            let counter = IntCounterVec::new(Opts::new(name, help), labels)?;
            registry.register(Box::new(counter.clone())).map(|()| counter)
        };
        let gauge = |name, help| {
            let gauge = IntGauge::new(name, help)?;
            registry.register(Box::new(gauge.clone())).map(|()| gauge)
        };
        Ok(Self {
            requests: counter(
                "pbx_calendar_ews_requests_total",
                "Requests to Exchange Web Services by operation and response code.",
                &["operation", "code"],
            )?,
            handshakes: counter(
                "pbx_calendar_ntlm_handshakes_total",
                "NTLM handshakes by result.",
                &["result"],
            )?,
            streams: gauge("pbx_calendar_ews_streams", "Open streams of notifications.")?,
            subscriptions: gauge("pbx_calendar_ews_subscriptions", "Subscriptions to calendars.")?,
            stream_ends: counter(
                "pbx_calendar_ews_stream_ends_total",
                "Ends of streams of notifications by reason.",
                &["reason"],
            )?,
        })
    }
}

/// What is shown.
#[derive(Default)]
pub struct State {
    version: Mutex<String>,
    server: Mutex<String>,
    refused_at_the_door: AtomicBool,
    policy: Mutex<Option<Policy>>,
    warnings: Mutex<BTreeMap<Concern, Advice>>,
    groups: AtomicUsize,
    streams: AtomicUsize,
}

/// Why Exchange Online lets nobody in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Exchange Web Services are switched off.
    Disabled,
    /// This application, or its name, is not on the list.
    Blocked,
}

/// What a warning is about. The first is told before the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concern {
    /// Notifications do not come as they should.
    Stream,
    /// Autodiscover names only the other one of internal and external server.
    OtherServer,
}

/// How changes are learned of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watching {
    /// The server tells them.
    Streaming,
    /// It is asked.
    Polling,
}

impl Watching {
    /// The word in the status.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Streaming => "streaming",
            Self::Polling => "polling",
        }
    }
}

impl State {
    /// The version that the server tells.
    pub fn set_version(&self, version: &str) {
        set(&self.version, version);
    }

    /// The version, empty if unknown.
    pub fn version(&self) -> String {
        get(&self.version)
    }

    /// The server that is asked.
    pub fn set_server(&self, server: &str) {
        set(&self.server, server);
    }

    /// The server, empty if unknown.
    pub fn server(&self) -> String {
        get(&self.server)
    }

    /// Whether the last refusal was one of HTTP, before Exchange was asked at all.
    pub fn set_refused_at_the_door(&self, refused: bool) {
        self.refused_at_the_door.store(refused, Ordering::Relaxed);
    }

    /// Whether it was.
    pub fn refused_at_the_door(&self) -> bool {
        self.refused_at_the_door.load(Ordering::Relaxed)
    }

    /// The server says why it lets nobody in. What it says is undocumented, and only looked at for its kind.
    pub fn set_policy(&self, reason: Option<&str>) {
        let kind = |reason: &str| {
            if reason.contains("blocked by policy") { Policy::Blocked } else { Policy::Disabled }
        };
        *self.policy.lock().unwrap_or_else(PoisonError::into_inner) = reason.map(kind);
    }

    /// Why it does not, if it said so.
    pub fn policy(&self) -> Option<Policy> {
        *self.policy.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something that works, but not as it should; `None` once it does.
    pub fn warn(&self, concern: Concern, warning: Option<Advice>) {
        let mut warnings = self.warnings.lock().unwrap_or_else(PoisonError::into_inner);
        match warning {
            Some(advice) => drop(warnings.insert(concern, advice)),
            None => drop(warnings.remove(&concern)),
        }
    }

    /// What that is.
    pub fn warning(&self) -> Option<Advice> {
        let warnings = self.warnings.lock().unwrap_or_else(PoisonError::into_inner);
        warnings.values().next().cloned()
    }

    /// A group of mailboxes is to have a stream, or no longer.
    pub fn count_group(&self, more: bool) {
        count(&self.groups, more);
    }

    /// A stream tells changes, or no longer.
    pub fn count_stream(&self, more: bool) {
        count(&self.streams, more);
    }

    /// Open streams.
    pub fn streams(&self) -> usize {
        self.streams.load(Ordering::Relaxed)
    }

    /// How changes are learned of: a group that is asked makes the answer.
    pub fn watching(&self) -> Watching {
        let groups = self.groups.load(Ordering::Relaxed);
        if groups > 0 && self.streams() >= groups { Watching::Streaming } else { Watching::Polling }
    }
}

fn count(counter: &AtomicUsize, more: bool) {
    if more {
        counter.fetch_add(1, Ordering::Relaxed);
    } else {
        counter.fetch_sub(1, Ordering::Relaxed);
    }
}

fn set(place: &Mutex<String>, text: &str) {
    let mut place = place.lock().unwrap_or_else(PoisonError::into_inner);
    if *place != text {
        text.clone_into(&mut place);
    }
}

fn get(place: &Mutex<String>) -> String {
    place.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
