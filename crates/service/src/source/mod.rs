//! Where appointments come from: looks for the mailboxes of the PBX's users, keeps their appointments current, and
//! tells what changes.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `backend` | the seam: what every kind of calendar server has to be able to do |
//! | `plan` | which of them the settings ask for |
//! | `scheduler` | which mailbox is asked when, and what the results mean; the same for all |
//! | `graph` | one kind of calendar server |
//! | `exchange` | another one |
//! | `writing` | the seam of the Calendar API: what it reads and writes |
//! | `transport` | HTTP: proxy, certificates, limits |
//! | `record` | an appointment as it is kept |
//! | `replies` | automatic replies likewise |
//! | `steps` | the steps of a connection test |
//! | `secrets` | the passwords of the settings |
//! | `error` | what may go wrong |
//! | `remedy` | what to do about what servers say |
//! | `backoff` | how long to wait after failures |
//! | `pseudonym` | addresses in logs |

pub mod backend;
mod backoff;
mod error;
pub mod exchange;
pub mod graph;
mod plan;
mod pseudonym;
pub mod record;
pub mod remedy;
mod replies;
mod scheduler;
mod secrets;
pub mod steps;
mod transport;
pub mod writing;

use std::sync::Arc;
use std::time::Duration;

use calendar::appointment::Appointment;
use prometheus::{IntCounter, IntCounterVec};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;

pub use crate::store::Calendars;
use backend::Revisit;
pub use backend::{Backend, Details};
use backoff::backoff;
pub use error::{Advice, Error, Facts, Refused};
#[cfg(test)]
pub(crate) use plan::served;
pub use plan::{Overrides, Planned, Sources, serves};
pub(crate) use pseudonym::pseudonym;
pub use replies::{Replies, Wants};
pub(crate) use scheduler::PANICKED;
pub use secrets::Secrets;

/// A user of the PBX for whom a mailbox is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Names the user.
    pub guid: String,
    /// E-mail addresses, the best first.
    pub addresses: Vec<String>,
    /// Whether the mailbox is to be looked for. If not, it is read only if it was found before.
    pub search: bool,
    /// Whether that is to be done at once: another source says that it no longer has it.
    pub at_once: bool,
}

/// What became of a user's mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MailboxState {
    /// Not asked yet.
    Waiting,
    /// Found, and read.
    Matched,
    /// There is none.
    NoMailbox,
    /// It may not be read, while others may.
    NotInScope,
    /// It is not in Exchange Online.
    HostedElsewhere,
    /// It cannot be read.
    Failed,
    /// The settings leave the user out, so no source is asked. No source tells this.
    Excluded,
    /// The user does not want it to be shown. No source tells this.
    HiddenByUser,
}

/// What the source tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceEvent {
    /// All appointments of this user that matter from now on; they replace what was told before.
    Appointments {
        /// The user.
        guid: String,
        /// The appointments.
        appointments: Vec<Appointment>,
    },
    /// Whether the mailbox of this user answers automatically; replaces what was told before.
    Replies {
        /// The user.
        guid: String,
        /// Whether it does.
        replies: Replies,
    },
    /// The mailbox of this user, which was there, seems to be gone or elsewhere. That is yet to be believed, and holds
    /// until something else is told of the mailbox.
    Doubted {
        /// The user.
        guid: String,
    },
    /// What became of the mailbox.
    Mailbox {
        /// The user.
        guid: String,
        /// The state.
        state: MailboxState,
        /// The mailbox, if there is one.
        mailbox: Option<String>,
        /// What is wrong; a warning where the state is `Matched`.
        error: Option<Advice>,
        /// When it was read last.
        last_sync: Option<i64>,
    },
    /// Whether the source as a whole works.
    Health(Result<(), Advice>),
}

/// What a source works with.
pub struct Options {
    /// What it reads from.
    pub backend: Arc<dyn Backend>,
    /// Names it among the stored calendars: what another tenant or server stored is not its own.
    pub name: String,
    /// What is stored, of all sources.
    pub calendars: Calendars,
    /// When mailboxes are asked.
    pub timing: Timing,
    /// Counts rounds of requests by result: `ok`, `throttled` or `failed`.
    pub rounds: IntCounterVec,
    /// Counts readings that ended in a panic.
    pub panics: IntCounter,
}

/// How a source is told what is wanted, and tells what it finds.
pub struct Feed {
    /// Who is to be read. Whoever is no longer in it is forgotten; while the PBX is away it stays as it was.
    pub wanted: watch::Receiver<Arc<Vec<Wanted>>>,
    /// Whose calendar is to be read afresh; `None` is everybody's.
    pub resync: mpsc::Receiver<Option<String>>,
    /// What was found.
    pub events: mpsc::Sender<SourceEvent>,
}

/// When mailboxes are asked. Tests are less patient than the service.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// Between two rounds of a mailbox; a tenth more or less at random. Changes are to be seen within a minute.
    pub poll: Duration,
    /// After the first failure; twice as long after each further one.
    pub first_wait: Duration,
    /// The longest wait after failures that may end at any moment. Once they do, a minute is to set all right, and a
    /// request that hangs takes its part of it.
    pub longest_wait: Duration,
    /// A mailbox that was read is believed to be gone only after answers that say so for so long.
    pub believe_after: Duration,
    /// Until a user without a mailbox is looked for again; twice as long after each further search, …
    pub search_first: Duration,
    /// … up to this.
    pub search_longest: Duration,
    /// Between two questions whether a mailbox answers automatically.
    pub replies: Duration,
    /// Until something that could not be had of a mailbox is asked for again.
    pub revisit_soon: Duration,
    /// Until something is looked at again that may change without a word.
    pub revisit_daily: Duration,
    /// From the word that a mailbox has changed to its reading.
    pub push_wait: Duration,
    /// Between two readings of a mailbox that changes all the time.
    pub push_pause: Duration,
    /// Between writes of cursors that have changed while nothing else has.
    pub write_cursors: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            poll: Duration::from_secs(50),
            first_wait: Duration::from_secs(2),
            longest_wait: Duration::from_secs(40),
            believe_after: Duration::from_mins(5),
            search_first: Duration::from_mins(5),
            search_longest: Duration::from_hours(6),
            replies: Duration::from_mins(15),
            revisit_soon: Duration::from_mins(1),
            revisit_daily: Duration::from_hours(24),
            push_wait: Duration::from_secs(1),
            push_pause: Duration::from_secs(5),
            write_cursors: Duration::from_mins(5),
        }
    }
}

impl Timing {
    /// How long to wait after this many searches in vain.
    fn search_wait(&self, searches: u32) -> Duration {
        // Between half of it and the whole, as after failures, but never sooner than at first.
        backoff(searches, self.search_first, self.search_longest).max(self.search_first)
    }

    fn revisit(&self, revisit: Revisit) -> Duration {
        match revisit {
            Revisit::Soon => self.revisit_soon,
            Revisit::Daily => self.revisit_daily,
        }
    }

    /// How long to wait after a mailbox has changed that was read then.
    fn after_push(&self, read_at: Option<Instant>) -> Duration {
        let pause = read_at.map_or(Duration::ZERO, |at| self.push_pause.saturating_sub(at.elapsed()));
        pause.max(self.push_wait)
    }
}

/// Starts a source. It runs until it is aborted or nobody listens any more.
pub fn start(options: Options, feed: Feed) -> JoinHandle<()> {
    tokio::spawn(scheduler::run(options, feed))
}
