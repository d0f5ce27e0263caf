//! What the scheduler knows of a user.

use tokio_util::time::delay_queue::Key;

use super::job::Tracked;
use super::{Advice, MailboxState, SourceEvent};

/// A wanted user.
#[derive(Debug)]
pub struct Entry {
    /// Addresses, the best first.
    pub addresses: Vec<String>,
    /// The mailbox, once it was found.
    pub tracked: Option<Tracked>,
    /// What was told of it.
    pub state: MailboxState,
    /// What is wrong.
    pub error: Option<Advice>,
    /// When it was read last.
    pub last_sync: Option<i64>,
    /// Failures in a row.
    pub failures: u32,
    /// Where it waits.
    pub place: Place,
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
    /// For a time.
    Queued(Key),
    /// For its turn.
    Ready,
    /// For answers.
    Running,
}

/// What is asked for beside the changes: somebody wants it, or the addresses are new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Again {
    /// Read the window afresh.
    Read,
    /// Look for the mailbox.
    Search,
}

impl Entry {
    /// A user of whom nothing is known yet.
    pub fn new(addresses: Vec<String>, number: u64) -> Self {
        Self {
            addresses,
            tracked: None,
            state: MailboxState::Waiting,
            error: None,
            last_sync: None,
            failures: 0,
            place: Place::Loading,
            again: None,
            asked: None,
            number,
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
            None => tracked,
            Some(Again::Read) => tracked.map(|tracked| Tracked { link: None, ..tracked }),
            Some(Again::Search) => None,
        }
    }

    /// Asks for the same once more, because the job came to nothing. Whether more was asked for meanwhile.
    pub fn resume(&mut self) -> bool {
        let more = self.again.is_some();
        self.again = self.again.max(self.asked.take());
        more
    }

    /// The mailbox was read.
    pub fn read(&mut self, tracked: Tracked, now: i64) {
        self.error = tracked.warning.clone().map(|text| Advice::new("severalMailboxes", text));
        self.tracked = Some(tracked);
        self.state = MailboxState::Matched;
        self.last_sync = Some(now);
        self.failures = 0;
    }

    /// What is told of it.
    pub fn event(&self, guid: &str) -> SourceEvent {
        SourceEvent::Mailbox {
            guid: guid.to_owned(),
            state: self.state,
            mailbox: self.tracked.as_ref().map(|tracked| tracked.name.clone()),
            error: self.error.clone(),
            last_sync: self.last_sync,
        }
    }
}
