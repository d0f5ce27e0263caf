//! Which mailbox is asked when. One task holds all users; what asks Graph runs in tasks of its own and comes back
//! with its result, so that no mailbox can hold up another.

use std::collections::{HashMap, HashSet, VecDeque};
use std::future::poll_fn;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use prometheus::IntCounterVec;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};
use tokio_util::time::DelayQueue;
use tracing::{error, info, warn};

use super::calendars::{Calendar, Calendars};
use super::entry::{Again, Entry, Place};
use super::health::Health;
use super::job::{self, Context, Done, KEPT, Task, Tracked};
use super::pace::Pace;
use super::pseudonym::pseudonym;
use super::search::{Missing, Refusal};
use super::writer::Writer;
use super::{Advice, MailboxState, Options, SourceEvent, Timing, Wanted};
use crate::graph::{Error, Graph, Link, backoff, permission_missing};

/// Users whose stored calendars are read in one go.
const LOADED_AT_ONCE: usize = 100;
/// A mailbox that was there is believed to be gone only after so many answers that say so.
const GONE_AFTER: u32 = 3;
/// A mailbox counts as failed after so many failures; until then what is known of it is fresh enough.
const FAILED_AFTER: u32 = 3;
/// At most so often a new token is asked for, because permissions may have been granted.
const NEW_TOKEN_EVERY: Duration = Duration::from_mins(1);

/// What came of a job.
struct Finished {
    guid: String,
    /// The entry for which it was begun.
    number: u64,
    /// How many were under way then.
    under_way: usize,
    result: Result<Done, Error>,
}

type Loaded = Vec<(String, u64, Option<Calendar>)>;
/// Nobody listens any more.
struct Closed;

struct Scheduler {
    context: Arc<Context>,
    timing: Timing,
    rounds: IntCounterVec,
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
    /// Links that have changed since they were stored.
    links: HashMap<String, Link>,
    new_token: bool,
    last_new_token: Option<Instant>,
}

