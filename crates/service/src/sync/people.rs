//! The users with everything known about them.

use std::collections::BTreeMap;
use std::sync::Arc;

use calendar::appointment::Appointment;

use crate::pbx::{Presence, User};
use crate::source::{Advice, MailboxState, Wanted};

/// A user of the PBX.
pub(super) struct Person {
    pub user: User,
    pub mailbox: Mailbox,
    /// `None` until the source has told them, and where there is no mailbox.
    pub appointments: Option<Arc<[Appointment]>>,
    pub outlook: Option<Outlook>,
}

/// What became of a mailbox.
#[derive(Debug)]
pub(super) struct Mailbox {
    pub state: MailboxState,
    pub name: Option<String>,
    pub error: Option<Advice>,
    pub last_sync: Option<i64>,
}

/// What was decided.
pub(super) struct Outlook {
    pub presence: Presence,
    pub until: Option<i64>,
}

impl Default for Mailbox {
    fn default() -> Self {
        Self { state: MailboxState::Waiting, name: None, error: None, last_sync: None }
    }
}

/// All users, by GUID.
#[derive(Default)]
pub(super) struct People {
    all: BTreeMap<String, Person>,
    counts: Counts,
}

/// How many users are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts([u32; STATES.len()]);

impl Counts {
    pub fn of(&self, state: MailboxState) -> u32 {
        self.0.get(state as usize).copied().unwrap_or_default()
    }

    fn count(&mut self, state: MailboxState, by: i32) {
        if let Some(count) = self.0.get_mut(state as usize) {
            *count = count.saturating_add_signed(by);
        }
    }
}

impl People {
    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn counts(&self) -> Counts {
        self.counts
    }

    pub fn get(&self, guid: &str) -> Option<&Person> {
        self.all.get(guid)
    }

    pub fn get_mut(&mut self, guid: &str) -> Option<&mut Person> {
        self.all.get_mut(guid)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Person> {
        self.all.values()
    }

    pub fn guids(&self) -> Vec<String> {
        self.all.keys().cloned().collect()
    }

    /// Takes over a user. Whether the addresses are others than before.
    pub fn set(&mut self, user: User) -> bool {
        if let Some(person) = self.all.get_mut(&user.guid) {
            let is_other = person.user.addresses != user.addresses;
            person.user = user;
            return is_other;
        }
        let person = Person { user, mailbox: Mailbox::default(), appointments: None, outlook: None };
        self.counts.count(person.mailbox.state, 1);
        self.all.insert(person.user.guid.clone(), person);
        true
    }

    pub fn remove(&mut self, guid: &str) -> bool {
        let Some(person) = self.all.remove(guid) else { return false };
        self.counts.count(person.mailbox.state, -1);
        true
    }

    pub fn set_mailbox(&mut self, guid: &str, mailbox: Mailbox) {
        if let Some(person) = self.all.get_mut(guid) {
            self.counts.count(person.mailbox.state, -1);
            self.counts.count(mailbox.state, 1);
            person.mailbox = mailbox;
        }
    }

    /// Nothing is known of the mailboxes any more. Their appointments count until somebody says something else.
    pub fn reset_mailboxes(&mut self) {
        self.counts = Counts::default();
        for person in self.all.values_mut() {
            person.mailbox = Mailbox::default();
            self.counts.count(person.mailbox.state, 1);
        }
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// For the source of appointments.
    pub fn wanted(&self) -> Arc<Vec<Wanted>> {
        let wanted = |person: &Person| Wanted {
            guid: person.user.guid.clone(),
            addresses: person.user.addresses.clone(),
        };
        Arc::new(self.all.values().map(wanted).collect())
    }

    /// When the newest and the oldest of the calendars that are shown were read. One that fails is shown as it was
    /// known last, so it counts most of all.
    pub fn last_syncs(&self) -> Option<(i64, i64)> {
        let shown = self.all.values().filter(|person| !is_without_calendar(person.mailbox.state));
        let instants = shown.filter_map(|person| person.mailbox.last_sync);
        instants.fold(None, |found, at| match found {
            None => Some((at, at)),
            Some((newest, oldest)) => Some((at.max(newest), at.min(oldest))),
        })
    }
}

/// All states.
const STATES: [MailboxState; 6] = [
    MailboxState::Waiting,
    MailboxState::Matched,
    MailboxState::NoMailbox,
    MailboxState::NotInScope,
    MailboxState::HostedElsewhere,
    MailboxState::Failed,
];

/// All states with their words on the wire.
pub(super) fn states() -> impl Iterator<Item = (MailboxState, &'static str)> {
    STATES.into_iter().map(|state| (state, word(state)))
}

/// Word on the wire.
pub(super) const fn word(state: MailboxState) -> &'static str {
    match state {
        MailboxState::Waiting => "waiting",
        MailboxState::Matched => "matched",
        MailboxState::NoMailbox => "noMailbox",
        MailboxState::NotInScope => "notInScope",
        MailboxState::HostedElsewhere => "hostedElsewhere",
        MailboxState::Failed => "failed",
    }
}

/// Whether it is certain that there are no appointments to be had.
pub(super) const fn is_without_calendar(state: MailboxState) -> bool {
    matches!(state, MailboxState::NoMailbox | MailboxState::NotInScope | MailboxState::HostedElsewhere)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(guid: &str, address: &str) -> User {
        let text = str::to_owned;
        User { guid: text(guid), sip: text("s"), name: text("n"), addresses: vec![text(address)] }
    }

    fn mailbox(state: MailboxState, last_sync: Option<i64>) -> Mailbox {
        Mailbox { state, last_sync, ..Mailbox::default() }
    }

    #[test]
    fn the_counts_follow_every_change() {
        let mut people = People::default();
        let counts = |people: &People| STATES.map(|state| people.counts().of(state));
        for guid in ["1", "2", "3"] {
            assert!(people.set(user(guid, "a@x")));
        }
        assert!(!people.set(user("1", "a@x")));
        assert!(people.set(user("1", "b@x")));
        people.set_mailbox("1", mailbox(MailboxState::Matched, Some(5)));
        people.set_mailbox("2", mailbox(MailboxState::NoMailbox, None));
        people.set_mailbox("9", mailbox(MailboxState::Matched, None));
        assert_eq!(counts(&people), [1, 1, 1, 0, 0, 0]);
        assert!(people.remove("2"));
        assert!(!people.remove("2"));
        assert_eq!(counts(&people), [1, 1, 0, 0, 0, 0]);
        people.reset_mailboxes();
        assert_eq!(counts(&people), [2, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn newest_and_oldest_are_those_of_calendars_that_are_shown() {
        let mut people = People::default();
        for guid in ["1", "2", "3", "4"] {
            people.set(user(guid, "a@x"));
        }
        assert_eq!(people.last_syncs(), None);
        people.set_mailbox("1", mailbox(MailboxState::Matched, Some(5)));
        people.set_mailbox("2", mailbox(MailboxState::Matched, Some(9)));
        people.set_mailbox("3", mailbox(MailboxState::NoMailbox, Some(1)));
        people.set_mailbox("4", mailbox(MailboxState::Matched, None));
        assert_eq!(people.last_syncs(), Some((9, 5)));
        people.set_mailbox("1", mailbox(MailboxState::Failed, Some(2)));
        assert_eq!(people.last_syncs(), Some((9, 2)));
    }
}
