//! Which mailbox is asked when. One task holds all users; what asks a backend runs in tasks of its own and comes back
//! with its result, so that no mailbox can hold up another.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `members` | who is asked at all |
//! | `job` | asking one mailbox |
//! | `outcome` | what the results mean |
//! | `missing` | when a mailbox is believed to be gone |
//! | `trouble` | what follows from failures |
//! | `entry` | what the scheduler knows of a user |
//! | `replies` | whether mailboxes answer automatically |
//! | `pace` | how many are asked at once |
//! | `health` | whether the source as a whole works |
//! | `calendars`, `writer` | what is stored, and writes of many mailboxes in one transaction |

mod calendars;
mod entry;
mod health;
mod job;
mod members;
mod missing;
mod outcome;
mod pace;
mod replies;
#[cfg(test)]
mod tests;
mod trouble;
mod writer;

use std::collections::{HashMap, VecDeque};
use std::future::poll_fn;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};
use tokio_util::time::DelayQueue;
use tracing::{error, warn};

use super::backend::{Cursor, Push};
use super::{Error, Feed, MailboxState, Options, SourceEvent, Timing, Wanted, backoff};
use calendars::Calendars;
use entry::{Again, Entry, Place};
use health::Health;
use job::{Context, Done, Task};
use members::Loaded;
use pace::Pace;
use writer::Writer;

pub(super) use calendars::Calendars as StoredCalendars;
pub(crate) use job::PANICKED;

/// What came of a job.
struct Finished {
    guid: String,
    /// The entry for which it was begun.
    number: u64,
    /// How many were under way then.
    under_way: usize,
    result: Result<Done, Error>,
}

/// Nobody listens any more.
struct Closed;

struct Scheduler {
    context: Arc<Context>,
    timing: Timing,
    rounds: prometheus::IntCounterVec,
    events: mpsc::Sender<SourceEvent>,
    entries: HashMap<String, Entry>,
    /// Number of entries that are matched.
    matched: usize,
    /// Number of the next entry.
    next: u64,
    queue: DelayQueue<String>,
    ready: VecDeque<String>,
    jobs: JoinSet<Finished>,
    loads: JoinSet<Loaded>,
    pace: Pace,
    health: Health,
    /// Cursors that have changed since they were stored.
    cursors: HashMap<String, Cursor>,
    start_over: bool,
    last_start_over: Option<Instant>,
}

/// Runs a source until nobody listens any more.
pub async fn run(options: Options, feed: Feed) {
    let Options { backend, name, calendars, timing, rounds, panics } = options;
    let calendars = Calendars::new(calendars, name);
    let (pushes, pace) = (backend.pushes(), Pace::new(backend.most_at_once()));
    let writer = Writer::start(calendars.clone());
    let scheduler = Scheduler {
        context: Arc::new(Context { backend, calendars, writer, timing, panics }),
        timing,
        rounds,
        events: feed.events,
        entries: HashMap::new(),
        matched: 0,
        next: 0,
        queue: DelayQueue::new(),
        ready: VecDeque::new(),
        jobs: JoinSet::new(),
        loads: JoinSet::new(),
        pace,
        health: Health::default(),
        cursors: HashMap::new(),
        start_over: false,
        last_start_over: None,
    };
    // Ends when nobody listens any more.
    let _ = scheduler.run(feed.wanted, feed.resync, pushes).await;
}

