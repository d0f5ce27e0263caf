//! The users with everything known about them.

use std::collections::BTreeMap;
use std::sync::Arc;

use calendar::appointment::Appointment;
use calendar::{Folded, Membership};

use super::place::{History, Key, Place, Versions};
use crate::pbx::{Presence, User};
use crate::source::{Advice, MailboxState, PANICKED, Replies, Wanted};
use crate::zones::System;

/// A user of the PBX.
pub(super) struct Person {
    pub user: User,
    /// What each source says of them, in the order of the sources; there is always one.
    at: Vec<AtSource>,
    /// What is shown; `None` until a source has told it, and where there is no mailbox. What stands for automatic
    /// replies is among them.
    pub appointments: Option<Arc<[Appointment]>>,
    replies: Replies,
    pub outlook: Option<Outlook>,
    /// What a search looks at: name, account, addresses.
    words: Vec<Folded>,
    history: History,
    /// Since when the settings leave the user out, if they do.
    excluded_since: Option<i64>,
    /// Whether the user does not want the calendar to be shown.
    is_hidden: bool,
}

/// What one source says of a user.
#[derive(Clone, Debug, Default)]
struct AtSource {
    mailbox: Mailbox,
    appointments: Option<Arc<[Appointment]>>,
    replies: Replies,
    /// Whether it has had the mailbox, and says that it has it no longer, which is yet to be believed.
    is_doubted: bool,
}

impl AtSource {
    /// Whether the mailbox is here, as far as anybody knows.
    fn is_here(&self) -> bool {
        self.mailbox.state == MailboxState::Matched && !self.is_doubted
    }

    /// Whether the next source is to look for it.
    fn is_not_here(&self) -> bool {
        self.is_doubted
            || matches!(self.mailbox.state, MailboxState::NoMailbox | MailboxState::HostedElsewhere)
    }
}

/// What became of a mailbox.
#[derive(Clone, Debug)]
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

impl Mailbox {
    const fn without_name(state: MailboxState) -> Self {
        Self { state, name: None, error: None, last_sync: None }
    }
}

impl Default for Mailbox {
    fn default() -> Self {
        Self::without_name(MailboxState::Waiting)
    }
}

impl Person {
    fn new(user: User, sources: usize) -> Self {
        let words = words(&user);
        let at = vec![AtSource::default(); sources];
        Self {
            user,
            at,
            appointments: None,
            replies: Replies::Off,
            outlook: None,
            words,
            history: History::default(),
            excluded_since: None,
            is_hidden: false,
        }
    }

    /// Whether a part of name, account, address or mailbox is searched for.
    pub fn is_found(&self, search: &Folded) -> bool {
        let mailbox = || self.mailbox().name.as_deref().map(|name| Folded::new(name, &System));
        self.words.iter().any(|word| word.contains(search))
            || mailbox().is_some_and(|name| name.contains(search))
    }

    /// Sees to it that what stands for automatic replies is that of today. When it has to be done again.
    pub fn renew_replies(&mut self, now: i64, zone: &str) -> Option<i64> {
        let appointments = self.appointments.as_ref()?;
        let replies = self.replies.appointment(now, zone, &System);
        let before = appointments.iter().find(|one| one.is_automatic_replies());
        if before != replies.as_ref() {
            let others = appointments.iter().filter(|one| !one.is_automatic_replies()).cloned();
            self.appointments = Some(others.chain(replies).collect());
        }
        self.replies.changes_at(now, zone, &System)
    }

