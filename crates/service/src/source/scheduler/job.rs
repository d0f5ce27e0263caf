//! Asking one mailbox, and storing what comes of it.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use calendar::appointment::Appointment;
use futures_util::FutureExt;
use prometheus::IntCounter;
use tracing::{error, info};

use super::super::backend::{Backend, Calendar, Cursor, Found, Mailbox, Missing, Read, Reading, Search};
use super::super::pseudonym::pseudonym;
use super::super::{Advice, Error, Replies, Timing};
use super::calendars::{Calendars, KnownOf, Stored};
use super::writer::Writer;

const HOUR_MS: i64 = 3_600_000;
/// A window is renewed at a random time within these, so that what was begun together does not stay together. It
/// always reaches 72 hours ahead.
const RENEW_MS: std::ops::Range<i64> = 6 * HOUR_MS..24 * HOUR_MS;

/// What all jobs share.
pub struct Context {
    pub backend: Arc<dyn Backend>,
    pub calendars: Calendars,
    pub writer: Writer,
    pub timing: Timing,
    /// Counts jobs that ended in a panic.
    pub panics: IntCounter,
}

/// A mailbox that was found.
#[derive(Clone, Debug)]
pub struct Tracked {
    pub mailbox: Mailbox,
    /// Where the next reading goes on; `None` if it must be read afresh.
    pub cursor: Option<Cursor>,
    /// When its window is to be replaced.
    pub renew_at: i64,
    /// When something that was left open is to be completed.
    pub revisit_at: Option<i64>,
    /// Whether its changes are told.
    pub watched: bool,
    pub replies: Asked,
}

/// What is known of automatic replies.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked {
    /// What was told last; `None` if nobody knows.
    pub replies: Option<Replies>,
    /// When to ask again.
    pub again_at: i64,
}

/// What is to be done.
pub struct Task {
    pub guid: String,
    pub addresses: Vec<String>,
    /// The mailbox, if it was found before.
    pub tracked: Option<Tracked>,
    /// Whether its cursor has failed so often that it may be the cursor's fault.
    pub doubt_cursor: bool,
    /// Whether access is to be asked for anew: rights may have been granted.
    pub start_over: bool,
    /// Whether the calendar is current, and nothing but automatic replies is to be asked for.
    pub only_replies: bool,
}

/// What came of it.
pub enum Done {
    /// The mailbox was read.
    Read {
        tracked: Tracked,
        /// All appointments, if they have changed.
        appointments: Option<Vec<Appointment>>,
        /// Whether it answers automatically, if that has changed.
        replies: Option<Replies>,
    },
    /// Nothing but automatic replies was asked for.
    Replies(Tracked, Option<Replies>),
    /// There is none.
    Missing(Missing),
}

/// Does it. A panic, which is a defect of ours, costs this mailbox alone.
pub async fn run(context: Arc<Context>, task: Task, now: i64) -> Result<Done, Error> {
    let user = pseudonym(&task.guid);
    let panics = context.panics.clone();
    AssertUnwindSafe(work(context, task, now)).catch_unwind().await.unwrap_or_else(|_| {
        panics.inc();
        error!(user, "reading a mailbox ended in a panic");
        Err(Error::Failed(panicked()))
    })
}

async fn work(context: Arc<Context>, task: Task, now: i64) -> Result<Done, Error> {
    if task.start_over {
        context.backend.start_over().await;
    }
    let job = Job { context, task, now };
    let read = match &job.task.tracked {
        None => return job.find().await,
        Some(tracked) if job.task.only_replies => return Ok(job.ask_replies_alone(tracked).await),
        Some(tracked) => job.read(tracked).await,
    };
    match read {
        // It was there before. Perhaps it has another name now, or none.
        Err(Error::NotFound | Error::Elsewhere | Error::Forbidden) => job.find().await,
        read => read,
    }
}

pub(super) struct Job {
    pub(super) context: Arc<Context>,
    pub(super) task: Task,
    pub(super) now: i64,
}

impl Job {
    async fn find(&self) -> Result<Done, Error> {
        let Task { guid, addresses, .. } = &self.task;
        match self.context.backend.find(Search { guid, addresses, now: self.now }).await? {
            Found::None(missing) => Ok(Done::Missing(missing)),
            Found::Mailbox(found) => {
                let (mailbox, reading) = *found;
                info!(user = pseudonym(guid), mailbox = pseudonym(&mailbox.name), "mailbox found");
                Ok(self.take_in(mailbox, None, reading).await)
            }
        }
    }

