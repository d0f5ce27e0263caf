//! The sources of appointments: started, restarted and stopped with the settings.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use calendar::settings::Settings;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::task::AbortOnDropHandle;

use crate::source::{Advice, Details, Feed, Secrets, SourceEvent, Wanted};

/// Writes that follow each other within this time restart the sources once.
const QUIET: Duration = Duration::from_millis(500);
/// Whoever goes on writing does not keep the sources from starting for longer.
const MAX_DELAY: Duration = Duration::from_secs(3);
/// What a source tells waits here; when that is full, the source waits.
const EVENTS: usize = 1024;
/// Pause before sources of which one has ended by itself, which none should, are started again.
pub(super) const AFTER_END: Duration = Duration::from_secs(10);

/// A source that is to run.
pub(crate) struct Planned {
    /// The word for it in the status.
    pub kind: &'static str,
    /// Names it among the stored calendars.
    pub name: String,
    /// Starts it, unless the settings cannot be used.
    pub start: Result<Start, Advice>,
    /// What the status shows of it.
    pub details: Option<Show>,
}

/// Looks at what the status shows of a source.
pub(crate) type Show = Box<dyn Fn() -> Details + Send + Sync>;

/// Starts a source, which runs until it is aborted.
pub(crate) type Start = Box<dyn FnOnce(Feed) -> JoinHandle<()> + Send>;

/// The sources that settings ask for, in the order in which users are looked for.
pub(crate) type Plan = Box<dyn Fn(&Settings, &Secrets) -> Vec<Planned> + Send + Sync>;

/// A source of the settings.
pub(super) struct Source {
    pub kind: &'static str,
    /// Whether it works as a whole; `None` until it has told.
    pub health: Option<Result<(), Advice>>,
    details: Option<Show>,
    running: Option<Running>,
}

/// A running source. It ends when dropped.
struct Running {
    wanted: watch::Sender<Arc<Vec<Wanted>>>,
    resync: mpsc::Sender<Option<String>>,
    events: mpsc::Receiver<SourceEvent>,
    _task: AbortOnDropHandle<()>,
}

impl Source {
    pub fn start(planned: Planned, wanted: Arc<Vec<Wanted>>) -> Self {
        let (health, running) = match planned.start {
            Ok(start) => (None, Some(Running::start(start, wanted))),
            // Only other settings can help, and with them comes another source.
            Err(advice) => (Some(Err(advice)), None),
        };
        Self { kind: planned.kind, health, details: planned.details, running }
    }

    /// What the status shows of it.
    pub fn details(&self) -> Details {
        self.details.as_ref().map_or_else(Details::default, |details| details())
    }

    pub fn want(&self, wanted: Arc<Vec<Wanted>>) {
        if let Some(running) = &self.running {
            running.wanted.send_replace(wanted);
        }
    }

    /// Whether the source will see to it.
    pub fn resync(&self, guid: Option<String>) -> bool {
        self.running.as_ref().is_some_and(|running| running.resync.try_send(guid).is_ok())
    }

    /// It has ended by itself.
    pub fn ended(&mut self) {
        self.running = None;
    }
}

impl Running {
    fn start(start: Start, wanted: Arc<Vec<Wanted>>) -> Self {
        let (wanted, wanted_receiver) = watch::channel(wanted);
        let (resync, resync_receiver) = mpsc::channel(16);
        let (events_sender, events) = mpsc::channel(EVENTS);
        let feed = Feed { wanted: wanted_receiver, resync: resync_receiver, events: events_sender };
        Self { wanted, resync, events, _task: AbortOnDropHandle::new(start(feed)) }
    }
}

/// The next thing that a source tells, with its place; `None` when it has ended.
pub(super) async fn next(sources: &mut [Source]) -> (usize, Option<SourceEvent>) {
    poll_fn(|context| {
        for (place, source) in sources.iter_mut().enumerate() {
            let Some(running) = &mut source.running else { continue };
            if let Poll::Ready(event) = running.events.poll_recv(context) {
                return Poll::Ready((place, event));
            }
        }
        Poll::Pending
    })
    .await
}

/// The same, if there is something already.
pub(super) fn try_next(sources: &mut [Source]) -> Option<(usize, SourceEvent)> {
    sources.iter_mut().enumerate().find_map(|(place, source)| {
        let event = source.running.as_mut()?.events.try_recv().ok()?;
        Some((place, event))
    })
}

/// When the sources are to be started again.
#[derive(Clone, Copy, Default)]
pub(super) struct Restart(Option<(Instant, Instant)>);

impl Restart {
    /// Something has been written.
    pub fn request(&mut self, now: Instant) {
        let latest = self.0.map_or(now + MAX_DELAY, |(_, latest)| latest);
        self.0 = Some(((now + QUIET).min(latest), latest));
    }

    /// At a certain instant.
    pub fn request_at(&mut self, at: Instant) {
        self.0 = Some((at, at));
    }

    pub fn cancel(&mut self) {
        self.0 = None;
    }

    pub fn at(&self) -> Option<Instant> {
        self.0.map(|(at, _)| at)
    }

    /// Whether it is time. Says so once.
    pub fn take_due(&mut self, now: Instant) -> bool {
        let is_due = self.at().is_some_and(|at| at <= now);
        if is_due {
            self.0 = None;
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_in_quick_succession_are_one_restart_which_comes_in_any_case() {
        let begin = Instant::now();
        let mut restart = Restart::default();
        assert!(!restart.take_due(begin));
        restart.request(begin);
        restart.request(begin + QUIET / 2);
        assert!(!restart.take_due(begin + QUIET));
        assert!(restart.take_due(begin + QUIET / 2 + QUIET));
        assert!(!restart.take_due(begin + MAX_DELAY * 2));
        for step in 0..100 {
            restart.request(begin + QUIET / 4 * step);
        }
        assert!(restart.take_due(begin + MAX_DELAY));
    }
}