impl Scheduler {
    async fn run(
        mut self,
        mut wanted: watch::Receiver<Arc<Vec<Wanted>>>,
        mut resync: mpsc::Receiver<Option<String>>,
        mut pushes: Option<mpsc::Receiver<Push>>,
    ) -> Result<(), Closed> {
        wanted.mark_changed();
        let mut write_cursors = interval(self.timing.write_cursors);
        write_cursors.set_missed_tick_behavior(MissedTickBehavior::Delay);
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
                news = next_push(&mut pushes) => match news {
                    Some(Push::Changed(guid)) => self.changed(&guid),
                    None => pushes = None,
                },
                _ = write_cursors.tick() => self.write_cursors().await,
                // Where nothing may be asked, this is what looks again.
                () = sleep_until(pause.unwrap_or_else(Instant::now)), if pause.is_some_and(|until| until > Instant::now()) => {}
            }
        }
    }

    /// Lets a user who waits for a time wait for its turn alone.
    fn hurry(&mut self, guid: &str) {
        let Some(entry) = self.entries.get_mut(guid) else { return };
        if let Place::Queued(key) | Place::Subscribed(key) = &entry.place {
            self.queue.try_remove(key);
            entry.place = Place::Ready;
            self.ready.push_back(guid.to_owned());
        }
    }

    /// The backend says that a mailbox has changed. Several changes in a row are read together.
    fn changed(&mut self, guid: &str) {
        let Some(entry) = self.entries.get_mut(guid) else { return };
        match &entry.place {
            Place::Subscribed(key) => {
                entry.is_changed = true;
                let wait = self.timing.after_push(entry.read_at);
                self.queue.reset(key, wait);
            }
            Place::Running => entry.ask_again(Again::Round),
            // It is asked soon in any case.
            Place::Loading | Place::Idle | Place::Queued(_) | Place::Ready => {}
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
            let only_replies = entry.lacks_only_replies(self.context.backend.wants_replies(), now());
            entry.is_changed = false;
            let task = Task {
                guid: guid.clone(),
                addresses: entry.addresses.clone(),
                doubt_cursor: entry.doubts_cursor(),
                tracked: entry.for_job(),
                only_replies,
                start_over: std::mem::take(&mut self.start_over),
            };
            let context = Arc::clone(&self.context);
            let under_way = self.pace.start();
            self.jobs.spawn(async move {
                let result = job::run(context, task, now()).await;
                Finished { guid, number, under_way, result }
            });
        }
    }

    async fn set_state(&mut self, guid: &str, state: MailboxState) -> Result<(), Closed> {
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
    fn queue(&mut self, guid: &str, wait: Duration) {
        let Some(entry) = self.entries.get_mut(guid) else { return };
        let wait = match entry.resume() {
            None => wait,
            Some(Again::Round) => wait.min(self.timing.after_push(entry.read_at)),
            Some(Again::Read | Again::Search) => Duration::ZERO,
        };
        entry.place = Place::Queued(self.queue.insert(guid.to_owned(), wait));
    }

    /// Lets a user wait for news, and at most so long.
    fn subscribe(&mut self, guid: &str, wait: Duration) {
        self.queue(guid, wait);
        let Some(entry) = self.entries.get_mut(guid) else { return };
        if let Place::Queued(key) = entry.place {
            entry.place = Place::Subscribed(key);
        }
    }

    fn wait(&self, failures: u32) -> Duration {
        backoff(failures, self.timing.first_wait, self.timing.longest_wait)
    }

    async fn tell(&self, event: SourceEvent) -> Result<(), Closed> {
        self.events.send(event).await.map_err(|_| Closed)
    }

    async fn write_cursors(&mut self) {
        let cursors: Vec<(String, Cursor)> = self.cursors.drain().collect();
        for chunk in cursors.chunks(1000) {
            if let Err(error) = self.context.calendars.write_cursors(chunk).await {
                // An older cursor tells the same changes once more.
                warn!("{error:#}");
                return;
            }
        }
    }

    async fn remove(&self, guids: Vec<String>) {
        if let Err(error) = self.context.calendars.remove(&guids).await {
            // It is removed when nobody has renewed it for long enough.
            warn!("{error:#}");
        }
    }
}

/// What the backend tells, if it tells anything.
async fn next_push(pushes: &mut Option<mpsc::Receiver<Push>>) -> Option<Push> {
    match pushes {
        Some(pushes) => pushes.recv().await,
        None => std::future::pending().await,
    }
}

fn now() -> i64 {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX)
}