    /// Where this user stands in a list of this version.
    pub fn key(&self, version: u64) -> Key<'_> {
        self.history.key(version)
    }

    fn place(&self) -> Place {
        let mailbox = self.mailbox();
        let unnamed = Folded::default();
        let name = self.words.first().unwrap_or(&unnamed);
        Place::new(&self.user.guid, name, mailbox.state, mailbox.error.is_some())
    }

    /// The mailbox that counts, of those of all sources.
    pub fn mailbox(&self) -> &Mailbox {
        static HIDDEN: Mailbox = Mailbox::without_name(MailboxState::HiddenByUser);
        let mailbox = self.own_mailbox();
        if self.is_hidden && !is_without_calendar(mailbox.state) { &HIDDEN } else { mailbox }
    }

    /// The same as the user may see it, who may have hidden it from others.
    pub fn own_mailbox(&self) -> &Mailbox {
        static NONE: Mailbox = Mailbox::without_name(MailboxState::Waiting);
        static EXCLUDED: Mailbox = Mailbox::without_name(MailboxState::Excluded);
        if self.excluded_since.is_some() {
            return &EXCLUDED;
        }
        self.chosen().map_or(&NONE, |at| &at.mailbox)
    }

    /// The source that has the mailbox, else one that may have it, else the one with the most to say.
    fn chosen(&self) -> Option<&AtSource> {
        const ORDER: [&[MailboxState]; 5] = [
            &[MailboxState::Matched],
            &[MailboxState::Failed],
            &[MailboxState::Waiting],
            &[MailboxState::NotInScope],
            &[MailboxState::NoMailbox, MailboxState::HostedElsewhere],
        ];
        let here = self.at.iter().find(|at| at.is_here());
        let other =
            || ORDER.iter().find_map(|states| self.at.iter().find(|at| states.contains(&at.mailbox.state)));
        here.or_else(other)
    }

    /// Whether a source is to look for the mailbox: all before it have said that it is not theirs.
    fn is_searched_by(&self, source: usize) -> bool {
        self.at.iter().take(source).all(AtSource::is_not_here)
    }

    /// Whether another source has had the mailbox, and seems to have it no longer.
    fn is_lost_elsewhere(&self, source: usize) -> bool {
        let others = self.at.iter().enumerate().filter(|(other, _)| *other != source);
        others.into_iter().any(|(_, at)| at.is_doubted) && !self.at.iter().any(AtSource::is_here)
    }

    /// Whether something is to be done for this user at a source that has an earlier one before it.
    fn is_of(&self, source: usize) -> bool {
        self.excluded_since.is_none() && self.is_open_to(source)
    }

    /// Whether what a source tells counts: no earlier one has the mailbox. One that is no longer asked may still have
    /// something on the way.
    fn is_open_to(&self, source: usize) -> bool {
        self.is_searched_by(source) || !self.at.iter().take(source).any(AtSource::is_here)
    }

    /// What a source tells goes here, if it counts.
    fn at_mut(&mut self, source: usize) -> Option<&mut AtSource> {
        if self.is_open_to(source) { self.at.get_mut(source) } else { None }
    }
}

/// Name, account and addresses, the name first.
fn words(user: &User) -> Vec<Folded> {
    let texts = [&user.name, &user.sip].into_iter().chain(&user.addresses);
    texts.map(|text| Folded::new(text, &System)).collect()
}

/// All users, by GUID.
pub(super) struct People {
    all: BTreeMap<String, Person>,
    counts: Counts,
    sources: usize,
    versions: Versions,
}

impl Default for People {
    fn default() -> Self {
        let (all, counts, versions) = Default::default();
        Self { all, counts, sources: 1, versions }
    }
}

/// How many users are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    states: [u32; STATES.len()],
    panicked: u32,
}

impl Counts {
    /// One more in this state.
    pub fn add(&mut self, state: MailboxState) {
        if let Some(count) = self.states.get_mut(state as usize) {
            *count = count.saturating_add(1);
        }
    }

    pub fn of(&self, state: MailboxState) -> u32 {
        self.states.get(state as usize).copied().unwrap_or_default()
    }

    /// Users whose mailbox could not be read because of a defect of ours.
    pub fn panicked(&self) -> u32 {
        self.panicked
    }

