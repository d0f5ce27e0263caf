//! A source, and what it has told so far.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use calendar::appointment::Appointment;
use pbx_calendar::source::{
    Advice, Backend, Calendars, Feed, MailboxState, Options, Planned, SourceEvent, Timing, Wanted, start,
};
use prometheus::{IntCounter, IntCounterVec, Opts};
use tempfile::TempDir;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// What was told of a user.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    pub state: Option<MailboxState>,
    pub mailbox: Option<String>,
    pub error: Option<Advice>,
    pub last_sync: Option<i64>,
    /// `None` as long as nothing was told.
    pub appointments: Option<Vec<Appointment>>,
}

impl Seen {
    /// Titles in the order of the alphabet.
    pub fn titles(&self) -> Vec<&str> {
        let mut titles: Vec<_> = self.appointments.iter().flatten().map(|a| a.subject.as_str()).collect();
        titles.sort_unstable();
        titles
    }

    pub fn code(&self) -> Option<&'static str> {
        self.error.as_ref().map(|advice| advice.code)
    }
}

/// A source that tells.
pub struct Told {
    pub seen: HashMap<String, Seen>,
    pub health: Option<Result<(), Advice>>,
    /// How often appointments were told.
    pub readings: u64,
    wanted: watch::Sender<Arc<Vec<Wanted>>>,
    resync: mpsc::Sender<Option<String>>,
    events: mpsc::Receiver<SourceEvent>,
    task: JoinHandle<()>,
    backend: Option<Arc<dyn Backend>>,
    /// Where the database is; a service notices when it goes.
    _data: Arc<TempDir>,
}

/// Less patient than the service. Nothing is polled that is watched.
fn timing() -> Timing {
    Timing {
        poll: Duration::from_millis(100),
        first_wait: Duration::from_millis(50),
        longest_wait: Duration::from_millis(400),
        believe_after: Duration::from_millis(300),
        search_first: Duration::from_millis(200),
        search_longest: Duration::from_millis(400),
        push_wait: Duration::from_millis(10),
        replies: Duration::from_millis(200),
        revisit_soon: Duration::from_mins(1),
        revisit_daily: Duration::from_hours(24),
        push_pause: Duration::from_millis(50),
        write_cursors: Duration::from_millis(100),
    }
}

impl Told {
    /// Starts what was planned, with a database in a folder.
    pub async fn start(planned: Planned, data: Arc<TempDir>) -> Self {
        let calendars = Calendars::open(data.path(), None).await.unwrap();
        calendars.clean(&[&planned.name], 0).await.unwrap();
        let (wanted, wanted_receiver) = watch::channel(Arc::default());
        let (resync, resync_receiver) = mpsc::channel(8);
        let (sender, events) = mpsc::channel(100);
        let feed = Feed { wanted: wanted_receiver, resync: resync_receiver, events: sender };
        let backend = planned.backend.as_ref().ok().cloned();
        let (health, task) = match planned.backend {
            Ok(backend) => {
                let panics = IntCounter::new("panics", "Panics.").unwrap();
                let rounds = IntCounterVec::new(Opts::new("rounds", "Rounds."), &["result"]).unwrap();
                let options =
                    Options { backend, name: planned.name, calendars, timing: timing(), rounds, panics };
                (None, start(options, feed))
            }
            Err(advice) => (Some(Err(advice)), tokio::spawn(async move { feed.events.closed().await })),
        };
        Self { seen: HashMap::new(), health, readings: 0, wanted, resync, events, task, backend, _data: data }
    }

    pub fn want(&self, users: &[Wanted]) {
        self.wanted.send_replace(Arc::new(users.to_vec()));
    }

    pub async fn resync(&self, guid: Option<&str>) {
        self.resync.send(guid.map(str::to_owned)).await.unwrap();
    }

    /// Waits until what was told is as it should be.
    pub async fn until(&mut self, what: &str, mut is_so: impl FnMut(&Self) -> bool) {
        let waited = timeout(PATIENCE, async {
            while !is_so(self) {
                let event = self.events.recv().await.expect("the source has ended");
                self.take(event);
            }
        })
        .await;
        assert!(waited.is_ok(), "{what}: {:?}, {:?}", self.health, self.seen);
    }

    /// Waits for something of one user.
    pub async fn until_of(&mut self, guid: &str, what: &str, is_so: impl Fn(&Seen) -> bool) -> Seen {
        self.until(what, |told| told.seen.get(guid).is_some_and(&is_so)).await;
        self.seen[guid].clone()
    }

    pub async fn until_titles(&mut self, guid: &str, titles: &[&str]) -> Seen {
        self.until_of(guid, &format!("titles {titles:?}"), |seen| {
            seen.appointments.is_some() && seen.titles() == titles
        })
        .await
    }

    pub async fn until_state(&mut self, guid: &str, state: MailboxState) -> Seen {
        self.until_of(guid, &format!("{state:?}"), |seen| seen.state == Some(state)).await
    }

    pub async fn until_error(&mut self, code: &str) -> Advice {
        self.until(code, |told| told.error().is_some_and(|advice| advice.code == code)).await;
        self.error().unwrap().clone()
    }

    pub async fn until_healthy(&mut self) {
        self.until("health", |told| told.health == Some(Ok(()))).await;
    }

    /// The code of what is amiss although it works.
    pub fn warning(&self) -> Option<&'static str> {
        self.backend.as_ref()?.details().warning.map(|advice| advice.code)
    }

    /// Ends the source as a crash would.
    pub async fn kill(self) {
        self.task.abort();
        drop(self.backend);
        let _ = self.task.await;
    }

    fn error(&self) -> Option<&Advice> {
        self.health.as_ref()?.as_ref().err()
    }

    fn take(&mut self, event: SourceEvent) {
        match event {
            SourceEvent::Health(health) => self.health = Some(health),
            SourceEvent::Replies { .. } | SourceEvent::Doubted { .. } => {}
            SourceEvent::Appointments { guid, appointments } => {
                self.readings += 1;
                self.seen.entry(guid).or_default().appointments = Some(appointments);
            }
            SourceEvent::Mailbox { guid, state, mailbox, error, last_sync } => {
                let seen = self.seen.entry(guid).or_default();
                seen.state = Some(state);
                seen.mailbox = mailbox;
                seen.error = error;
                seen.last_sync = last_sync;
            }
        }
    }
}
