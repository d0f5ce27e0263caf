//! `GetStreamingEvents`: an answer that goes on, envelope after envelope.

use std::sync::Arc;
use std::time::Duration;

use hyper::body::Bytes;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

use super::response;
use super::subscribe::LIFETIME;
use crate::ews::{Charged, Context, Problem, Refusal, version_info};
use crate::net::Closed;
use crate::options::Version;
use crate::sim::Sim;
use crate::subscriptions::{Signal, StreamSettings};
use crate::xml::{Element, Style, envelope, m, t, write};

/// One connection has no more subscriptions.
const MOST: usize = 200;
/// A notification has no more events.
const MOST_EVENTS: usize = 50;

pub(crate) type Chunks = mpsc::Receiver<Result<Bytes, Closed>>;

pub(super) fn run(
    sim: &Arc<Sim>,
    context: &Context,
    operation: &Element,
    charged: Charged,
) -> Result<Chunks, Refusal> {
    let ids = operation.m("SubscriptionIds").map_or(&[][..], |ids| &ids.children);
    let ids: Vec<String> = ids.iter().map(|id| id.text().to_owned()).collect();
    if ids.len() > MOST {
        return Err(Refusal::schema(&format!("a connection has at most {MOST} subscriptions")));
    }
    let minutes =
        operation.m("ConnectionTimeout").and_then(|timeout| timeout.text().parse().ok()).unwrap_or(1);
    let (sender, chunks) = mpsc::channel(16);
    let pump = Pump {
        sim: sim.clone(),
        version: context.version,
        settings: sim.state.read().streams,
        sender,
        kept: Vec::new(),
    };
    let time = sim.pace(Duration::from_secs(60 * minutes));
    let wrong = check(sim, context, &ids)?;
    let sim = sim.clone();
    tokio::spawn(async move {
        let _charged = charged;
        match wrong {
            Some((code, wrong)) => pump.refuse(&code, &wrong).await,
            None => pump.run(sim, ids, time).await,
        }
    });
    Ok(chunks)
}

/// The code and the ids of subscriptions that cannot be read here; with one of them no other is read either.
fn check(sim: &Sim, context: &Context, ids: &[String]) -> Result<Option<(String, Vec<String>)>, Refusal> {
    let mut subscriptions = sim.subscriptions.lock();
    subscriptions.expire(sim.pace(LIFETIME));
    let first = ids.first().and_then(|id| subscriptions.get(id));
    let grouping = first.map(|it| it.grouping.clone());
    let (mut missing, mut other_group) = (Vec::new(), Vec::new());
    for id in ids {
        match subscriptions.get(id) {
            Some(it) if it.owner != context.caller.name() => {
                let text = "The subscription was made by another account.";
                return Err(Refusal::message("ErrorSubscriptionAccessDenied", text));
            }
            Some(it) if it.server != context.server => missing.push(id.clone()),
            Some(it) if Some(&it.grouping) != grouping.as_ref() => other_group.push(id.clone()),
            Some(_) => {}
            None => missing.push(id.clone()),
        }
    }
    Ok(match (missing, other_group) {
        (missing, _) if !missing.is_empty() => Some(("ErrorSubscriptionNotFound".into(), missing)),
        (_, other) if !other.is_empty() => Some(("ErrorInvalidSubscription".into(), other)),
        _ => None,
    })
}

/// Writes one stream.
struct Pump {
    sim: Arc<Sim>,
    version: Version,
    settings: StreamSettings,
    sender: mpsc::Sender<Result<Bytes, Closed>>,
    /// What something on the way keeps.
    kept: Vec<u8>,
}

impl Pump {
    async fn refuse(mut self, code: &str, ids: &[String]) {
        self.send(&self.failed(code, ids)).await;
        self.flush().await;
    }

    async fn run(mut self, sim: Arc<Sim>, ids: Vec<String>, time: Duration) {
        let (signals, mut received) = mpsc::unbounded_channel();
        let stream = sim.subscriptions.lock().open(&ids, signals);
        sim.counters.count(|counts| {
            counts.streams += 1;
            counts.streams_opened += 1;
        });
        let end = Instant::now() + time;
        if self.send(&connection_status("OK")).await {
            self.go_on(&ids, stream, &mut received, end).await;
        }
        self.flush().await;
        sim.subscriptions.lock().close(stream);
        sim.counters.count(|counts| counts.streams -= 1);
    }

