//! What the scheduler knows of a user.

use tokio::time::Instant;
use tokio_util::time::delay_queue::Key;

use super::super::{Advice, MailboxState, SourceEvent};
use super::job::Tracked;

/// A cursor that fails this often in a row may itself be the reason.
const DOUBT_CURSOR_AFTER: u32 = 3;

/// A wanted user.
#[derive(Debug)]
pub struct Entry {
    /// Addresses, the best first.
    pub addresses: Vec<String>,
    /// Whether the mailbox is to be looked for.
    pub search: bool,
    /// Whether it is looked for at once, because another source has lost it.
    pub at_once: bool,
    /// The mailbox, once it was found.
    pub tracked: Option<Tracked>,
    /// What was told of it.
    pub state: MailboxState,
    /// What is wrong.
    pub error: Option<Advice>,
    /// When it was read last: on the clock, …
    pub last_sync: Option<i64>,
    /// … and since this program began.
    pub read_at: Option<Instant>,
    /// Failures in a row.
    pub failures: u32,
    /// Failures in a row of its cursor.
    pub cursor_failures: u32,
    /// Since when answers say that a mailbox that was there is not.
    pub missing_since: Option<Instant>,
    /// Searches in a row that found nothing.
    pub searches: u32,
    /// Where it waits.
    pub place: Place,
    /// Whether the backend has said that it has changed since the last job began.
    pub is_changed: bool,
    /// What was asked for since the last job began.
    pub again: Option<Again>,
    /// What was asked for of the job that is under way.
    pub asked: Option<Again>,
    /// Which user this is, of those that had the same guid one after the other.
    pub number: u64,
}

/// Where a user waits.
#[derive(Debug)]
pub enum Place {
    /// What is stored is being read.
    Loading,
    /// For nothing: another source may have the mailbox.
    Idle,
    /// For a time.
    Queued(Key),
    /// For news, which the backend tells; and for the time at which its window is renewed.
    Subscribed(Key),
    /// For its turn.
    Ready,
    /// For answers.
    Running,
}

/// What is asked for beside the next round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Again {
    /// A round soon, because something has changed.
    Round,
    /// Read the window afresh, because somebody wants it.
    Read,
    /// Look for the mailbox, because somebody wants it or the addresses are new.
    Search,
}

impl Entry {
    /// A user of whom nothing is known yet.
    pub fn new(addresses: Vec<String>, search: bool) -> Self {
        Self {
            addresses,
            search,
            at_once: false,
            tracked: None,
            state: MailboxState::Waiting,
            error: None,
            last_sync: None,
            read_at: None,
            failures: 0,
            cursor_failures: 0,
            missing_since: None,
            searches: 0,
            place: Place::Loading,
            is_changed: false,
            again: None,
            asked: None,
            number: 0,
        }
    }

    /// Asks for more than a round next time.
    pub fn ask_again(&mut self, again: Again) {
        self.again = self.again.max(Some(again));
    }

    /// The mailbox as the next job is to see it.
    pub fn for_job(&mut self) -> Option<Tracked> {
        let tracked = self.tracked.clone();
        self.asked = self.again.take();
        match self.asked {
            None | Some(Again::Round) => tracked,
            Some(Again::Read) => tracked.map(|tracked| Tracked { cursor: None, ..tracked }),
            Some(Again::Search) => None,
        }
    }

    /// Whether the next job is to do without the cursor if that fails once more.
    pub fn doubts_cursor(&self) -> bool {
        (self.cursor_failures + 1).is_multiple_of(DOUBT_CURSOR_AFTER)
    }

    /// Asks for the same once more, because the job came to nothing. What was asked for meanwhile.
    pub fn resume(&mut self) -> Option<Again> {
        let more = self.again;
        self.again = self.again.max(self.asked.take());
        more
    }

    /// The mailbox was read.
    pub fn read(&mut self, tracked: Tracked, now: i64) {
        self.error = warning(&tracked);
        self.tracked = Some(tracked);
        self.state = MailboxState::Matched;
        (self.last_sync, self.read_at) = (Some(now), Some(Instant::now()));
        (self.failures, self.cursor_failures, self.missing_since, self.searches) = (0, 0, None, 0);
    }

    /// What is told of it.
    pub fn event(&self, guid: &str) -> SourceEvent {
        SourceEvent::Mailbox {
            guid: guid.to_owned(),
            state: self.state,
            mailbox: self.tracked.as_ref().map(|tracked| tracked.mailbox.name.clone()),
            error: self.error.clone(),
            last_sync: self.last_sync,
        }
    }
}

/// What is told of a mailbox that works.
pub fn warning(tracked: &Tracked) -> Option<Advice> {
    tracked.mailbox.warning.clone().map(|text| Advice::new("severalMailboxes", text))
}
