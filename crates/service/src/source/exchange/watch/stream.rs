//! The stream of one group, again and again, and what follows from how it ends.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::time::{Instant, sleep, sleep_until, timeout_at};

use super::end::End;
use super::envelopes::Envelopes;
use super::group::Group;
use crate::source::Advice;
use crate::source::backend::Push;
use crate::source::exchange::ews::Call;
use crate::source::exchange::soap::{self, Notifications, Response};
use crate::source::exchange::state::Concern;

/// Keeps the stream of a group open until the group ends.
pub(super) async fn run(group: Arc<Group>) {
    let stop = group.stop.clone();
    let runner = Runner {
        group: Arc::clone(&group),
        breaks: 0,
        exceeded: 0,
        must_read: false,
        unsure: BTreeSet::new(),
    };
    tokio::select! {
        () = stop.cancelled() => {}
        () = runner.run() => {}
        () = ask_the_unsubscribed(&group) => {}
    }
    group.shared.state.count_group(false);
}

/// Asks for those of whom nothing is told.
async fn ask_the_unsubscribed(group: &Group) {
    loop {
        sleep(group.shared.timing.poll).await;
        tell(group, group.unsubscribed()).await;
    }
}

async fn tell(group: &Group, users: Vec<String>) {
    for user in users {
        // Nobody listens any more when the source ends.
        let _ = group.shared.pushes.send(Push::Changed(user)).await;
    }
}

struct Runner {
    group: Arc<Group>,
    /// Breaks in a row.
    breaks: u32,
    /// Limits in a row.
    exceeded: u32,
    /// Whether changes may have been missed.
    must_read: bool,
    /// Whose changes may have been on their way when a stream was left for another one.
    unsure: BTreeSet<String>,
}

impl Runner {
    async fn run(mut self) {
        loop {
            let subscriptions = self.subscriptions().await;
            let leader = self.group.leader();
            let end = self.stream(&subscriptions).await;
            self.group.shared.log.stream_end(leader.address(), end.reason());
            self.follow(end).await;
        }
    }

    /// The subscriptions, once there are any.
    async fn subscriptions(&self) -> BTreeMap<String, String> {
        loop {
            let subscriptions = self.group.subscriptions();
            if !subscriptions.is_empty() {
                return subscriptions;
            }
            self.group.changed.notified().await;
            sleep(self.group.shared.timing.settle).await;
        }
    }

    /// What follows from the end of a stream: the table of the contract, row by row.
    async fn follow(&mut self, end: End) {
        let timing = self.group.shared.timing;
        match end {
            // The same subscriptions at once, and no reading.
            End::Closed | End::Members => {}
            End::Broke | End::Silent => {
                self.must_read = true;
                self.pause().await;
            }
            // A leader that cannot be used may be followed by one that can.
            End::Leader => {
                self.group.next_leader();
                self.must_read = true;
                self.pause().await;
            }
            End::Failed => self.pause().await,
            End::Busy(wait) => {
                let wait = wait.unwrap_or_else(|| timing.wait(self.breaks + 1));
                self.poll_for(wait).await;
            }
            // Reading subscribes them anew first.
            End::Lost(ids) => {
                let lost = self.group.lose(&ids);
                tell(&self.group, lost).await;
                // Where they are lost again and again, not all of the time.
                self.pause().await;
            }
            End::Exceeded => {
                self.exceeded += 1;
                self.group.next_leader();
                if self.exceeded > 1 {
                    self.group.shared.state.warn(Concern::Stream, Some(limit()));
                    self.must_read = true;
                    self.poll_for(timing.limit_lasts).await;
                }
            }
            End::Buffered => {
                self.group.shared.state.warn(Concern::Stream, Some(buffering()));
                self.must_read = true;
                self.poll_for(timing.buffering_lasts).await;
            }
        }
    }

    async fn pause(&mut self) {
        self.breaks = self.breaks.saturating_add(1);
        sleep(self.group.shared.timing.wait(self.breaks)).await;
    }

    /// Asks for all mailboxes instead, every now and then, for this time.
    async fn poll_for(&self, lasts: Duration) {
        let until = Instant::now() + lasts;
        loop {
            tell(&self.group, self.group.users()).await;
            let next = Instant::now() + self.group.shared.timing.poll;
            sleep_until(next.min(until)).await;
            if Instant::now() >= until {
                return;
            }
        }
    }

    /// Opens a stream and follows it to its end.
    async fn stream(&mut self, subscriptions: &BTreeMap<String, String>) -> End {
        let (group, timing) = (Arc::clone(&self.group), self.group.shared.timing);
        let leader = group.leader();
        let ids: Vec<String> = subscriptions.keys().cloned().collect();
        let body = soap::get_streaming_events(&leader, &ids, timing.minutes);
        let call = Call {
            operation: "GetStreamingEvents",
            body: &body,
            anchor: leader.address(),
            jar: Some(&group.jar),
        };
        let (wire, response) = match group.ews.open(call).await {
            Ok(open) => open,
            Err(trouble) => return End::unopened(trouble),
        };
        let reading = Reading {
            runner: self,
            subscriptions,
            is_first: true,
            has_heartbeats: false,
            up: None,
            check: None,
        };
        let end = reading.read(response.into_body()).await;
        drop(wire);
        if end == End::Members {
            self.unsure.extend(subscriptions.values().cloned());
        }
        end
    }
}