    async fn go_on(
        &mut self,
        ids: &[String],
        stream: u64,
        signals: &mut mpsc::UnboundedReceiver<Signal>,
        end: Instant,
    ) {
        let interval = self.settings.heartbeat.map(|seconds| self.sim.pace(Duration::from_secs(seconds)));
        let next_beat = || interval.map_or(end, |interval| Instant::now() + interval);
        let mut beat = next_beat();
        loop {
            let signal = tokio::select! {
                () = self.sender.closed() => return,
                signal = signals.recv() => signal.unwrap_or(Signal::Close),
                () = sleep_until(beat.min(end)) => {
                    if Instant::now() >= end { Signal::Close } else {
                        if !self.send(&self.heartbeat(ids)).await { return }
                        self.sim.counters.count(|counts| counts.heartbeats += 1);
                        beat = next_beat();
                        continue;
                    }
                }
            };
            match signal {
                Signal::Events => {
                    let waiting = self.sim.subscriptions.lock().take(stream, ids);
                    if waiting.is_empty() {
                        continue;
                    }
                    if !self.send(&self.notifications(&waiting)).await {
                        return;
                    }
                    beat = next_beat();
                }
                Signal::Close => {
                    self.send(&connection_status("Closed")).await;
                    return;
                }
                Signal::Break => {
                    let _ = self.sender.send(Err(Closed)).await;
                    return;
                }
                Signal::Silence => {
                    self.sender.closed().await;
                    return;
                }
                Signal::Error { code, ids } => {
                    self.send(&self.failed(&code, &ids)).await;
                    return;
                }
            }
        }
    }

    /// Whether there is still somebody who reads.
    async fn send(&mut self, message: &Element) -> bool {
        let root =
            envelope(Some(version_info(self.version)), response("GetStreamingEvents", [message.clone()]));
        let mut text = write(&root, Style::Streamed);
        if !self.settings.declarations {
            text = text.split_once("?>").map(|(_, rest)| rest.to_owned()).unwrap_or(text);
        }
        if self.settings.buffered {
            self.kept.extend_from_slice(text.as_bytes());
            return !self.sender.is_closed();
        }
        let bytes = Bytes::from(text);
        let size = self.settings.pieces.unwrap_or(bytes.len()).max(1);
        for piece in bytes.chunks(size) {
            if self.sender.send(Ok(bytes.slice_ref(piece))).await.is_err() {
                return false;
            }
        }
        true
    }

    async fn flush(&mut self) {
        if !self.kept.is_empty() {
            let _ = self.sender.send(Ok(Bytes::from(std::mem::take(&mut self.kept)))).await;
        }
    }

    fn heartbeat(&self, ids: &[String]) -> Element {
        if !self.settings.status_events {
            return connection_status("OK");
        }
        let first = ids.iter().take(1).map(|id| (id.clone(), vec![t("StatusEvent")]));
        self.notifications(&first.collect::<Vec<_>>())
    }

    fn notifications(&self, waiting: &[(String, Vec<Element>)]) -> Element {
        let name = if self.settings.types_notification { t("Notification") } else { m("Notification") };
        let notifications = waiting.iter().flat_map(|(id, events)| {
            let name = name.clone();
            events.chunks(MOST_EVENTS).map(move |events| {
                name.clone().with(t("SubscriptionId").says(id)).with_all(events.iter().cloned())
            })
        });
        message().with(m("Notifications").with_all(notifications))
    }

    fn failed(&self, code: &str, ids: &[String]) -> Element {
        let name = if self.settings.messages_ids { m("SubscriptionId") } else { t("SubscriptionId") };
        let text = format!("The subscriptions are over: {code}.");
        let ids = ids.iter().map(|id| name.clone().says(id));
        let mut message = Problem::new(code, &text).message("GetStreamingEvents");
        if ids.len() > 0 {
            message = message.with(m("ErrorSubscriptionIds").with_all(ids));
        }
        message
    }
}

fn message() -> Element {
    super::success("GetStreamingEvents")
}

fn connection_status(status: &str) -> Element {
    message().with(m("ConnectionStatus").says(status))
}
