//! Asking one mailbox: a round of requests, and what it changes.

use std::sync::Arc;

use calendar::appointment::Appointment;
use tracing::{debug, info};

use super::calendars::{Calendar, Calendars, Contents};
use super::pseudonym::pseudonym;
use super::record::Record;
use super::round::Round;
use super::search::{Found, Missing, Refusal, search};
use super::writer::Writer;
use crate::graph::{Advice, Error, Graph, Link, Next, Page};

const HOUR_MS: i64 = 3_600_000;
/// A whole day begins and ends up to 14 hours before or after the same date in UTC: the window is wider by a day on
/// both sides, and cut when it is used.
const BEFORE_MS: i64 = 24 * HOUR_MS;
/// 48 hours that matter, a day for whole days, and a day in which the window is renewed.
const AFTER_MS: i64 = 96 * HOUR_MS;
/// A window is renewed at a random time within these, so that what was begun together does not stay together. It
/// always reaches 72 hours ahead.
const RENEW_MS: std::ops::Range<i64> = 6 * HOUR_MS..24 * HOUR_MS;
/// Nobody has more appointments than that in four days; an answer without an end must have one.
const MOST_PAGES: usize = 100;
const MOST_CHANGES: usize = 20_000;

/// What all jobs share.
pub struct Context {
    pub graph: Graph,
    pub calendars: Calendars,
    pub writer: Writer,
    /// Names the tenant among the stored calendars.
    pub source: String,
    /// Whether addresses may be looked up.
    pub directory: Refusal,
    /// Whether the zones of mailboxes may be read.
    pub mailbox_settings: Refusal,
}

/// A mailbox that was found.
#[derive(Clone, Debug)]
pub struct Tracked {
    /// Names it in requests.
    pub user: String,
    /// Names it for people.
    pub name: String,
    /// That there are others, if so.
    pub warning: Option<String>,
    /// Where the next round goes on; `None` if it must be read afresh.
    pub link: Option<Link>,
    /// When its window is to be replaced.
    pub renew_at: i64,
}

/// What is to be done.
pub struct Task {
    pub guid: String,
    pub addresses: Vec<String>,
    /// The mailbox, if it was found before.
    pub tracked: Option<Tracked>,
    /// Whether a new token is wanted: permissions may have been granted.
    pub new_token: bool,
}

/// What came of it.
pub enum Done {
    /// The mailbox was read.
    Read {
        tracked: Tracked,
        /// All appointments, if they have changed.
        appointments: Option<Vec<Appointment>>,
    },
    /// There is none.
    Missing(Missing),
}

/// Does it.
pub async fn run(context: Arc<Context>, task: Task, now: i64) -> Result<Done, Error> {
    if task.new_token {
        context.graph.renew_token().await;
    }
    let job = Job { context, task, now };
    let read = match &job.task.tracked {
        None => return job.search().await,
        Some(tracked) => job.track(tracked).await,
    };
    match read {
        // It was there before. Perhaps it has another name now, or none.
        Err(Error::NotFound | Error::Elsewhere | Error::Forbidden) => job.search().await,
        // Afresh there is nothing that could have expired.
        Err(Error::Gone) => Err(unreadable("says that a request without a link has expired")),
        read => read,
    }
}

struct Job {
    context: Arc<Context>,
    task: Task,
    now: i64,
}

impl Job {
    fn window(&self) -> (i64, i64) {
        (self.now - BEFORE_MS, self.now + AFTER_MS)
    }

    async fn search(&self) -> Result<Done, Error> {
        let Context { graph, directory, .. } = &*self.context;
        let found = search(graph, directory, &self.task.addresses, self.window()).await?;
        let mailbox = match found {
            Found::None(missing) => return Ok(Done::Missing(missing)),
            Found::Mailbox(mailbox) => *mailbox,
        };
        info!(user = pseudonym(&self.task.guid), mailbox = pseudonym(&mailbox.name), "mailbox found");
        let warning = mailbox.warning.map(|advice| advice.text);
        let tracked = Tracked { user: mailbox.user, name: mailbox.name, warning, link: None, renew_at: 0 };
        self.afresh(tracked, mailbox.page).await
    }

