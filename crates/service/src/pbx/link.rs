//! The work with one connected PBX: reads its users and writes their presences, for as long as it is connected.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};
use tokio::sync::mpsc;
use tokio::time::Instant;
use tracing::{info, warn};

use super::connections::{Heard, Peer};
use super::presence;
use super::replication::{Replication, Step, error};
use super::users::{UserChange, Users};
use super::writer::{Order, Writer};
use super::{PBX_API, TABLE_USERS};

/// The table is asked for row by row; a PBX that gives none for so long is not connected in truth.
const ROW_TIMEOUT: Duration = Duration::from_secs(30);

/// A PBX that we work with.
pub(crate) struct Link {
    peer: Arc<Peer>,
    /// Tells this link's requests from those of an earlier one on the same connection.
    number: u64,
    users: Users,
    table: Replication,
    writer: Writer,
    /// When the PBX last said something about its users.
    last_row: Instant,
    /// Whether its connection is being closed.
    is_closing: bool,
}

/// Why nothing can be done with a PBX that is connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// The App object does not grant these APIs.
    Apis(Vec<&'static str>),
    /// The PBX does not let us read its users.
    Users(String),
    /// The PBX has more users than so many.
    TooManyUsers(usize),
}

impl Link {
    /// Begins to work with a PBX. `ours` are the users for whom something has been written in earlier sessions;
    /// `number` must not have been used on this connection.
    pub fn open(
        peer: Arc<Peer>,
        number: u64,
        ours: HashSet<String>,
        listener: mpsc::Sender<Heard>,
        now: Instant,
    ) -> Self {
        let link = Self {
            users: Users::new(&peer.info.domain),
            table: Replication::new(format!("users-{number}")),
            writer: Writer::new(ours, now),
            last_row: now,
            is_closing: false,
            number,
            peer,
        };
        link.peer.listen(listener);
        if link.missing_apis().is_empty() {
            link.peer.send(link.table.start());
        }
        link
    }

    /// Number of the connection.
    pub fn id(&self) -> u64 {
        self.peer.id
    }

    /// Name of the PBX.
    pub fn pbx(&self) -> &str {
        &self.peer.info.pbx
    }

    /// Whether all users are known.
    pub fn is_loaded(&self) -> bool {
        self.table.is_loaded()
    }

    /// Whether a user of this GUID is known.
    pub fn has_user(&self, guid: &str) -> bool {
        self.users.sip(guid).is_some()
    }

    /// The users known so far.
    pub fn user_count(&self) -> usize {
        self.users.guids().count()
    }

    /// What keeps us from working, if anything does.
    pub fn problem(&self) -> Option<Problem> {
        let missing = self.missing_apis();
        if missing.is_empty() {
            let too_many = self.table.too_many_for().map(Problem::TooManyUsers);
            too_many.or_else(|| self.table.refusal().map(Problem::Users))
        } else {
            Some(Problem::Apis(missing))
        }
    }

