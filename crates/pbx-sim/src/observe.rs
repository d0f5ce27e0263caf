//! What a test sees of the PBX, now or as soon as it is so.

use serde_json::Value;
use tokio::sync::mpsc;

use crate::pbx::Pbx;
use crate::presence::{CALENDAR, Presence};
use crate::state::Written;
use crate::user::User;
use crate::violation::Violation;

/// Now. A user is named by `h323` or GUID.
impl Pbx {
    /// The messages of the service that a PBX would have refused or ignored.
    pub fn violations(&self) -> Vec<Violation> {
        self.shared.lock().violations.clone()
    }

    /// The same, and forgets them.
    pub fn take_violations(&self) -> Vec<Violation> {
        std::mem::take(&mut self.shared.lock().violations)
    }

    /// How many there are.
    pub fn violation_count(&self) -> usize {
        self.shared.lock().violations.len()
    }

    /// Whether the PBX is logged in at the service.
    pub fn is_connected(&self) -> bool {
        self.shared.lock().connected()
    }

    /// Whether the service has read all users in this connection.
    pub fn is_replicated(&self) -> bool {
        self.shared.lock().replicated
    }

    /// Why the last attempt to reach the service failed, until one succeeds.
    pub fn unreachable(&self) -> Option<String> {
        self.shared.lock().unreachable.clone()
    }

    /// How often the PBX has logged in.
    pub fn logins(&self) -> u64 {
        self.shared.lock().logins
    }

    /// How often the service has refused the login.
    pub fn logins_refused(&self) -> u64 {
        self.shared.lock().logins_refused
    }

    /// What the service answered to `AppInfo`, without the envelope.
    pub fn app_info(&self) -> Option<Value> {
        self.shared.lock().app_info.clone()
    }

    /// Number of users.
    pub fn user_count(&self) -> usize {
        self.shared.lock().directory.len()
    }

    /// A user.
    pub fn user(&self, name: &str) -> Option<User> {
        let state = self.shared.lock();
        let guid = state.directory.find(name)?;
        state.directory.user(&guid).map(|user| User::clone(user))
    }

    /// All presences of a user, the newest first.
    pub fn presences(&self, name: &str) -> Vec<Presence> {
        let state = self.shared.lock();
        state.directory.find(name).map_or_else(Vec::new, |guid| state.directory.presences(&guid).to_vec())
    }

    /// The presence that a calendar app has set.
    pub fn calendar_presence(&self, name: &str) -> Option<Presence> {
        let state = self.shared.lock();
        let guid = state.directory.find(name)?;
        state.directory.presences(&guid).iter().find(|presence| presence.contact == CALENDAR).cloned()
    }

    /// Its note.
    pub fn note(&self, name: &str) -> Option<String> {
        self.calendar_presence(name).map(|presence| presence.note)
    }

    /// How many users the service watches.
    pub fn watches(&self) -> usize {
        self.shared.lock().watches
    }

    /// How often the service has set the presence of a user.
    pub fn writes(&self, name: &str) -> u64 {
        let state = self.shared.lock();
        state.directory.find(name).and_then(|guid| state.writes.get(&guid).copied()).unwrap_or_default()
    }

    /// How often the service has set a presence.
    pub fn total_writes(&self) -> u64 {
        self.shared.lock().total_writes
    }

    /// Every presence that the service sets from now on, with its instant.
    pub fn watch_writes(&self) -> mpsc::UnboundedReceiver<Written> {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.shared.lock().observers.push(sender);
        receiver
    }
}

/// As soon as it is so. These wait for ever: wrap them in `tokio::time::timeout`.
impl Pbx {
    /// Looks at the PBX after every change until it finds what it seeks.
    pub async fn until<T>(&self, mut find: impl FnMut(&Self) -> Option<T>) -> T {
        let mut changes = self.shared.changes.subscribe();
        loop {
            if let Some(found) = find(self) {
                return found;
            }
            // The sender lives as long as this handle.
            let _ = changes.changed().await;
        }
    }

    /// Until the PBX is logged in.
    pub async fn until_connected(&self) {
        self.until(|pbx| pbx.is_connected().then_some(())).await;
    }

    /// Until the connection is gone.
    pub async fn until_disconnected(&self) {
        self.until(|pbx| (!pbx.is_connected()).then_some(())).await;
    }

    /// Until the service has read all users in this connection.
    pub async fn until_replicated(&self) {
        self.until(|pbx| pbx.is_replicated().then_some(())).await;
    }

    /// Until the calendar's note of a user reads so.
    pub async fn until_note(&self, name: &str, note: &str) {
        self.until(|pbx| (pbx.note(name)? == note).then_some(())).await;
    }

    /// Until the calendar's presence of a user is so.
    pub async fn until_presence(&self, name: &str, activity: &str, note: &str) {
        let wanted = Presence::calendar(activity, note);
        self.until(|pbx| (pbx.calendar_presence(name)? == wanted).then_some(())).await;
    }

    /// Until the calendar's presence of a user is missing or empty.
    pub async fn until_cleared(&self, name: &str) {
        let cleared = |presence: &Presence| presence.activity.is_empty() && presence.note.is_empty();
        self.until(|pbx| pbx.calendar_presence(name).is_none_or(|found| cleared(&found)).then_some(())).await;
    }

    /// Until something was refused.
    pub async fn until_violation(&self) -> Violation {
        self.until(|pbx| pbx.shared.lock().violations.first().cloned()).await
    }
}