    fn count(&mut self, mailbox: &Mailbox, by: i32) {
        if let Some(count) = self.states.get_mut(mailbox.state as usize) {
            *count = count.saturating_add_signed(by);
        }
        if mailbox.error.as_ref().is_some_and(|error| error.code == PANICKED) {
            self.panicked = self.panicked.saturating_add_signed(by);
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

    /// Grows whenever the list of users changes.
    pub fn version(&self) -> u64 {
        self.versions.now()
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
            person.words = words(&user);
            person.user = user;
            let place = person.place();
            self.versions.settle(&mut person.history, place);
            return is_other;
        }
        let mut person = Person::new(user, self.sources);
        person.history = self.versions.came(&person.user.guid, person.place());
        self.counts.count(person.mailbox(), 1);
        self.all.insert(person.user.guid.clone(), person);
        true
    }

    /// Looks whether the settings choose a user. If that is other than before, whether they do now.
    pub fn choose(&mut self, guid: &str, membership: &Membership, now: i64) -> Option<bool> {
        let person = self.all.get_mut(guid)?;
        let is_included = membership.includes(person.user.memberships(), &System);
        if is_included == person.excluded_since.is_none() {
            return None;
        }
        self.counts.count(person.mailbox(), -1);
        let since = std::mem::replace(&mut person.excluded_since, (!is_included).then_some(now));
        // Who was out for a moment may never have been missed by a source, which then does not tell anew.
        if since.is_some_and(|since| now.saturating_sub(since) > MOMENT) {
            person.at.fill(AtSource::default());
        }
        self.counts.count(person.mailbox(), 1);
        let place = person.place();
        self.versions.settle(&mut person.history, place);
        Some(is_included)
    }

    /// Notes whether a user wants nothing to be shown. If that is other than before, whether it is so now.
    pub fn set_hidden(&mut self, guid: &str, is_hidden: bool) -> Option<bool> {
        let person = self.all.get_mut(guid).filter(|person| person.is_hidden != is_hidden)?;
        self.counts.count(person.mailbox(), -1);
        person.is_hidden = is_hidden;
        self.counts.count(person.mailbox(), 1);
        let place = person.place();
        self.versions.settle(&mut person.history, place);
        Some(is_hidden)
    }

    pub fn remove(&mut self, guid: &str) -> bool {
        let Some(person) = self.all.remove(guid) else { return false };
        self.counts.count(person.mailbox(), -1);
        self.versions.gone(guid, person.history);
        true
    }

    /// Takes over what a source says of a mailbox. Whether another source has to be told of it.
    pub fn set_mailbox(&mut self, source: usize, guid: &str, mailbox: Mailbox) -> bool {
        let Some(person) = self.all.get_mut(guid) else { return false };
        let Some(at) = person.at_mut(source) else { return false };
        let is_other = (at.mailbox.state != mailbox.state || at.is_doubted) && self.sources > 1;
        self.counts.count(person.mailbox(), -1);
        if let Some(at) = person.at.get_mut(source) {
            (at.mailbox, at.is_doubted) = (mailbox, false);
        }
        // Those after the one that has it are not asked any more, so what they have told grows old.
        if person.at.get(source).is_some_and(AtSource::is_here) {
            person.at.iter_mut().skip(source + 1).for_each(|at| *at = AtSource::default());
        }
        self.counts.count(person.mailbox(), 1);
        let place = person.place();
        self.versions.settle(&mut person.history, place);
        is_other
    }

    /// Takes over the appointments of a mailbox.
    pub fn set_appointments(&mut self, source: usize, guid: &str, appointments: Vec<Appointment>) {
        if let Some(at) = self.all.get_mut(guid).and_then(|person| person.at_mut(source)) {
            at.appointments = (!is_without_calendar(at.mailbox.state)).then(|| Arc::from(appointments));
        }
    }

    /// A source doubts that it still has a mailbox. Whether another one has to be told of it.
    pub fn doubt(&mut self, source: usize, guid: &str) -> bool {
        let is_one_of_many = self.sources > 1;
        let Some(at) = self.all.get_mut(guid).and_then(|person| person.at_mut(source)) else { return false };
        !std::mem::replace(&mut at.is_doubted, true) && is_one_of_many
    }

    /// Takes over whether a mailbox answers automatically.
    pub fn set_replies(&mut self, source: usize, guid: &str, replies: Replies) {
        if let Some(at) = self.all.get_mut(guid).and_then(|person| person.at_mut(source)) {
            at.replies = replies;
        }
    }

    /// Shows the appointments of the source that counts, if it has told any. Whether it has.
    pub fn show(&mut self, guid: &str) -> bool {
        let Some(person) = self.all.get_mut(guid) else { return false };
        let told = person.chosen().and_then(|at| Some((at.appointments.clone()?, at.replies)));
        let Some((appointments, replies)) = told else { return false };
        (person.appointments, person.replies) = (Some(appointments), replies);
        true
    }

    /// Nothing is known of the mailboxes at this many sources any more. Their appointments count until somebody says
    /// something else.
    pub fn reset_mailboxes(&mut self, sources: usize) {
        self.counts = Counts::default();
        self.sources = sources.max(1);
        for person in self.all.values_mut() {
            person.at = vec![AtSource::default(); self.sources];
            self.counts.count(person.mailbox(), 1);
            let place = person.place();
            self.versions.settle(&mut person.history, place);
        }
    }

    pub fn clear(&mut self) {
        (self.all, self.counts) = Default::default();
        // Versions go on, so that lists that are being read are not mistaken.
        self.versions.forget();
    }

    /// For a source of appointments.
    pub fn wanted(&self, source: usize) -> Arc<Vec<Wanted>> {
        let wanted = |person: &Person| Wanted {
            guid: person.user.guid.clone(),
            addresses: person.user.addresses.clone(),
            search: person.is_searched_by(source),
            at_once: person.is_lost_elsewhere(source),
        };
        Arc::new(self.all.values().filter(|person| person.is_of(source)).map(wanted).collect())
    }

    /// Number of users whose mailbox is at a source.
    pub fn at(&self, source: usize) -> u32 {
        let included = self.all.values().filter(|person| person.excluded_since.is_none());
        let is_here = |person: &&Person| {
            let at = person.at.get(source).zip(person.chosen());
            at.is_some_and(|(at, chosen)| {
                std::ptr::eq(at, chosen) && at.mailbox.state == MailboxState::Matched
            })
        };
        let matched = included.filter(is_here).count();
        u32::try_from(matched).unwrap_or(u32::MAX)
    }

    /// When the newest and the oldest of the calendars that are shown were read. One that fails is shown as it was
    /// known last, so it counts most of all.
    pub fn last_syncs(&self) -> Option<(i64, i64)> {
        let shown = self.all.values().map(Person::mailbox);
        let shown = shown.filter(|mailbox| !is_without_calendar(mailbox.state));
        let instants = shown.filter_map(|mailbox| mailbox.last_sync);
        instants.fold(None, |found, at| match found {
            None => Some((at, at)),
            Some((newest, oldest)) => Some((at.max(newest), at.min(oldest))),
        })
    }
}

/// For so long after a user was left out, in milliseconds, what sources told of the mailbox still holds.
const MOMENT: i64 = 60_000;

/// All states.
const STATES: [MailboxState; 8] = [
    MailboxState::Waiting,
    MailboxState::Matched,
    MailboxState::NoMailbox,
    MailboxState::NotInScope,
    MailboxState::HostedElsewhere,
    MailboxState::Failed,
    MailboxState::Excluded,
    MailboxState::HiddenByUser,
];

/// All states with their words on the wire.
pub(super) fn states() -> impl Iterator<Item = (MailboxState, &'static str)> {
    STATES.into_iter().map(|state| (state, word(state)))
}

/// Word on the wire.
pub(crate) const fn word(state: MailboxState) -> &'static str {
    match state {
        MailboxState::Waiting => "waiting",
        MailboxState::Matched => "matched",
        MailboxState::NoMailbox => "noMailbox",
        MailboxState::NotInScope => "notInScope",
        MailboxState::HostedElsewhere => "hostedElsewhere",
        MailboxState::Failed => "failed",
        MailboxState::Excluded => "excluded",
        MailboxState::HiddenByUser => "hiddenByUser",
    }
}