    fn missing_apis(&self) -> Vec<&'static str> {
        let granted = &self.peer.info.apis;
        [PBX_API, TABLE_USERS]
            .into_iter()
            .filter(|api| !granted.iter().any(|granted| granted == api))
            .collect()
    }

    /// Whether a presence that is set by hand wins.
    pub fn follow(&mut self, follows: bool) {
        if self.writer.follow(follows) {
            self.users.guids().for_each(|guid| self.writer.know(guid));
        }
    }

    /// What is wanted for the users.
    pub fn writer(&mut self) -> &mut Writer {
        &mut self.writer
    }

    /// The same, to look at.
    pub fn presences(&self) -> &Writer {
        &self.writer
    }

    /// What has changed among the users since the last call.
    pub fn take_user_changes(&mut self) -> Vec<UserChange> {
        self.users.take_changes()
    }

    /// Tells all users known so far as if they were new.
    pub fn tell_all_users(&mut self) {
        self.users.mark_all();
    }

    /// A message of the PBX. What cannot be read or was not asked for is left out.
    pub fn receive(&mut self, text: &str, now: Instant) {
        let Ok(message) = serde_json::from_str::<Map<String, Value>>(text) else { return };
        let text_of = |name: &str| message.get(name).and_then(Value::as_str);
        let mt = text_of("mt").unwrap_or_default();
        match text_of("api") {
            Some(TABLE_USERS) => self.receive_users(mt, &message, now),
            Some(PBX_API) => self.receive_presence(mt, text_of("src"), &message, now),
            _ => {}
        }
    }

    fn receive_users(&mut self, mt: &str, message: &Map<String, Value>, now: Instant) {
        self.last_row = now;
        let guid = message.get("columns").and_then(|columns| columns.get("guid")?.as_str());
        let sip = guid.and_then(|guid| self.users.sip(guid).map(str::to_owned));
        let step = self.table.receive(mt, message, &mut self.users);
        if let Some(guid) = guid {
            match self.users.sip(guid) {
                None => self.writer.remove(guid),
                Some(now) if sip.as_deref().is_some_and(|before| before != now) => self.writer.renamed(guid),
                Some(_) => self.writer.know(guid),
            }
        }
        match step {
            Step::Next => self.peer.send(self.table.next()),
            Step::Loaded => {
                info!(pbx = ?self.pbx(), users = self.user_count(), "users read");
                self.writer.keep(|guid| self.users.sip(guid).is_some());
            }
            Step::Refused(reason) => {
                warn!(pbx = ?self.pbx(), %reason, "the PBX does not let the users be read");
            }
            Step::TooMany => warn!(pbx = ?self.pbx(), users = self.user_count(), "too many users"),
            Step::Nothing => {}
        }
    }

    fn receive_presence(&mut self, mt: &str, src: Option<&str>, message: &Map<String, Value>, now: Instant) {
        let prefix = self.src("");
        let guid = src.and_then(|src| src.strip_prefix(&prefix));
        match (mt, guid) {
            ("SetPresenceResult", _) => self.writer.written(error(message), now),
            ("SubscribePresenceResult", Some(guid)) if error(message).is_some() => {
                self.writer.not_told(guid, now);
            }
            ("PresenceUpdate", Some(guid)) => {
                let presences = message.get("presence");
                let calendar = presences.and_then(presence::calendar_entry);
                self.writer.told(guid, calendar, presences.is_some_and(presence::is_set_by_hand), now);
            }
            _ => {}
        }
    }

    /// Sends what may be sent now. Of each write that became right by time `written` is told the instant.
    pub fn pump(&mut self, now: Instant, mut written: impl FnMut(Option<i64>)) {
        if !self.missing_apis().is_empty() {
            return;
        }
        while let Some(order) = self.writer.next(now) {
            match order {
                Order::Ask(guid) => self.send_about(&guid, presence::subscribe),
                Order::Leave(guid) => self.send_about(&guid, presence::unsubscribe),
                Order::Write { guid, presence, due } => {
                    let sip = self.users.sip(&guid).unwrap_or_default();
                    self.peer.send(presence::set_presence(sip, &guid, &presence));
                    written(due);
                }
            }
        }
    }

    /// Deals with what is due and gives the instant at which the next thing is. A PBX that has fallen silent is
    /// disconnected.
    pub fn wake(&mut self, now: Instant) -> Option<Instant> {
        let is_reading = self.table.is_loading() && self.missing_apis().is_empty();
        let is_silent = is_reading && now >= self.last_row + ROW_TIMEOUT || self.writer.is_stuck(now);
        if is_silent && !self.is_closing {
            self.is_closing = true;
            warn!(pbx = ?self.pbx(), "the PBX answers nothing; closing its connection, so that it opens another one");
            self.peer.close();
        }
        self.writer.wake(now)
    }

    /// Sends a message that names a user by `sip` and `src`. Who is no longer there needs none.
    fn send_about(&self, guid: &str, message: fn(&str, &str) -> String) {
        if let Some(sip) = self.users.sip(guid) {
            self.peer.send(message(sip, &self.src(guid)));
        }
    }

    fn src(&self, guid: &str) -> String {
        format!("p{}-{guid}", self.number)
    }
}

impl Drop for Link {
    /// The connection may stay: then the PBX is asked for nothing more, and nobody listens to what it still says.
    fn drop(&mut self) {
        self.peer.ignore();
        for guid in self.writer.subscribed() {
            self.send_about(guid, presence::unsubscribe);
        }
    }
}
