//! The seam between the scheduler and what it reads from. A backend finds and reads mailboxes; when that is done, how
//! many at once, and what follows from failures is the scheduler's business, the same for all of them.

use std::fmt;

use async_trait::async_trait;
use tokio::sync::mpsc;

use super::record::Record;
use super::{Advice, Error, MailboxState, Replies};

const HOUR_MS: i64 = 3_600_000;
/// A whole day begins and ends up to 14 hours before or after the same date in UTC: the window is wider by a day on
/// both sides, and cut when it is used.
const BEFORE_MS: i64 = 24 * HOUR_MS;
/// 48 hours that matter, a day for whole days, and a day in which the window is renewed.
const AFTER_MS: i64 = 96 * HOUR_MS;

/// Something that holds mailboxes: a cloud, a server.
#[async_trait]
pub trait Backend: Send + Sync + 'static {
    /// Looks for the mailbox of a user, and reads its window. The first address that has one wins.
    async fn find(&self, search: Search<'_>) -> Result<Found, Error>;

    /// Reads a mailbox that was found before.
    async fn read(&self, read: Read<'_>) -> Result<Reading, Error>;

    /// Whether anybody wants to know of automatic replies.
    fn wants_replies(&self) -> bool {
        false
    }

    /// Whether a mailbox answers automatically, of which a reading ended at this cursor.
    async fn replies(
        &self,
        _mailbox: &Mailbox,
        _cursor: Option<&Cursor>,
        _now: i64,
    ) -> Result<Replies, Error> {
        Ok(Replies::Off)
    }

    /// Whether anybody wants to know of categories.
    fn wants_categories(&self) -> bool {
        false
    }

    /// How many mailboxes it wants to be asked for at once. Connections cost memory here and goodwill there.
    fn most_at_once(&self) -> usize {
        64
    }

    /// Where it tells what has changed by itself. Asked for once.
    fn pushes(&self) -> Option<mpsc::Receiver<Push>> {
        None
    }

    /// What the status shows of it beside whether it works.
    fn details(&self) -> Details {
        Details::default()
    }

    /// Nobody wants this user any more.
    fn forget(&self, _guid: &str) {}

    /// What was refused is to be tried again, and access to be asked for anew: rights may have been granted since.
    async fn start_over(&self);

    /// What to tell of a user without a mailbox, and what can be done about it.
    fn missing(&self, missing: Missing, addresses: &[String]) -> Advice;

    /// What to tell when no mailbox at all may be read.
    fn all_forbidden(&self) -> Advice;
}

/// What the status shows of a backend.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// The server that is asked.
    pub server: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// The word for how changes are learned of.
    pub watching: Option<&'static str>,
    /// Open streams of notifications.
    pub streams: Option<usize>,
    /// What is amiss although it works.
    pub warning: Option<Advice>,
    /// Who has signed in, where somebody has to.
    pub signed_in: Option<SignedInAs>,
}

/// Who has signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedInAs {
    /// The name of the account.
    pub name: String,
    /// Since when, in milliseconds since the epoch.
    pub since: i64,
}

/// Whose mailbox is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// The user.
    pub guid: &'a str,
    /// E-mail addresses, the best first.
    pub addresses: &'a [String],
    /// Milliseconds since the epoch.
    pub now: i64,
}

/// What is to be read.
#[derive(Clone, Copy)]
pub struct Read<'a> {
    /// The user.
    pub guid: &'a str,
    /// Their mailbox.
    pub mailbox: &'a Mailbox,
    /// Where the last reading ended; `None` asks for the window afresh.
    pub cursor: Option<&'a Cursor>,
    /// Whether what was left open at the last reading is to be completed now.
    pub revisit: bool,
    /// What is known of the mailbox.
    pub known: &'a dyn Known,
    /// Milliseconds since the epoch.
    pub now: i64,
}

/// What was read before. It lies in the database, and most readings do without.
#[async_trait]
pub trait Known: Send + Sync {
    /// The appointments, unless they are lost.
    async fn calendar(&self) -> Option<Calendar>;
}

/// What is known of a calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// The appointments.
    pub records: Vec<Record>,
    /// Zone of the mailbox in which whole days without a zone of their own are meant. Empty if it cannot be known,
    /// `None` if it was not needed yet.
    pub zone: Option<String>,
}

/// The span of time of which appointments are read, in milliseconds since the epoch.
pub const fn window(now: i64) -> (i64, i64) {
    (now - BEFORE_MS, now + AFTER_MS)
}

/// A mailbox that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// Names it in requests.
    pub user: String,
    /// Names it for people.
    pub name: String,
    /// That there are others, if so.
    pub warning: Option<String>,
}

/// What a search found.
#[derive(Debug)]
pub enum Found {
    /// A mailbox, and what stands in it.
    Mailbox(Box<(Mailbox, Reading)>),
    /// None, and why.
    None(Missing),
}

/// What a reading brought.
#[derive(Debug)]
pub struct Reading {
    /// Everything, if it has changed.
    pub calendar: Option<Calendar>,
    /// Whether the window as a whole was read.
    pub afresh: bool,
    /// Where the next reading goes on.
    pub cursor: Cursor,
    /// When something is to be completed or looked at again, if so.
    pub revisit: Option<Revisit>,
    /// Whether changes will be told by [`Backend::pushes`], so that nobody needs to ask for them.
    pub watched: bool,
}

/// When a mailbox is looked at again for more than its changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Revisit {
    /// Something could not be had.
    Soon,
    /// What was found may change without a word, such as a zone.
    Daily,
}

/// Where a reading goes on, in words of the backend. It may name a mailbox, so it stays out of logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Cursor(String);

impl Cursor {
    /// A cursor with this text.
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cursor(…)")
    }
}

/// What a backend tells by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Push {
    /// The mailbox of this user has changed, or may have.
    Changed(String),
}

/// Why there is no mailbox. The greatest reason is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// There is no address to look for.
    NoAddress,
    /// The directory does not know the addresses.
    Unknown,
    /// Nobody may look them up.
    NoDirectory,
    /// There is an account, but it has none.
    NoMailbox,
    /// It is on another server.
    Elsewhere,
    /// It may not be read.
    Forbidden,
}

impl Missing {
    /// The state of the user.
    pub const fn state(self) -> MailboxState {
        match self {
            Self::NoAddress | Self::Unknown | Self::NoDirectory | Self::NoMailbox => MailboxState::NoMailbox,
            Self::Elsewhere => MailboxState::HostedElsewhere,
            Self::Forbidden => MailboxState::NotInScope,
        }
    }
}
