//! The source of appointments: started, restarted and stopped with the settings.

use std::sync::Arc;
use std::time::Duration;

use calendar::settings::Settings;
use secrecy::SecretString;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::task::AbortOnDropHandle;

use crate::source::{SourceEvent, Wanted};

/// Writes that follow each other within this time restart the source once.
const QUIET: Duration = Duration::from_millis(500);
/// Whoever goes on writing does not keep the source from starting for longer.
const MAX_DELAY: Duration = Duration::from_secs(3);
/// What the source tells waits here; when that is full, the source waits.
const EVENTS: usize = 1024;
/// Pause before a source that has ended by itself, which none should, is started again.
pub(super) const AFTER_END: Duration = Duration::from_secs(10);

/// What a source works with.
pub(crate) struct Feed {
    pub settings: Settings,
    /// Secret of the registration.
    pub secret: Option<SecretString>,
    pub wanted: watch::Receiver<Arc<Vec<Wanted>>>,
    /// Whose calendar is to be read afresh; `None` is everybody's.
    pub resync: mpsc::Receiver<Option<String>>,
    pub events: mpsc::Sender<SourceEvent>,
}

/// Starts a source, which runs until it is aborted.
pub(crate) type StartSource = Box<dyn Fn(Feed) -> JoinHandle<()> + Send + Sync>;

/// A running source. It ends when dropped.
pub(super) struct Source {
    wanted: watch::Sender<Arc<Vec<Wanted>>>,
    resync: mpsc::Sender<Option<String>>,
    events: mpsc::Receiver<SourceEvent>,
    _task: AbortOnDropHandle<()>,
}

impl Source {
    pub fn start(
        start: &StartSource,
        settings: Settings,
        secret: Option<SecretString>,
        wanted: Arc<Vec<Wanted>>,
    ) -> Self {
        let (wanted, wanted_receiver) = watch::channel(wanted);
        let (resync, resync_receiver) = mpsc::channel(16);
        let (events_sender, events) = mpsc::channel(EVENTS);
        let feed = Feed {
            settings,
            secret,
            wanted: wanted_receiver,
            resync: resync_receiver,
            events: events_sender,
        };
        Self { wanted, resync, events, _task: AbortOnDropHandle::new(start(feed)) }
    }

    pub fn want(&self, wanted: Arc<Vec<Wanted>>) {
        self.wanted.send_replace(wanted);
    }

    /// Whether the source will see to it.
    pub fn resync(&self, guid: Option<String>) -> bool {
        self.resync.try_send(guid).is_ok()
    }

    /// The next thing that it tells; `None` when it has ended.
    pub async fn next(&mut self) -> Option<SourceEvent> {
        self.events.recv().await
    }

    pub fn try_next(&mut self) -> Option<SourceEvent> {
        self.events.try_recv().ok()
    }
}

/// When the source is to be started again.
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
