//! A source that reads from a stand-in, and what it has told so far.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use calendar::appointment::Appointment;
use calendar::settings::{Item, Settings, SyncType};
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use graph_sim::{GraphSim, User};
use pbx_calendar::DatabaseUrl;
use pbx_calendar::source::{
    Advice, Calendars, Feed, MailboxState, Options, Overrides, Secrets, SourceEvent, Sources, Timing, Wanted,
    start,
};
use prometheus::{IntCounter, IntCounterVec, Opts, Registry};
use tempfile::TempDir;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;

#[allow(dead_code, reason = "tests of the service need more of it")]
#[path = "../service/support/postgres.rs"]
mod postgres;

pub use postgres::Postgres;

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

pub const DOMAIN: &str = "contoso.example";

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
    pub fn code(&self) -> Option<&'static str> {
        self.error.as_ref().map(|advice| advice.code)
    }

    /// Titles in the order of the alphabet.
    pub fn titles(&self) -> Vec<&str> {
        let mut titles: Vec<_> = self.appointments.iter().flatten().map(|a| a.subject.as_str()).collect();
        titles.sort_unstable();
        titles
    }
}

/// A source with its stand-in.
pub struct Source {
    pub sim: GraphSim,
    pub rounds: IntCounterVec,
    pub seen: HashMap<String, Seen>,
    pub health: Option<Result<(), Advice>>,
    wanted: watch::Sender<Arc<Vec<Wanted>>>,
    resync: mpsc::Sender<Option<String>>,
    events: mpsc::Receiver<SourceEvent>,
    task: JoinHandle<()>,
    /// Of a database of its own.
    data: Option<TempDir>,
}

/// Less patient than the service.
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

/// Settings for the application that the stand-in knows.
fn settings(sim: &GraphSim) -> Settings {
    Settings {
        sync_type: SyncType::Graph,
        client_id: sim.settings().applications[0].client_id.to_string(),
        tenant_id: sim.settings().tenant.to_string(),
        ..Settings::default()
    }
}

/// How a source is started; tests change what they are about.
pub struct Start<'a> {
    pub settings: Settings,
    pub secret: &'a str,
    pub url: String,
    pub timing: Timing,
    pub database: Option<DatabaseUrl>,
}

impl Start<'_> {
    pub fn of(sim: &GraphSim) -> Self {
        Self {
            settings: settings(sim),
            secret: "graph-sim-secret",
            url: sim.url(),
            timing: timing(),
            database: None,
        }
    }
}

impl Source {
    /// A source with a database of its own, for users whose address is their guid at the domain.
    pub async fn new(sim: GraphSim, guids: &[&str]) -> Self {
        let start = Start::of(&sim);
        Self::with(sim, start, guids).await
    }

    pub async fn with(sim: GraphSim, start: Start<'_>, guids: &[&str]) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut source = Self::at(sim, start, data.path()).await;
        source.data = Some(data);
        source.want(&guids.iter().map(|guid| user(guid)).collect::<Vec<_>>());
        source.take_told();
        source
    }

    /// A source with the database in a folder, for nobody yet.
    pub async fn at(sim: GraphSim, of: Start<'_>, data: &Path) -> Self {
        let url = || Some(of.url.parse().unwrap());
        let rounds = IntCounterVec::new(Opts::new("rounds", "Rounds."), &["result"]).unwrap();
        let secrets: Secrets = [(Item::ClientSecret, of.secret.into())].into_iter().collect();
        let sources = Sources::new(Overrides { login: url(), graph: url() }, &Registry::new()).unwrap();
        let planned = sources.plan(&of.settings, &secrets).pop().unwrap();
        let calendars = Calendars::open(data, of.database.as_ref()).await.unwrap();
        calendars.clean(&[&planned.name], 0).await.unwrap();
        let (wanted, wanted_receiver) = watch::channel(Arc::default());
        let (resync, resync_receiver) = mpsc::channel(8);
        let (sender, events) = mpsc::channel(100);
        let feed = Feed { wanted: wanted_receiver, resync: resync_receiver, events: sender };
        let (health, task) = match planned.backend {
            Ok(backend) => {
                let panics = IntCounter::new("panics", "Panics.").unwrap();
                let (name, timing, rounds) = (planned.name, of.timing, rounds.clone());
                (None, start(Options { backend, name, calendars, timing, rounds, panics }, feed))
            }
            Err(advice) => (Some(Err(advice)), tokio::spawn(async move { feed.events.closed().await })),
        };
        Self { sim, rounds, seen: HashMap::new(), health, wanted, resync, events, task, data: None }
    }

    pub fn want(&self, users: &[Wanted]) {
        self.wanted.send_replace(Arc::new(users.to_vec()));
    }

    pub async fn resync(&self, guid: Option<&str>) {
        self.resync.send(guid.map(str::to_owned)).await.unwrap();
    }

    /// Takes in what was told already.
    pub fn take_told(&mut self) {
        while let Ok(event) = self.events.try_recv() {
            self.take(event);
        }
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
        self.until(what, |source| source.seen.get(guid).is_some_and(&is_so)).await;
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
        self.until(code, |source| source.error().is_some_and(|advice| advice.code == code)).await;
        self.error().unwrap().clone()
    }

    /// Rounds that ended so.
    pub fn rounds_of(&self, result: &str) -> u64 {
        self.rounds.with_label_values(&[result]).get()
    }

    pub async fn until_healthy(&mut self) {
        self.until("health", |source| source.health == Some(Ok(()))).await;
    }

    fn error(&self) -> Option<&Advice> {
        self.health.as_ref()?.as_ref().err()
    }

    fn take(&mut self, event: SourceEvent) {
        match event {
            SourceEvent::Health(health) => self.health = Some(health),
            SourceEvent::Replies { .. } | SourceEvent::Doubted { .. } => {}
            SourceEvent::Appointments { guid, appointments } => {
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

    /// Ends the source as a crash would, and keeps the stand-in.
    pub async fn kill(self) -> GraphSim {
        self.task.abort();
        let _ = self.task.await;
        self.sim
    }
}

pub fn address(name: &str) -> String {
    format!("{name}@{DOMAIN}")
}

/// A user of the PBX with the address of that name.
pub fn user(name: &str) -> Wanted {
    Wanted { guid: name.to_owned(), addresses: vec![address(name)], search: true, at_once: false }
}

/// A stand-in with these users.
pub async fn sim(names: &[&str]) -> GraphSim {
    let sim = GraphSim::start(graph_sim::Settings::default()).await.unwrap();
    for name in names {
        sim.add_user(User::new(address(name))).unwrap();
    }
    sim
}

/// So many hours from the beginning of this one.
pub fn hours(hours: i64) -> DateTime<Utc> {
    Utc::now().duration_trunc(TimeDelta::hours(1)).unwrap() + TimeDelta::hours(hours)
}

/// An hour from now on.
pub fn meeting(title: &str, from: i64) -> graph_sim::Appointment {
    graph_sim::Appointment::new(title, hours(from), hours(from + 1))
}
