//! What the PBX knows at an instant. All of it lies behind one lock, so that changes reach the service in the
//! order in which they happen.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;

use crate::directory::{Directory, Guid};
use crate::presence::{self, Presence};
use crate::user::User;
use crate::violation::Violation;

/// A `SetPresence` that was carried out.
#[derive(Clone, Debug)]
pub struct Written {
    /// When it arrived.
    pub at: Instant,
    /// Name of the user.
    pub h323: String,
    /// What was set.
    pub presence: Presence,
}

/// What a session has to tell the service.
pub(crate) enum Event {
    Added(Arc<User>),
    Changed { before: Arc<User>, after: Arc<User> },
    Deleted(Arc<User>),
    Presence(Guid),
}

/// The logged-in connection.
pub(crate) struct Session {
    id: u64,
    events: mpsc::UnboundedSender<Event>,
}

#[derive(Default)]
pub(crate) struct State {
    pub directory: Directory,
    pub violations: Vec<Violation>,
    /// Why the last attempt to connect failed.
    pub unreachable: Option<String>,
    /// Answer to `AppInfo`.
    pub app_info: Option<serde_json::Value>,
    /// Whether the service has read the table to its end in this session.
    pub replicated: bool,
    /// Logins so far, and those that the service refused.
    pub logins: u64,
    pub logins_refused: u64,
    /// `SetPresence` carried out, by user and altogether.
    pub writes: HashMap<Guid, u64>,
    pub total_writes: u64,
    pub observers: Vec<mpsc::UnboundedSender<Written>>,
    /// Entries that another writer puts in place of the calendar's, at once and always.
    pub rivals: HashMap<Guid, Presence>,
    /// Users whose presence cannot be set.
    pub locked: HashSet<Guid>,
    /// Whether nobody may be watched.
    pub secretive: bool,
    /// How many watches the service holds.
    pub watches: usize,
    pub result_delay: Duration,
    session: Option<Session>,
}

impl State {
    /// A new session; the one before, if any, ends.
    pub(crate) fn open_session(&mut self) -> (u64, mpsc::UnboundedReceiver<Event>) {
        let (sender, events) = mpsc::unbounded_channel();
        self.logins += 1;
        self.replicated = false;
        self.unreachable = None;
        self.session = Some(Session { id: self.logins, events: sender });
        (self.logins, events)
    }

    /// Ends the session: its channel closes, and what it still reads counts for nothing.
    pub(crate) fn end_session(&mut self) {
        self.session = None;
        self.replicated = false;
    }

    /// Ends the session unless a newer one has taken its place.
    pub(crate) fn session_is_over(&mut self, id: u64) {
        if self.is_current(id) {
            self.end_session();
        }
    }

    pub(crate) fn is_current(&self, id: u64) -> bool {
        self.session.as_ref().is_some_and(|session| session.id == id)
    }

    pub(crate) fn connected(&self) -> bool {
        self.session.is_some()
    }

    pub(crate) fn tell(&self, event: Event) {
        if let Some(session) = &self.session {
            // A session whose receiver is gone is about to end: nobody is left to tell.
            let _ = session.events.send(event);
        }
    }

    /// The service sets a presence.
    pub(crate) fn write(&mut self, guid: &Guid, presence: Presence) {
        self.total_writes += 1;
        *self.writes.entry(guid.clone()).or_default() += 1;
        if !self.observers.is_empty() {
            let h323 = self.directory.user(guid).map(|user| user.h323.clone()).unwrap_or_default();
            let written = Written { at: Instant::now(), h323, presence: presence.clone() };
            self.observers.retain(|observer| observer.send(written.clone()).is_ok());
        }
        self.put(guid, presence);
        if let Some(rival) = self.rivals.get(guid).cloned() {
            self.put(guid, rival);
        }
    }

    /// Anybody sets a presence.
    pub(crate) fn put(&mut self, guid: &Guid, presence: Presence) {
        presence::put(self.directory.presences_mut(guid), presence);
        self.tell(Event::Presence(guid.clone()));
    }
}
