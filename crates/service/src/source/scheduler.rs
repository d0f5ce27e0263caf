//! Which mailbox is asked when. One task holds all users; what asks Graph runs in tasks of its own and comes back
//! with its result, so that no mailbox can hold up another.

use std::collections::{HashMap, VecDeque};
use std::future::poll_fn;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use prometheus::IntCounterVec;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};
use tokio_util::time::DelayQueue;
use tracing::{error, warn};

use super::calendars::Calendars;
use super::entry::{Entry, Place};
use super::health::Health;
use super::job::{self, Context, Done, Task};
use super::members::Loaded;
use super::pace::Pace;
use super::search::Refusal;
use super::writer::Writer;
use super::{MailboxState, Options, SourceEvent, Timing, Wanted};
use crate::graph::{Error, Graph, Link, backoff};

/// Who is gone while the service is down leaves a calendar that nobody renews. It is removed after so long.
const KEPT: Duration = Duration::from_hours(7 * 24);

/// What came of a job.
pub(super) struct Finished {
    pub(super) guid: String,
    /// The entry for which it was begun.
    pub(super) number: u64,
    /// How many were under way then.
    pub(super) under_way: usize,
    pub(super) result: Result<Done, Error>,
}

/// Nobody listens any more.
pub(super) struct Closed;

pub(super) struct Scheduler {
    pub(super) context: Arc<Context>,
    pub(super) timing: Timing,
    pub(super) rounds: IntCounterVec,
    pub(super) events: mpsc::Sender<SourceEvent>,
    pub(super) entries: HashMap<String, Entry>,
    /// Number of entries that are matched.
    pub(super) matched: usize,
    /// Number of the next entry.
    pub(super) next: u64,
    pub(super) queue: DelayQueue<String>,
    pub(super) ready: VecDeque<String>,
    pub(super) jobs: JoinSet<Finished>,
    pub(super) loads: JoinSet<Loaded>,
    pub(super) pace: Pace,
    pub(super) health: Health,
    /// Links that have changed since they were stored.
    pub(super) links: HashMap<String, Link>,
    pub(super) new_token: bool,
    pub(super) last_new_token: Option<Instant>,
}

/// Runs the source.
pub async fn run(
    options: Options,
    wanted: watch::Receiver<Arc<Vec<Wanted>>>,
    resync: mpsc::Receiver<Option<String>>,
    events: mpsc::Sender<SourceEvent>,
) {
    let Options { settings, client_secret, overrides, calendars, timing, requests, rounds } = options;
    let graph = match Graph::new(&settings, client_secret, &overrides, requests) {
        Ok(graph) => graph,
        Err(advice) => {
            // Only other settings can help, and with them comes another source.
            let _ = events.send(SourceEvent::Health(Err(advice))).await;
            return;
        }
    };
    let source = Graph::source(&settings, &overrides);
    let calendars = Calendars::from(calendars);
    let writer = Writer::start(calendars.clone(), source.clone());
    let context = Context {
        graph,
        calendars,
        writer,
        source,
        directory: Refusal::default(),
        mailbox_settings: Refusal::default(),
    };
    let scheduler = Scheduler {
        context: Arc::new(context),
        timing,
        rounds,
        events,
        entries: HashMap::new(),
        matched: 0,
        next: 0,
        queue: DelayQueue::new(),
        ready: VecDeque::new(),
        jobs: JoinSet::new(),
        loads: JoinSet::new(),
        pace: Pace::default(),
        health: Health::default(),
        links: HashMap::new(),
        new_token: false,
        last_new_token: None,
    };
    // Ends when nobody listens any more.
    let _ = scheduler.run(wanted, resync).await;
}

