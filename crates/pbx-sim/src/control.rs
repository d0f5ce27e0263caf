//! What a test does to the PBX.

use std::sync::Arc;
use std::time::Duration;

use crate::pbx::{Pbx, Reading};
use crate::presence::Presence;
use crate::state::{Event, State};
use crate::user::User;

/// Users. A user is named by `h323` or GUID; the methods return false where there is none, or where the
/// name wanted is taken.
impl Pbx {
    /// Adds a user; the service hears of it at once.
    pub fn add_user(&self, user: User) -> bool {
        let user = Arc::new(user);
        self.shared.change(|state| {
            let added = state.directory.add(user.clone());
            if added {
                state.tell(Event::Added(user));
            }
            added
        })
    }

    /// Adds `user1` to `user<count>`, see [`User::numbered`].
    pub fn add_numbered_users(&self, count: u32) {
        for number in 1..=count {
            self.add_user(User::numbered(number));
        }
    }

    /// Changes a user. The GUID stays as it is. The closure runs under the lock of the PBX and must not ask it.
    pub fn change_user(&self, name: &str, change: impl FnOnce(&mut User)) -> bool {
        self.shared.change(|state| {
            let Some((before, after)) = state.directory.change(name, change) else { return false };
            state.tell(Event::Changed { before, after });
            true
        })
    }

    /// Gives a user another `h323`.
    pub fn rename_user(&self, name: &str, h323: &str) -> bool {
        self.change_user(name, |user| user.h323 = h323.into())
    }

    /// Deletes a user with all presences.
    pub fn delete_user(&self, name: &str) -> bool {
        self.shared.change(|state| {
            let Some(user) = state.directory.delete(name) else { return false };
            state.tell(Event::Deleted(user));
            true
        })
    }

    /// Another writer sets a presence, once.
    pub fn write_presence(&self, name: &str, presence: Presence) -> bool {
        self.shared.change(|state| {
            let Some(guid) = state.directory.find(name) else { return false };
            state.put(&guid, presence);
            true
        })
    }

    /// The user sets a presence by hand; empty texts take it back.
    pub fn set_by_hand(&self, name: &str, activity: &str, note: &str) -> bool {
        self.write_presence(name, Presence::new("tel:", activity, note))
    }

    /// Refuses to tell presences from now on, or no longer.
    pub fn set_secretive(&self, secretive: bool) {
        self.shared.change(|state| state.secretive = secretive);
    }

    /// Another writer replaces whatever the service sets for the user with this presence, again and again.
    pub fn set_rival(&self, name: &str, presence: Presence) -> bool {
        self.shared.change(|state| {
            let Some(guid) = state.directory.find(name) else { return false };
            state.put(&guid, presence.clone());
            state.rivals.insert(guid, presence);
            true
        })
    }

    /// The other writer leaves the user alone; its last presence stays.
    pub fn remove_rival(&self, name: &str) -> bool {
        self.shared.change(|state| {
            state.directory.find(name).is_some_and(|guid| state.rivals.remove(&guid).is_some())
        })
    }

    /// Answers every `SetPresence` for the user with an error, or no longer.
    pub fn lock_presence(&self, name: &str, locked: bool) -> bool {
        self.shared.change(|state| {
            let Some(guid) = state.directory.find(name) else { return false };
            if locked {
                state.locked.insert(guid)
            } else {
                state.locked.remove(&guid)
            };
            true
        })
    }
}

/// The connection and its faults.
impl Pbx {
    /// Drops the connection without a word; the PBX connects again after [`Options::reconnect`](crate::Options).
    pub fn drop_connection(&self) {
        self.shared.change(State::end_session);
    }

    /// Restarts: the presences are forgotten, the connection is dropped and opened again.
    pub fn restart(&self) {
        self.shared.change(|state| {
            state.end_session();
            state.directory.forget_presences();
        });
    }

    /// Drops the connection and stays away until [`plug`](Self::plug).
    pub fn unplug(&self) {
        self.shared.plugged.send_replace(false);
        self.drop_connection();
    }

    /// Connects again.
    pub fn plug(&self) {
        self.shared.plugged.send_replace(true);
    }

    /// Reads slowly, or not at all.
    pub fn set_reading(&self, reading: Reading) {
        self.shared.reading.send_replace(reading);
    }

    /// Holds every `SetPresenceResult` back for so long; the presence itself is set at once.
    pub fn delay_results(&self, delay: Duration) {
        self.shared.change(|state| state.result_delay = delay);
    }
}
