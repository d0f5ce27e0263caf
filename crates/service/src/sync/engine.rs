//! The task: waits for something to happen and deals with it.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use calendar::Membership;
use calendar::decide::Rules;
use calendar::settings::Settings;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep, sleep_until};
use tracing::error;

use super::choices::Chosen;
use super::clock::Clock;
use super::health::{Freshness, Report};
use super::ledger::{Batch, Ledger};
use super::pbxs::Pbxs;
use super::people::People;
use super::request::Request;
use super::schedule::Schedule;
use super::sources::{self, AFTER_END, Plan, Restart, Source};
use crate::pbx::Heard;
use crate::service::Service;
use crate::source::{Advice, Secrets, SourceEvent, serves};
use crate::store::Stored;
use crate::zones::System;

/// The clock on the wall is looked at so often at least: it may jump, or the machine may have slept.
const TICK: Duration = Duration::from_millis(250);
/// How old the data is, is looked up so often.
const FRESHNESS_PAUSE: Duration = Duration::from_secs(5);
/// Messages of PBXs wait here; when that is full, their connections are not read.
const HEARD: usize = 1024;
/// Before what users have chosen is read again, if the database has failed.
const CHOICES_PAUSE: Duration = Duration::from_secs(1);
/// So many things of one kind are dealt with before the results are sent.
const BATCH: usize = 256;

/// Everything that the synchronization knows.
pub(crate) struct Engine {
    pub(super) service: Arc<Service>,
    pub(super) clock: Clock,
    /// What the clock showed when it was last looked at.
    pub(super) wall: i64,
    pub(super) settings: Settings,
    pub(super) revision: i64,
    /// What they say of presence.
    pub(super) rules: Arc<Rules<System>>,
    /// The same for users who hide their titles.
    pub(super) untitled: Arc<Rules<System>>,
    pub(super) chosen: Chosen,
    /// What they say of who is synchronised.
    pub(super) membership: Membership,
    pub(super) secrets: Secrets,
    pub(super) pbxs: Pbxs,
    pub(super) people: People,
    pub(super) schedule: Schedule,
    pub(super) ledger: Ledger,
    pub(super) database_error: Option<Advice>,
    pub(super) plan: Plan,
    /// The sources of appointments, in the order in which users are looked for.
    pub(super) sources: Vec<Source>,
    pub(super) restart: Restart,
    /// Whether all users have been known once.
    pub(super) has_users: bool,
    /// Whether the PBX of this connection is still telling its users.
    pub(super) is_reading_users: bool,
    /// Whether the sources must be told of other users.
    pub(super) wanted_changed: bool,
    pub(super) wanted_at: Instant,
    freshness_at: Instant,
    inputs: Option<Inputs>,
}

/// Where news comes from.
struct Inputs {
    heard: mpsc::Receiver<Heard>,
    requests: mpsc::Receiver<Request>,
    settings: watch::Receiver<Arc<Stored>>,
    pbxs: watch::Receiver<()>,
}

/// What has happened.
enum News {
    Settings,
    Pbxs,
    Heard(Heard),
    Source(usize, SourceEvent),
    SourceEnded(usize),
    Request(Request),
    Ledger(Vec<Batch>, Result<()>),
    Time,
}

impl Engine {
    pub fn new(service: Arc<Service>, requests: mpsc::Receiver<Request>, plan: Plan, clock: Clock) -> Self {
        let (listener, heard) = mpsc::channel(HEARD);
        let mut settings = service.configuration.watch();
        // The first look is news, too.
        settings.mark_changed();
        let inputs = Inputs { heard, requests, settings, pbxs: service.pbxs.watch() };
        let now = Instant::now();
        Self {
            wall: clock.now(),
            clock,
            settings: Settings::default(),
            revision: 0,
            rules: Arc::new(Rules::new(&Settings::default(), System)),
            untitled: Arc::new(Rules::new(&Settings::default(), System)),
            chosen: Chosen::default(),
            membership: Membership::default(),
            secrets: Secrets::default(),
            pbxs: Pbxs::new(listener),
            people: People::default(),
            schedule: Schedule::default(),
            ledger: Ledger::default(),
            database_error: None,
            plan,
            sources: Vec::new(),
            restart: Restart::default(),
            has_users: false,
            is_reading_users: false,
            wanted_changed: false,
            wanted_at: now,
            freshness_at: now,
            inputs: Some(inputs),
            service,
        }
    }

    /// Works until the service ends. What the PBX shows then stays: a restart is over before anybody looks, and
    /// each note says until when it holds.
    pub async fn run(mut self) {
        let Some(mut inputs) = self.inputs.take() else { return };
        let stop = self.service.stop.clone();
        // Whoever hides something must not be shown because a database is slow to answer.
        while let Err(error) = self.read_choices().await {
            error!("{error:#}");
            if stop.run_until_cancelled(sleep(CHOICES_PAUSE)).await.is_none() {
                return;
            }
        }
        loop {
            let wake = self.wake();
            let news = tokio::select! {
                biased;
                () = stop.cancelled() => return,
                news = self.news(&mut inputs, wake) => news,
            };
            self.handle(news, &mut inputs).await;
            self.finish().await;
        }
    }