impl Scheduler {
    async fn run(
        mut self,
        mut wanted: watch::Receiver<Arc<Vec<Wanted>>>,
        mut resync: mpsc::Receiver<Option<String>>,
    ) -> Result<(), Closed> {
        self.clean().await;
        wanted.mark_changed();
        let mut write_links = interval(self.timing.write_links);
        write_links.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            self.start_jobs();
            let pause = self.pace.paused_until();
            tokio::select! {
                changed = wanted.changed() => {
                    changed.map_err(|_| Closed)?;
                    let users = Arc::clone(&wanted.borrow_and_update());
                    self.want(&users).await?;
                }
                asked = resync.recv() => self.resync(asked.ok_or(Closed)?),
                Some(due) = poll_fn(|context| self.queue.poll_expired(context)), if !self.queue.is_empty() => {
                    self.make_ready(due.into_inner());
                }
                Some(finished) = self.jobs.join_next() => match finished {
                    Ok(finished) => self.finish(finished).await?,
                    Err(error) => error!(%error, "a mailbox is no longer asked"),
                },
                Some(Ok(loaded)) = self.loads.join_next() => self.load(loaded).await?,
                _ = write_links.tick() => self.write_links().await,
                // Where nothing may be asked, this is what looks again.
                () = sleep_until(pause.unwrap_or_else(Instant::now)), if pause.is_some_and(|until| until > Instant::now()) => {}
            }
        }
    }

    /// Lets a user who waits for a time wait for its turn alone.
    pub(super) fn hurry(&mut self, guid: &str) {
        let Some(entry) = self.entries.get_mut(guid) else { return };
        if let Place::Queued(key) = &entry.place {
            self.queue.try_remove(key);
            entry.place = Place::Ready;
            self.ready.push_back(guid.to_owned());
        }
    }

    fn make_ready(&mut self, guid: String) {
        if let Some(entry) = self.entries.get_mut(&guid) {
            entry.place = Place::Ready;
            self.ready.push_back(guid);
        }
    }

    fn start_jobs(&mut self) {
        while self.pace.is_free(Instant::now()) {
            let Some(guid) = self.ready.pop_front() else { return };
            let Some(entry) = self.entries.get_mut(&guid) else { continue };
            if !matches!(entry.place, Place::Ready) {
                // A user of the same guid came after this one.
                continue;
            }
            entry.place = Place::Running;
            let number = entry.number;
            let new_token = std::mem::take(&mut self.new_token);
            let task = Task {
                guid: guid.clone(),
                addresses: entry.addresses.clone(),
                tracked: entry.for_job(),
                new_token,
            };
            let context = Arc::clone(&self.context);
            let under_way = self.pace.start();
            self.jobs.spawn(async move {
                let result = job::run(context, task, now()).await;
                Finished { guid, number, under_way, result }
            });
        }
    }

    pub(super) async fn set_state(&mut self, guid: &str, state: MailboxState) -> Result<(), Closed> {
        let Some(entry) = self.entries.get_mut(guid) else { return Ok(()) };
        match (entry.state == MailboxState::Matched, state == MailboxState::Matched) {
            (false, true) => self.matched += 1,
            (true, false) => self.matched -= 1,
            _ => {}
        }
        entry.state = state;
        let event = entry.event(guid);
        self.tell(event).await
    }

    /// Lets a user wait so long, unless something was asked for meanwhile.
    pub(super) fn queue(&mut self, guid: &str, wait: Duration) {
        let Some(entry) = self.entries.get_mut(guid) else { return };
        let wait = if entry.resume() { Duration::ZERO } else { wait };
        entry.place = Place::Queued(self.queue.insert(guid.to_owned(), wait));
    }

    pub(super) fn wait(&self, failures: u32) -> Duration {
        backoff(failures, self.timing.first_wait, self.timing.longest_wait)
    }

    pub(super) async fn tell(&self, event: SourceEvent) -> Result<(), Closed> {
        self.events.send(event).await.map_err(|_| Closed)
    }

    async fn write_links(&mut self) {
        let links: Vec<(String, Link)> = self.links.drain().collect();
        for chunk in links.chunks(1000) {
            if let Err(error) = self.context.calendars.write_links(&self.context.source, chunk).await {
                // An older link tells the same changes once more.
                warn!("{error:#}");
                return;
            }
        }
    }

    pub(super) async fn remove(&self, guids: Vec<String>) {
        if let Err(error) = self.context.calendars.remove(&self.context.source, &guids).await {
            // It is removed when nobody has renewed it for long enough.
            warn!("{error:#}");
        }
    }

    async fn clean(&self) {
        let Context { calendars, source, .. } = &*self.context;
        let kept = i64::try_from(KEPT.as_millis()).unwrap_or(i64::MAX);
        if let Err(error) = calendars.clean(source, now() - kept).await {
            warn!("{error:#}");
        }
    }
}

pub(super) fn now() -> i64 {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX)
}