    async fn read(&self, tracked: &Tracked) -> Result<Done, Error> {
        // A clock that was set back may have left the window, too.
        let lasts = tracked.renew_at - RENEW_MS.end - HOUR_MS..tracked.renew_at;
        let cursor = tracked.cursor.as_ref().filter(|_| lasts.contains(&self.now));
        let reading = match self.ask(tracked, cursor).await {
            Err(Error::Gone) if cursor.is_some() => {
                info!(user = pseudonym(&self.task.guid), "the cursor has expired; reading afresh");
                self.ask(tracked, None).await
            }
            Err(error) if cursor.is_some() && self.task.doubt_cursor && concerns_cursor(&error) => {
                info!(user = pseudonym(&self.task.guid), "the cursor fails again and again; reading afresh");
                // If that fails too, it was not the cursor, which stays.
                self.ask(tracked, None).await
            }
            read => read,
        };
        match reading {
            // Afresh there is nothing that could have expired.
            Err(Error::Gone) => Err(Error::Failed(Advice::new(
                "answer",
                "The calendar server says that a request without a cursor has expired. The request is repeated by itself.",
            ))),
            Err(error) => Err(error),
            Ok(reading) => Ok(self.take_in(tracked.mailbox.clone(), Some(tracked), reading).await),
        }
    }

    async fn ask(&self, tracked: &Tracked, cursor: Option<&Cursor>) -> Result<Reading, Error> {
        let Context { backend, calendars, .. } = &*self.context;
        let guid = &self.task.guid;
        let revisit = tracked.revisit_at.is_some_and(|at| at <= self.now);
        let known = &KnownOf { calendars, guid };
        backend.read(Read { guid, mailbox: &tracked.mailbox, cursor, revisit, known, now: self.now }).await
    }

    /// Stores what was read, and makes appointments of it.
    async fn take_in(&self, mailbox: Mailbox, before: Option<&Tracked>, reading: Reading) -> Done {
        let before = before.filter(|_| !reading.afresh);
        let renew_at =
            before.map_or_else(|| self.now + rand::random_range(RENEW_MS), |before| before.renew_at);
        let open = before.and_then(|before| before.revisit_at).filter(|&at| at > self.now);
        let after = reading.revisit.map(|revisit| self.context.timing.revisit(revisit));
        let revisit_at = after.map(|after| self.now.saturating_add(milliseconds(after))).or(open);
        let Reading { calendar, cursor, watched, .. } = reading;
        let (asked, changed) = self.ask_replies(&mailbox, &cursor).await;
        let mut tracked =
            Tracked { mailbox, cursor: Some(cursor.clone()), renew_at, revisit_at, watched, replies: asked };
        let Some(mut calendar) = calendar else {
            self.keep_replies(&mut tracked, changed).await;
            return Done::Read { tracked, appointments: None, replies: changed };
        };
        calendar.records.retain(|record| !record.is_past(self.now));
        let appointments = Some(appointments(&calendar));
        let (addresses, mailbox) = (self.task.addresses.clone(), tracked.mailbox.clone());
        let (replies, has_categories) = (asked.replies.unwrap_or_default(), true);
        let stored =
            Stored { cursor, renew_at, revisit_at, addresses, mailbox, calendar, replies, has_categories };
        if !self.context.writer.write(self.task.guid.clone(), stored).await {
            // What comes next would be applied to what is stored. Presence does not wait for the database.
            tracked.cursor = None;
        }
        Done::Read { tracked, appointments, replies: changed }
    }
}

pub(super) fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// The appointments as the rules take them.
pub fn appointments(calendar: &Calendar) -> Vec<Appointment> {
    let zone = calendar.zone.as_deref().unwrap_or_default();
    calendar.records.iter().map(|record| record.appointment(zone)).collect()
}

/// Whether a cursor can be the reason. Where nothing answers at all, it is not.
fn concerns_cursor(error: &Error) -> bool {
    matches!(error, Error::Failed(_) | Error::Throttled(_) | Error::Denied(_))
}

/// Code of what [`panicked`] tells.
pub const PANICKED: &str = "internal";

fn panicked() -> Advice {
    Advice::new(
        PANICKED,
        "Reading this mailbox failed inside the service, which is a defect of it. It is tried again; please report it with the log.",
    )
}