    /// Waits for something to happen.
    async fn news(&mut self, inputs: &mut Inputs, wake: Instant) -> News {
        tokio::select! {
            biased;
            () = sleep_until(wake) => News::Time,
            Ok(()) = inputs.settings.changed() => News::Settings,
            Ok(()) = inputs.pbxs.changed() => News::Pbxs,
            (batches, written) = self.ledger.done() => News::Ledger(batches, written),
            Some(heard) = inputs.heard.recv() => News::Heard(heard),
            Some(request) = inputs.requests.recv() => News::Request(request),
            (place, event) = sources::next(&mut self.sources) => {
                event.map_or(News::SourceEnded(place), |event| News::Source(place, event))
            }
        }
    }

    async fn handle(&mut self, news: News, inputs: &mut Inputs) {
        let now = Instant::now();
        match news {
            News::Settings => {
                let stored = Arc::clone(&inputs.settings.borrow_and_update());
                self.revision = stored.revision;
                self.apply_settings(&stored.settings, now).await;
            }
            News::Pbxs => self.arrange_pbxs(now).await,
            News::Heard(heard) => {
                self.hear(&heard, now);
                for _ in 0..BATCH {
                    let Ok(heard) = inputs.heard.try_recv() else { break };
                    self.hear(&heard, now);
                }
            }
            News::Source(place, event) => {
                self.hear_source(place, event);
                for _ in 0..BATCH {
                    let Some((place, event)) = sources::try_next(&mut self.sources) else { break };
                    self.hear_source(place, event);
                }
            }
            News::SourceEnded(place) => {
                error!("a source of appointments has ended; starting all of them again");
                if let Some(source) = self.sources.get_mut(place) {
                    source.ended();
                }
                self.restart.request_at(now + AFTER_END);
            }
            News::Request(request) => self.answer(request),
            News::Ledger(batches, written) => self.ledger_written(batches, &written, now),
            News::Time if self.pbxs.is_contested() => self.arrange_pbxs(now).await,
            News::Time => {}
        }
    }

    fn hear(&mut self, heard: &Heard, now: Instant) {
        if let Some(link) = self.pbxs.link_mut(heard.id) {
            link.receive(&heard.text, now);
        }
    }

    /// Draws the conclusions from what has happened.
    async fn finish(&mut self) {
        let now = Instant::now();
        self.take_user_changes(now);
        self.let_time_pass();
        if self.restart.take_due(now) {
            self.start_sources(now).await;
        }
        self.tell_wanted(now);
        self.pbxs.release();
        self.pump(now);
        self.write_ledger(now);
        self.tell_status(now);
    }

    /// When there is something to do next, though nothing may happen.
    fn wake(&mut self) -> Instant {
        let now = Instant::now();
        let until_due = self.schedule.first().map(|at| at.saturating_sub(self.clock.now()));
        let until_due =
            until_due.map(|ms| now + Duration::from_millis(u64::try_from(ms).unwrap_or_default()));
        let wanted = self.wanted_changed.then_some(self.wanted_at);
        let links = self.pbxs.links_mut().filter_map(|link| link.wake(now)).min();
        let times = [until_due, wanted, links, self.restart.at()];
        times.into_iter().flatten().fold(now + TICK, Instant::min)
    }

    /// Whether the settings ask for a synchronization that this version can do.
    pub(super) fn is_active(&self) -> bool {
        serves(self.settings.sync_type)
    }

    /// Sends what may be sent to the PBXs.
    fn pump(&mut self, now: Instant) {
        let (metrics, clock) = (&self.service.metrics.sync, &self.clock);
        for link in self.pbxs.links_mut() {
            link.pump(now, |due| {
                if let Some(due) = due {
                    metrics.observe_lateness(clock.now() - due);
                }
            });
            metrics.count_presences(link.writer().take_counts());
        }
    }

    fn tell_status(&mut self, now: Instant) {
        let report: Report = self.report(now);
        self.service.metrics.sync.set_users(|state| self.people.counts().of(state));
        self.service.status.report(&self.service.configuration.watch().borrow().settings, report);
        if now >= self.freshness_at {
            self.freshness_at = now + FRESHNESS_PAUSE;
            let freshness = self.people.last_syncs().map(|(newest, oldest)| Freshness { newest, oldest });
            self.service.status.set_freshness(freshness);
            self.service.metrics.sync.set_age(freshness.map(|freshness| self.wall - freshness.oldest));
        }
    }
}