/// Whether it is certain that there are no appointments to be had.
pub(super) const fn is_without_calendar(state: MailboxState) -> bool {
    matches!(
        state,
        MailboxState::NoMailbox
            | MailboxState::NotInScope
            | MailboxState::HostedElsewhere
            | MailboxState::Excluded
            | MailboxState::HiddenByUser
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(guid: &str, address: &str) -> User {
        let text = str::to_owned;
        User {
            guid: text(guid),
            sip: text("s"),
            name: text("n"),
            addresses: vec![text(address)],
            groups: vec![text(address)],
            template: String::new(),
        }
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
        people.set_mailbox(0, "1", mailbox(MailboxState::Matched, Some(5)));
        people.set_mailbox(0, "2", mailbox(MailboxState::NoMailbox, None));
        people.set_mailbox(0, "9", mailbox(MailboxState::Matched, None));
        assert_eq!(counts(&people), [1, 1, 1, 0, 0, 0, 0, 0]);
        assert!(people.remove("2"));
        assert!(!people.remove("2"));
        assert_eq!(counts(&people), [1, 1, 0, 0, 0, 0, 0, 0]);
        assert_eq!(people.choose("1", &Membership::of("", "B@X", &System), 0), Some(false));
        assert_eq!(counts(&people), [1, 0, 0, 0, 0, 0, 1, 0]);
        people.reset_mailboxes(1);
        assert_eq!(counts(&people), [1, 0, 0, 0, 0, 0, 1, 0]);
    }

    #[test]
    fn people_2_who_is_out_for_a_moment_keeps_the_mailbox_and_after_longer_it_is_looked_for() {
        let mut people = People::default();
        people.set(user("1", "a@x"));
        people.set_mailbox(0, "1", mailbox(MailboxState::Matched, Some(5)));
        let (all, none) = (Membership::default(), Membership::of("", "a@x", &System));
        let state = |people: &People| people.get("1").unwrap().mailbox().state;
        assert_eq!(people.choose("1", &all, 0), None);
        for (back, expected) in [(MOMENT, MailboxState::Matched), (MOMENT + 1, MailboxState::Waiting)] {
            assert_eq!(people.choose("1", &none, 0), Some(false));
            assert_eq!(people.choose("1", &none, 9), None);
            assert_eq!((state(&people), people.at(0)), (MailboxState::Excluded, 0));
            assert!(people.wanted(0).is_empty());
            assert_eq!(people.choose("1", &all, back), Some(true));
            assert_eq!((state(&people), people.wanted(0).len()), (expected, 1));
        }
    }

    #[test]
    fn newest_and_oldest_are_those_of_calendars_that_are_shown() {
        let mut people = People::default();
        for guid in ["1", "2", "3", "4"] {
            people.set(user(guid, "a@x"));
        }
        assert_eq!(people.last_syncs(), None);
        people.set_mailbox(0, "1", mailbox(MailboxState::Matched, Some(5)));
        people.set_mailbox(0, "2", mailbox(MailboxState::Matched, Some(9)));
        people.set_mailbox(0, "3", mailbox(MailboxState::NoMailbox, Some(1)));
        people.set_mailbox(0, "4", mailbox(MailboxState::Matched, None));
        assert_eq!(people.last_syncs(), Some((9, 5)));
        people.set_mailbox(0, "1", mailbox(MailboxState::Failed, Some(2)));
        assert_eq!(people.last_syncs(), Some((9, 2)));
    }
}