    async fn track(&self, tracked: &Tracked) -> Result<Done, Error> {
        // A clock that was set back may have left the window, too.
        let lasts = tracked.renew_at - RENEW_MS.end - HOUR_MS..tracked.renew_at;
        if let Some(link) = tracked.link.as_ref().filter(|_| lasts.contains(&self.now)) {
            match self.go_on(tracked, link).await {
                Ok(Some(done)) => return Ok(done),
                Ok(None) => {
                    debug!(user = pseudonym(&self.task.guid), "what changed is not clear; reading afresh");
                }
                Err(Error::Gone) => {
                    info!(user = pseudonym(&self.task.guid), "link has expired; reading afresh");
                }
                Err(error) => return Err(error),
            }
        }
        let (start, end) = self.window();
        let page = self.context.graph.calendar_view(&tracked.user, start, end).await?;
        self.afresh(tracked.clone(), page).await
    }

    /// Asks for the changes since the last round. `None` if they leave something open.
    async fn go_on(&self, tracked: &Tracked, link: &Link) -> Result<Option<Done>, Error> {
        let page = self.context.graph.follow(link).await?;
        let (round, link) = self.collect(page).await?;
        let tracked = Tracked { link: Some(link), ..tracked.clone() };
        if round.is_empty() {
            return Ok(Some(Done::Read { tracked, appointments: None }));
        }
        // What cannot be read counts as lost.
        let stored =
            self.context.calendars.read(&self.task.guid, &self.context.source).await.unwrap_or_default();
        let Some(stored) = stored.filter(|stored| !round.leaves_open(&stored.contents.records)) else {
            return Ok(None);
        };
        self.take_in(tracked, round, stored.contents).await.map(Some)
    }

    /// Reads a whole window, of which this is the first page.
    async fn afresh(&self, tracked: Tracked, page: Page) -> Result<Done, Error> {
        let (round, link) = self.collect(page).await?;
        let renew_at = self.now + rand::random_range(RENEW_MS);
        let Tracked { user, name, warning, .. } = tracked.clone();
        let addresses = self.task.addresses.clone();
        let contents = Contents { addresses, user, name, warning, zone: None, records: Vec::new() };
        self.take_in(Tracked { link: Some(link), renew_at, ..tracked }, round, contents).await
    }

    /// Follows the links of a round to its end.
    async fn collect(&self, mut page: Page) -> Result<(Round, Link), Error> {
        let mut round = Round::default();
        for _ in 0..MOST_PAGES {
            round.add(page.changes);
            let link = match page.next {
                Next::Delta(link) => return Ok((round, link)),
                Next::Page(link) => link,
            };
            if round.len() > MOST_CHANGES {
                break;
            }
            page = self.context.graph.follow(&link).await?;
        }
        Err(unreadable("has no end"))
    }

    /// Applies a round to what is known, stores the result and tells it.
    async fn take_in(
        &self,
        mut tracked: Tracked,
        mut round: Round,
        mut contents: Contents,
    ) -> Result<Done, Error> {
        for series in round.missing_masters() {
            if let Some(properties) = self.context.graph.master(&contents.user, &series).await? {
                round.add_master(series, properties);
            }
        }
        contents.records = round.apply(contents.records);
        contents.records.retain(|record| !record.is_past(self.now));
        if contents.zone.is_none() && contents.records.iter().any(Record::is_whole_day) {
            contents.zone = self.zone(&contents.user).await;
        }
        let zone = contents.zone.as_deref().unwrap_or_default();
        let appointments = contents.records.iter().map(|record| record.appointment(zone)).collect();
        if let Some(link) = tracked.link.clone() {
            let calendar = Calendar { link, renew_at: tracked.renew_at, contents };
            if !self.context.writer.write(self.task.guid.clone(), calendar).await {
                // What comes next would be applied to what is stored. Presence does not wait for the database.
                tracked.link = None;
            }
        }
        Ok(Done::Read { tracked, appointments: Some(appointments) })
    }

    /// The zone of a mailbox; empty if the application may not know it, `None` if it is to be asked again.
    async fn zone(&self, user: &str) -> Option<String> {
        let refusal = &self.context.mailbox_settings;
        if refusal.holds() {
            return Some(String::new());
        }
        match self.context.graph.time_zone(user).await {
            Ok(zone) => Some(zone),
            Err(Error::Forbidden) => {
                refusal.note();
                Some(String::new())
            }
            Err(Error::NotFound) => Some(String::new()),
            Err(_) => None,
        }
    }
}

fn unreadable(what: &str) -> Error {
    Error::Failed(Advice::new(
        "answer",
        format!("Microsoft Graph's answer {what}. The request is repeated by itself."),
    ))
}