/// A stream that is being read.
struct Reading<'a> {
    runner: &'a mut Runner,
    subscriptions: &'a BTreeMap<String, String>,
    is_first: bool,
    has_heartbeats: bool,
    /// Counts the stream while it is up.
    up: Option<Up>,
    /// When those are read of whom something may have been missed.
    check: Option<Instant>,
}

impl Reading<'_> {
    async fn read(mut self, mut body: Incoming) -> End {
        let group = Arc::clone(&self.runner.group);
        let timing = group.shared.timing;
        let mut envelopes = Envelopes::default();
        let mut deadline = Instant::now() + timing.first;
        let mut reopen: Option<(Instant, Instant)> = None;
        loop {
            let frame = tokio::select! {
                frame = timeout_at(deadline, body.frame()) => frame,
                () = group.changed.notified() => {
                    let now = Instant::now();
                    let latest = reopen.map_or(now + timing.settle_most, |(_, latest)| latest);
                    reopen = Some((latest.min(now + timing.settle), latest));
                    continue;
                }
                () = sleep_until(reopen.map_or(deadline, |(at, _)| at)), if reopen.is_some() => {
                    return End::Members;
                }
                () = sleep_until(self.check.unwrap_or(deadline)), if self.check.is_some() => {
                    self.check = None;
                    tell(&group, std::mem::take(&mut self.runner.unsure).into_iter().collect()).await;
                    continue;
                }
            };
            let data = match frame {
                Err(_) if self.is_first => return End::Buffered,
                Err(_) => return End::Silent,
                Ok(None) if self.is_first || !envelopes.is_between() => return End::Broke,
                Ok(None) => return End::Closed,
                Ok(Some(Err(_))) => return End::Broke,
                Ok(Some(Ok(frame))) => frame.into_data().unwrap_or_default(),
            };
            let Ok(complete) = envelopes.push(&data) else { return End::Broke };
            for envelope in complete {
                if let ControlFlow::Break(end) = self.take(&envelope).await {
                    return end;
                }
            }
            if !self.is_first {
                deadline = Instant::now() + timing.silence(self.has_heartbeats);
            }
        }
    }

    async fn take(&mut self, envelope: &[u8]) -> ControlFlow<End> {
        let Ok(envelope) = soap::read::<Notifications>(envelope) else {
            return ControlFlow::Break(End::Broke);
        };
        self.runner.group.ews.note(envelope.version.as_ref());
        let responses = match envelope.outcome {
            Ok(responses) => responses,
            Err(failure) => return ControlFlow::Break(End::of(failure, Vec::new())),
        };
        for Response { failure, is_warning, content } in responses {
            if let Some(failure) = failure.filter(|_| !is_warning) {
                return ControlFlow::Break(End::of(failure, content.lost));
            }
            self.up().await;
            let changes: Vec<&str> = content
                .events
                .iter()
                .filter(|event| event.is_change)
                .map(|event| event.subscription.as_str())
                .collect();
            if !self.is_first && content.heartbeat && changes.is_empty() {
                self.has_heartbeats = true;
            }
            self.is_first = false;
            let users = changes.iter().filter_map(|id| self.subscriptions.get(*id)).cloned().collect();
            tell(&self.runner.group, users).await;
            if !content.lost.is_empty() {
                return ControlFlow::Break(End::Lost(content.lost));
            }
            if content.closed == Some(true) {
                return ControlFlow::Break(End::Closed);
            }
        }
        ControlFlow::Continue(())
    }

    /// The stream stands. What may have been missed before is read now.
    async fn up(&mut self) {
        if self.up.is_some() {
            return;
        }
        let group = Arc::clone(&self.runner.group);
        group.shared.state.warn(Concern::Stream, None);
        self.up = Some(Up::new(Arc::clone(&group)));
        (self.runner.breaks, self.runner.exceeded) = (0, 0);
        if std::mem::take(&mut self.runner.must_read) {
            self.runner.unsure.clear();
            tell(&group, group.users()).await;
        }
        if !self.runner.unsure.is_empty() {
            self.check = Some(Instant::now() + group.shared.timing.check);
        }
    }
}

struct Up(Arc<Group>);

impl Up {
    fn new(group: Arc<Group>) -> Self {
        group.shared.state.count_stream(true);
        group.shared.log.metrics().streams.inc();
        Self(group)
    }
}

impl Drop for Up {
    fn drop(&mut self) {
        self.0.shared.state.count_stream(false);
        self.0.shared.log.metrics().streams.dec();
    }
}

/// The warning of a limit of the server.
pub(super) fn limit() -> Advice {
    Advice::new(
        "streamLimit",
        "Exchange allows no further streams of notifications for these mailboxes (ErrorExceededConnectionCount). Until it does, they are asked every 2 minutes. End other programs that watch the same mailboxes, or raise EWSMaxConcurrency in their throttling policy.",
    )
}

fn buffering() -> Advice {
    Advice::new(
        "streamBuffered",
        "Notifications of Exchange do not come through: a proxy or load balancer holds answers back. Mailboxes are asked every 2 minutes instead. Let it pass answers on unbuffered, or leave it out.",
    )
}
