//! Where appointments come from: looks for the mailboxes of the PBX's users, keeps their appointments current, and
//! tells what changes.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `scheduler` | which mailbox is asked when |
//! | `members` | who is asked at all |
//! | `outcome` | what the results mean |
//! | `entry` | what the scheduler knows of a user |
//! | `pace` | how many are asked at once |
//! | `health` | whether the source as a whole works |
//! | `job` | asking one mailbox |
//! | `search` | finding the mailbox of a user |
//! | `round` | what a round of requests makes of the appointments known before |
//! | `record` | an appointment as it is kept |
//! | `calendars` | the appointments in the database |
//! | `writer` | writes of many mailboxes in one transaction |
//! | `pseudonym` | addresses in logs |

mod calendars;
mod entry;
mod health;
mod job;
mod members;
mod outcome;
mod pace;
mod pseudonym;
mod record;
mod round;
mod scheduler;
mod search;
mod writer;

use std::sync::Arc;
use std::time::Duration;

use calendar::appointment::Appointment;
use calendar::settings::Settings;
use prometheus::IntCounterVec;
use secrecy::SecretString;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

pub use crate::graph::{Advice, Overrides};
pub use crate::store::Calendars;

/// A user of the PBX for whom a mailbox is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Names the user.
    pub guid: String,
    /// E-mail addresses, the best first.
    pub addresses: Vec<String>,
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

/// What the source works with.
pub struct Options {
    /// The settings; the sync type is Graph.
    pub settings: Settings,
    /// The client secret.
    pub client_secret: SecretString,
    /// Other addresses than Microsoft's.
    pub overrides: Overrides,
    /// What is stored.
    pub calendars: Calendars,
    /// When mailboxes are asked.
    pub timing: Timing,
    /// Counts requests by status; `none` is no answer.
    pub requests: IntCounterVec,
    /// Counts rounds of requests by result: `ok`, `throttled` or `failed`.
    pub rounds: IntCounterVec,
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
    /// Until a user without a mailbox is looked for again.
    pub search_again: Duration,
    /// Until a mailbox outside of the application's scope is asked again.
    pub scope_again: Duration,
    /// Between writes of links that have changed while nothing else has.
    pub write_links: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            poll: Duration::from_secs(50),
            first_wait: Duration::from_secs(2),
            longest_wait: Duration::from_secs(40),
            search_again: Duration::from_hours(6),
            scope_again: Duration::from_hours(24),
            write_links: Duration::from_mins(5),
        }
    }
}

/// Starts the source. It runs until it is aborted or nobody listens any more. `resync` asks for one user, or all of
/// them, to be read afresh. `wanted` keeps its users while the PBX is away: whoever is no longer in it is forgotten.
pub fn start(
    options: Options,
    wanted: watch::Receiver<Arc<Vec<Wanted>>>,
    resync: mpsc::Receiver<Option<String>>,
    events: mpsc::Sender<SourceEvent>,
) -> JoinHandle<()> {
    tokio::spawn(scheduler::run(options, wanted, resync, events))
}
