//! Streaming subscriptions, and what waits in them.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use tokio::sync::mpsc::UnboundedSender;

use crate::xml::Element;

/// How streams behave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct StreamSettings {
    /// Something on the way keeps the answer until it is complete.
    pub buffered: bool,
    /// Seconds between heartbeats; none without.
    pub heartbeat: Option<u64>,
    /// Heartbeats are `StatusEvent` in a notification instead of `ConnectionStatus`.
    pub status_events: bool,
    /// `Notification` is in the namespace of types, as in the schema, not in that of messages, as on the wire.
    pub types_notification: bool,
    /// `SubscriptionId` below `ErrorSubscriptionIds` is in the namespace of messages.
    pub messages_ids: bool,
    /// An XML declaration stands before each envelope.
    pub declarations: bool,
    /// Bytes of each piece in which an envelope is sent; whole without.
    pub pieces: Option<usize>,
}

impl Default for StreamSettings {
    fn default() -> Self {
        Self {
            buffered: false,
            heartbeat: Some(45),
            status_events: false,
            types_notification: false,
            messages_ids: false,
            declarations: true,
            pieces: None,
        }
    }
}

/// What a stream is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Signal {
    /// Some subscription has events.
    Events,
    /// It ends as after its time.
    Close,
    /// Its connection breaks.
    Break,
    /// Its connection stays, and nothing comes any more.
    Silence,
    /// It ends with an error of some of its subscriptions.
    Error { code: String, ids: Vec<String> },
}

/// A subscription.
#[derive(Debug)]
pub(crate) struct Subscription {
    /// Whose login made it.
    pub(crate) owner: String,
    /// The primary address in small letters.
    pub(crate) mailbox: String,
    pub(crate) server: String,
    pub(crate) grouping: Option<String>,
    pub(crate) types: Vec<String>,
    pub(crate) queue: Vec<Element>,
    /// The stream that it is read by.
    stream: Option<u64>,
    used: Instant,
}

impl Subscription {
    pub(crate) fn new(owner: String, mailbox: String, server: String, grouping: Option<String>) -> Self {
        let (types, queue) = (Vec::new(), Vec::new());
        Self { owner, mailbox, server, grouping, types, queue, stream: None, used: Instant::now() }
    }
}

#[derive(Debug, Default)]
pub(crate) struct Subscriptions {
    map: HashMap<String, Subscription>,
    by_mailbox: HashMap<String, HashSet<String>>,
    streams: HashMap<u64, UnboundedSender<Signal>>,
    next_stream: u64,
    /// When old ones were looked for.
    looked: Option<Instant>,
}

impl Subscriptions {
    pub(crate) fn add(&mut self, id: String, subscription: Subscription) {
        self.by_mailbox.entry(subscription.mailbox.clone()).or_default().insert(id.clone());
        self.map.insert(id, subscription);
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Subscription> {
        self.map.get(id)
    }

    pub(crate) fn remove(&mut self, id: &str) -> Option<Subscription> {
        let subscription = self.map.remove(id)?;
        if let Some(ids) = self.by_mailbox.get_mut(&subscription.mailbox) {
            ids.remove(id);
        }
        Some(subscription)
    }

    /// Those of a mailbox, or all.
    pub(crate) fn ids(&self, mailbox: Option<&str>) -> Vec<String> {
        match mailbox {
            None => self.map.keys().cloned().collect(),
            Some(mailbox) => {
                self.by_mailbox.get(&mailbox.to_lowercase()).into_iter().flatten().cloned().collect()
            }
        }
    }

    /// Forgets those that no stream has read for so long. All are looked at, so this is done now and then.
    pub(crate) fn expire(&mut self, after: Duration) {
        let due = self.looked.is_none_or(|looked| looked.elapsed() > after / 30);
        if !due {
            return;
        }
        self.looked = Some(Instant::now());
        let old: Vec<String> = self
            .map
            .iter()
            .filter(|(_, it)| it.stream.is_none() && it.used.elapsed() > after)
            .map(|(id, _)| id.clone())
            .collect();
        for id in &old {
            self.remove(id);
        }
    }

    /// Puts an event into the subscriptions of a mailbox that are for it.
    pub(crate) fn emit(&mut self, mailbox: &str, kind: &str, event: &Element) {
        for id in self.ids(Some(mailbox)) {
            let Some(subscription) = self.map.get_mut(&id) else { continue };
            if !subscription.types.iter().any(|known| known == kind) {
                continue;
            }
            subscription.queue.push(event.clone());
            let stream = subscription.stream.and_then(|stream| self.streams.get(&stream));
            if let Some(stream) = stream {
                // The stream may have ended in this moment; the event waits for the next.
                let _ = stream.send(Signal::Events);
            }
        }
    }

    /// Opens a stream over subscriptions; one that another stream reads goes over to this.
    pub(crate) fn open(&mut self, ids: &[String], signals: UnboundedSender<Signal>) -> u64 {
        self.next_stream += 1;
        let stream = self.next_stream;
        for id in ids {
            if let Some(subscription) = self.map.get_mut(id) {
                subscription.stream = Some(stream);
            }
        }
        // What has waited is told at once.
        let _ = signals.send(Signal::Events);
        self.streams.insert(stream, signals);
        stream
    }

    pub(crate) fn close(&mut self, stream: u64) {
        self.streams.remove(&stream);
        for subscription in self.map.values_mut().filter(|it| it.stream == Some(stream)) {
            subscription.stream = None;
            subscription.used = Instant::now();
        }
    }

    /// Events that wait for a stream, with the ids of their subscriptions.
    pub(crate) fn take(&mut self, stream: u64, ids: &[String]) -> Vec<(String, Vec<Element>)> {
        let mut taken = Vec::new();
        for id in ids {
            let Some(it) = self.map.get_mut(id).filter(|it| it.stream == Some(stream)) else { continue };
            if !it.queue.is_empty() {
                taken.push((id.clone(), std::mem::take(&mut it.queue)));
            }
        }
        taken
    }

    /// Tells all streams, or those with a subscription of a mailbox.
    pub(crate) fn signal(&self, mailbox: Option<&str>, signal: &Signal) {
        let of: HashSet<u64> = match mailbox {
            None => self.streams.keys().copied().collect(),
            Some(_) => self.ids(mailbox).iter().filter_map(|id| self.map.get(id)?.stream).collect(),
        };
        for stream in of.iter().filter_map(|stream| self.streams.get(stream)) {
            let _ = stream.send(signal.clone());
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.map.len()
    }

    /// How many of them a stream reads.
    pub(crate) fn streamed(&self) -> usize {
        self.map.values().filter(|it| it.stream.is_some()).count()
    }
}