/// Runs the source.
pub async fn run(
    options: Options,
    wanted: watch::Receiver<Arc<Vec<Wanted>>>,
    resync: mpsc::Receiver<Option<String>>,
    events: mpsc::Sender<SourceEvent>,
) {
    let Options { settings, client_secret, overrides, calendars, timing, rounds } = options;
    let graph = match Graph::new(&settings, client_secret, &overrides) {
        Ok(graph) => graph,
        Err(advice) => {
            // Only other settings can help, and with them comes another source.
            let _ = events.send(SourceEvent::Health(Err(advice))).await;
            return;
        }
    };
    let source = Graph::source(&settings, &overrides);
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

    /// Brings the users in step with those who are wanted.
    async fn want(&mut self, users: &[Wanted]) -> Result<(), Closed> {
        let guids: HashSet<&str> = users.iter().map(|user| user.guid.as_str()).collect();
        let gone: Vec<String> =
            self.entries.keys().filter(|guid| !guids.contains(guid.as_str())).cloned().collect();
        for guid in &gone {
            self.forget(guid);
        }
        if !gone.is_empty() {
            self.remove(gone).await;
        }
        let mut new = Vec::new();
        for Wanted { guid, addresses } in users {
            match self.entries.get_mut(guid) {
                Some(entry) if entry.addresses == *addresses => {}
                Some(entry) => {
                    entry.addresses.clone_from(addresses);
                    entry.ask_again(Again::Search);
                    self.hurry(guid);
                }
                None => new.push((guid.clone(), addresses.clone())),
            }
        }
        self.add(new).await
    }

    async fn add(&mut self, users: Vec<(String, Vec<String>)>) -> Result<(), Closed> {
        let mut added = Vec::with_capacity(users.len());
        for (guid, addresses) in users {
            self.next += 1;
            let entry = Entry::new(addresses, self.next);
            self.tell(entry.event(&guid)).await?;
            added.push((guid.clone(), self.next));
            self.entries.insert(guid, entry);
        }
        for chunk in added.chunks(LOADED_AT_ONCE) {
            self.loads.spawn(load(Arc::clone(&self.context), chunk.to_vec()));
        }
        Ok(())
    }

    fn forget(&mut self, guid: &str) {
        let Some(entry) = self.entries.remove(guid) else { return };
        if entry.state == MailboxState::Matched {
            self.matched -= 1;
        }
        if let Place::Queued(key) = &entry.place {
            self.queue.try_remove(key);
        }
        self.links.remove(guid);
    }

    /// Takes over what was stored of users, and begins to ask.
    async fn load(&mut self, loaded: Loaded) -> Result<(), Closed> {
        let now = now();
        // After a restart everybody is due. A millisecond for each spreads them over some seconds.
        let spread = u64::try_from(self.entries.len()).unwrap_or(u64::MAX);
        for (guid, number, calendar) in loaded {
            let Some(entry) = self.entries.get_mut(&guid).filter(|entry| entry.number == number) else {
                continue;
            };
            let same = calendar
                .filter(|calendar| calendar.contents.addresses == entry.addresses && entry.again.is_none());
            let wait = Duration::from_millis(rand::random_range(0..=spread));
            entry.place = Place::Queued(self.queue.insert(guid.clone(), wait));
            let Some(Calendar { link, renew_at, contents }) = same else { continue };
            let zone = contents.zone.as_deref().unwrap_or_default();
            let current = contents.records.iter().filter(|record| !record.is_past(now));
            let appointments = current.map(|record| record.appointment(zone)).collect();
            let warning = contents.warning.clone();
            entry.error = warning.clone().map(|text| Advice::new("severalMailboxes", text));
            entry.tracked = Some(Tracked {
                user: contents.user,
                name: contents.name,
                warning,
                link: Some(link),
                renew_at,
            });
            self.set_state(&guid, MailboxState::Matched).await?;
            self.tell(SourceEvent::Appointments { guid, appointments }).await?;
        }
        Ok(())
    }

    fn resync(&mut self, guid: Option<String>) {
        self.context.directory.forget();
        self.context.mailbox_settings.forget();
        self.new_token = true;
        let guids = match guid {
            Some(guid) => vec![guid],
            None => self.entries.keys().cloned().collect(),
        };
        info!(users = guids.len(), "reading afresh, as asked for");
        for guid in guids {
            if let Some(entry) = self.entries.get_mut(&guid) {
                let again = if entry.state == MailboxState::Matched { Again::Read } else { Again::Search };
                entry.ask_again(again);
                self.hurry(&guid);
            }
        }
    }

    /// Lets a user who waits for a time wait for its turn alone.
    fn hurry(&mut self, guid: &str) {
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

    async fn finish(&mut self, Finished { guid, number, under_way, result }: Finished) -> Result<(), Closed> {
        let now = Instant::now();
        let (word, wait) = match &result {
            Ok(_) => ("ok", None),
            Err(Error::Throttled(wait)) => ("throttled", Some(wait.unwrap_or_else(|| self.wait(1)))),
            Err(_) => ("failed", None),
        };
        self.rounds.with_label_values(&[word]).inc();
        match (&result, wait) {
            (Ok(_), _) => self.pace.answered(),
            (_, Some(wait)) => self.pace.refused(under_way, wait, now),
            (Err(_), None) => self.pace.failed(),
        }
        let is_current = self.entries.get(&guid).is_some_and(|entry| entry.number == number);
        if !is_current {
            // It may have been stored once more after it was removed.
            if !self.entries.contains_key(&guid) {
                self.remove(vec![guid]).await;
            }
            return Ok(());
        }
        match result {
            Ok(done) => {
                let asked = self.entries.get_mut(&guid).and_then(|entry| entry.asked.take());
                match done {
                    Done::Read { tracked, appointments } => self.read(guid, tracked, appointments).await,
                    Done::Missing(missing) => self.missing(guid, missing, asked == Some(Again::Search)).await,
                }
            }
            Err(error) => self.failed(guid, error).await,
        }
    }

    async fn read(
        &mut self,
        guid: String,
        tracked: Tracked,
        appointments: Option<Vec<calendar::appointment::Appointment>>,
    ) -> Result<(), Closed> {
        let was_forbidden = self.health.is(permission_missing().code);
        self.healthy().await?;
        match (&appointments, &tracked.link) {
            // Stored with the appointments.
            (Some(_), _) | (None, None) => self.links.remove(&guid),
            (None, Some(link)) => self.links.insert(guid.clone(), link.clone()),
        };
        let Some(entry) = self.entries.get_mut(&guid) else { return Ok(()) };
        let before = entry.state;
        entry.read(tracked, now());
        let event = entry.event(&guid);
        if before != MailboxState::Matched {
            self.matched += 1;
        }
        self.tell(event).await?;
        if let Some(appointments) = appointments {
            self.tell(SourceEvent::Appointments { guid: guid.clone(), appointments }).await?;
        }
        let jitter = rand::random_range(0.9..=1.1);
        self.queue(&guid, self.timing.poll.mul_f64(jitter));
        if self.matched == 1 && before != MailboxState::Matched {
            self.others_are_out_of_scope(was_forbidden).await?;
        }
        Ok(())
    }

    /// One mailbox answers, so those that were forbidden before it are forbidden by themselves.
    async fn others_are_out_of_scope(&mut self, was_forbidden: bool) -> Result<(), Closed> {
        let code = permission_missing().code;
        let is_forbidden = |entry: &Entry| {
            entry.state == MailboxState::NotInScope
                || entry.error.as_ref().is_some_and(|error| error.code == code)
        };
        let forbidden: Vec<String> = self
            .entries
            .iter()
            .filter(|(_, entry)| is_forbidden(entry))
            .map(|(guid, _)| guid.clone())
            .collect();
        for guid in forbidden {
            if let Some(entry) = self.entries.get_mut(&guid) {
                entry.error = Some(Missing::Forbidden.state(&entry.addresses).1);
                self.set_state(&guid, MailboxState::NotInScope).await?;
            }
            if was_forbidden {
                self.hurry(&guid);
            }
        }
        Ok(())
    }

    async fn missing(&mut self, guid: String, missing: Missing, is_sure: bool) -> Result<(), Closed> {
        let only = self.matched == 0 || (self.matched == 1 && self.is_matched(&guid));
        let Some(entry) = self.entries.get_mut(&guid) else { return Ok(()) };
        entry.failures = entry.failures.saturating_add(1);
        let failures = entry.failures;
        let was_there = entry.tracked.is_some();
        let (state, advice) = missing.state(&entry.addresses);
        if missing == Missing::Forbidden && only {
            return self.forbidden(guid).await;
        }
        if missing != Missing::Forbidden {
            // Who says that there is no mailbox here lets us ask.
            self.healthy().await?;
        }
        if was_there && !is_sure && failures < GONE_AFTER {
            self.queue(&guid, self.wait(failures));
            return Ok(());
        }
        if let Some(entry) = self.entries.get_mut(&guid) {
            entry.error = Some(advice);
            if entry.tracked.take().is_some() {
                warn!(user = pseudonym(&guid), ?missing, "the mailbox is no longer there");
            }
        }
        self.links.remove(&guid);
        self.set_state(&guid, state).await?;
        if was_there {
            self.remove(vec![guid.clone()]).await;
            self.tell(SourceEvent::Appointments { guid: guid.clone(), appointments: Vec::new() }).await?;
        }
        let wait = match missing {
            // It was in scope until now, so it may be again soon.
            Missing::Forbidden if was_there => self.timing.longest_wait * 10,
            Missing::Forbidden | Missing::Elsewhere => self.timing.scope_again,
            Missing::NoAddress | Missing::Unknown | Missing::NoDirectory | Missing::NoMailbox => {
                self.timing.search_again
            }
        };
        self.queue(&guid, wait.mul_f64(rand::random_range(0.8..=1.0)));
        Ok(())
    }

    /// No mailbox may be read at all.
    async fn forbidden(&mut self, guid: String) -> Result<(), Closed> {
        self.fail(&guid, permission_missing()).await?;
        if let Some(news) = self.health.outage(permission_missing()) {
            self.tell(SourceEvent::Health(news)).await?;
        }
        // A token keeps the permissions with which it was issued.
        if self
            .last_new_token
            .is_none_or(|last| last.elapsed() >= NEW_TOKEN_EVERY.min(self.timing.longest_wait))
        {
            self.last_new_token = Some(Instant::now());
            self.new_token = true;
        }
        let failures = self.entries.get(&guid).map_or(1, |entry| entry.failures);
        self.queue(&guid, self.wait(failures.saturating_add(2)));
        Ok(())
    }

    async fn failed(&mut self, guid: String, error: Error) -> Result<(), Closed> {
        match error {
            Error::NoAccess(advice) => self.outage(guid, advice).await,
            Error::Unreachable(advice) if self.health.unreachable() => self.outage(guid, advice).await,
            Error::Unreachable(advice) | Error::Failed(advice) => self.retry(guid, advice, None).await,
            Error::Throttled(wait) => {
                let advice = Advice::new(
                    "throttled",
                    "Microsoft Graph refuses further requests for the moment; fewer are sent. Nothing needs to be done.",
                );
                self.retry(guid, advice, wait).await
            }
            Error::Forbidden | Error::NotFound | Error::Elsewhere | Error::Gone => {
                let advice = Advice::new(
                    "answer",
                    "Microsoft Graph's answer is not what was asked for. The request is repeated by itself.",
                );
                self.retry(guid, advice, None).await
            }
        }
    }

    /// Nobody can be asked: everybody waits, and this user is the first to be asked again.
    async fn outage(&mut self, guid: String, advice: Advice) -> Result<(), Closed> {
        if let Some(entry) = self.entries.get_mut(&guid) {
            entry.resume();
            entry.place = Place::Ready;
            self.ready.push_front(guid);
        }
        // All who were under way fail for the same reason; that counts once.
        if self.pace.paused_until().is_some_and(|until| until > Instant::now()) {
            return Ok(());
        }
        warn!(code = advice.code, "{}", advice.text);
        if let Some(news) = self.health.outage(advice) {
            self.tell(SourceEvent::Health(news)).await?;
        }
        let wait = self.wait(self.health.outages);
        self.pace.pause(wait, Instant::now());
        Ok(())
    }

    async fn retry(&mut self, guid: String, advice: Advice, wait: Option<Duration>) -> Result<(), Closed> {
        if let Some(news) = self.health.failure(&advice, self.entries.len()) {
            warn!(code = advice.code, "{}", advice.text);
            self.tell(SourceEvent::Health(news)).await?;
        }
        let Some(entry) = self.entries.get_mut(&guid) else { return Ok(()) };
        entry.failures = entry.failures.saturating_add(1);
        let failures = entry.failures;
        if failures == FAILED_AFTER || entry.state == MailboxState::Waiting {
            info!(
                user = pseudonym(&guid),
                code = advice.code,
                failures,
                "the mailbox cannot be read: {}",
                advice.text
            );
        }
        let is_unknown = entry.tracked.is_none() && wait.is_none();
        if failures >= FAILED_AFTER || is_unknown {
            self.fail(&guid, advice).await?;
        }
        let own = self.wait(failures);
        // A little more than asked for, or all who were refused come back at once.
        let wait = wait.map_or(own, |wait| own.max(wait.mul_f64(rand::random_range(1.0..=1.2))));
        self.queue(&guid, wait);
        Ok(())
    }

    async fn fail(&mut self, guid: &str, advice: Advice) -> Result<(), Closed> {
        let Some(entry) = self.entries.get_mut(guid) else { return Ok(()) };
        if entry.state == MailboxState::Failed && entry.error.as_ref() == Some(&advice) {
            return Ok(());
        }
        entry.error = Some(advice);
        self.set_state(guid, MailboxState::Failed).await
    }

    async fn healthy(&mut self) -> Result<(), Closed> {
        match self.health.success() {
            Some(news) => self.tell(SourceEvent::Health(news)).await,
            None => Ok(()),
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

    fn is_matched(&self, guid: &str) -> bool {
        self.entries.get(guid).is_some_and(|entry| entry.state == MailboxState::Matched)
    }

    /// Lets a user wait so long, unless something was asked for meanwhile.
    fn queue(&mut self, guid: &str, wait: Duration) {
        let Some(entry) = self.entries.get_mut(guid) else { return };
        let wait = if entry.resume() { Duration::ZERO } else { wait };
        entry.place = Place::Queued(self.queue.insert(guid.to_owned(), wait));
    }

    fn wait(&self, failures: u32) -> Duration {
        backoff(failures, self.timing.first_wait, self.timing.longest_wait)
    }

    async fn tell(&self, event: SourceEvent) -> Result<(), Closed> {
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

    async fn remove(&self, guids: Vec<String>) {
        if let Err(error) = self.context.calendars.remove(&guids).await {
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

/// Reads what is stored of some users.
async fn load(context: Arc<Context>, users: Vec<(String, u64)>) -> Loaded {
    let mut loaded = Vec::with_capacity(users.len());
    for (guid, number) in users {
        let calendar = read(&context.calendars, &guid, &context.source).await;
        loaded.push((guid, number, calendar));
    }
    loaded
}

async fn read(calendars: &Calendars, guid: &str, source: &str) -> Option<Calendar> {
    calendars.read(guid, source).await.unwrap_or_else(|error| {
        warn!("{error:#}");
        None
    })
}

fn now() -> i64 {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX)
}
