//! `GetUsers`: the users, a page at a time.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `query` | which users are asked for, and where the page begins |
//! | `entry` | a user as he is told of |
//! | `day` | his day |

mod day;
mod entry;
mod query;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use calendar::Folded;
use calendar::appointment::Appointment;
use calendar::decide::Rules;
use calendar::instant::Instant;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::people::{Counts, People, Person, states};
use super::place::{Key, Read};
use crate::zones::System;
use day::Day;
pub(crate) use entry::AtPbx;
use entry::Entry;
pub(crate) use query::UserQuery;
use query::{Begin, cursor};

/// Users in one answer.
const MAX_USERS: usize = 100;
/// Bytes of all users in one answer, so that the message stays below what an `AppWebsocket` carries.
const MAX_BYTES: usize = 60_000;

/// What the synchronization knows of the users of a page. The rest of the work does not need it.
pub(crate) struct UserPage {
    rows: Vec<Row>,
    /// Whether there are users after these.
    has_more: bool,
    counts: BTreeMap<&'static str, u32>,
    day: Option<Asked>,
}

/// A user of a page.
struct Row {
    entry: Entry,
    appointments: Option<Arc<[Appointment]>>,
    /// Up to where the list has been read with this user.
    read: Read,
}

/// The day that is asked for.
struct Asked {
    rules: Arc<Rules<System>>,
    from: Instant,
    to: Instant,
}

/// Body of `GetUsersResult`.
#[derive(Debug, Serialize)]
pub(crate) struct UserList {
    users: Vec<Box<RawValue>>,
    /// Where the next page begins, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<String>,
    /// How many users are found in each state, whichever is asked for.
    counts: BTreeMap<&'static str, u32>,
    /// Where the day begins and ends that is told of the users.
    #[serde(skip_serializing_if = "Option::is_none")]
    today: Option<Today>,
}

/// Midnight and the next one, in the zone of the settings.
#[derive(Debug, Serialize)]
struct Today {
    from: Instant,
    to: Instant,
}

impl UserPage {
    /// The page that is asked for. `at_pbx` tells what the PBX makes of a presence.
    pub(super) fn new<'a>(people: &'a People, query: &UserQuery, at_pbx: impl Fn(&str) -> AtPbx<'a>) -> Self {
        let search = Folded::new(query.search.as_deref().unwrap_or_default().trim(), &System);
        let (state, begin) = (query.state(), query.begin());
        let (read, skip) = match begin {
            Begin::At(read) => (read, 0),
            Begin::From(skip) => (Read::begin(people.version()), skip),
        };
        let mut counts = Counts::default();
        let mut found: Vec<(Key<'_>, &Person)> = Vec::new();
        for person in people.iter().filter(|person| search.is_empty() || person.is_found(&search)) {
            counts.add(person.mailbox().state);
            let key = person.key(read.version);
            if state.is_none_or(|state| person.mailbox().state == state) && !read.has(key) {
                found.push((key, person));
            }
        }
        let end = skip.saturating_add(query.limit.unwrap_or(MAX_USERS).clamp(1, MAX_USERS));
        let has_more = found.len() > end;
        if has_more {
            // To find the first few is much less work than to sort all.
            found.select_nth_unstable_by_key(end, |(key, _)| *key);
            found.truncate(end);
        }
        found.sort_unstable_by_key(|(key, _)| *key);
        let row = |(key, person): &(Key<'_>, &Person)| Row {
            entry: Entry::new(person, at_pbx(&person.user.guid)),
            appointments: person.appointments.clone(),
            read: read.up_to(*key),
        };
        Self {
            rows: found.iter().skip(skip).map(row).collect(),
            has_more,
            counts: states().map(|(state, word)| (word, counts.of(state))).collect(),
            day: None,
        }
    }

    /// With the day of each user, if it is asked for.
    pub(super) fn with_days(self, query: &UserQuery, rules: &Arc<Rules<System>>, now: Instant) -> Self {
        let asked = query.day.then(|| {
            let (from, to) = rules.day_of(now);
            Asked { rules: Arc::clone(rules), from, to }
        });
        Self { day: asked, ..self }
    }

    /// As it is told: as many users as fit into a message.
    pub fn into_list(self) -> UserList {
        let Self { rows, mut has_more, counts, day } = self;
        let mut bytes = 0;
        let (mut users, mut read) = (Vec::new(), None);
        for Row { mut entry, appointments, read: up_to } in rows {
            if let (Some(day), Some(appointments)) = (&day, &appointments) {
                entry.day = Some(Day::of(&day.rules, appointments, day.from, day.to));
            }
            // Texts and numbers always serialize.
            let Ok(entry) = to_raw_value(&entry) else { continue };
            bytes += entry.get().len() + 1;
            if bytes > MAX_BYTES && !users.is_empty() {
                has_more = true;
                break;
            }
            users.push(entry);
            read = Some(up_to);
        }
        let more = read.filter(|_| has_more).map(|read| cursor(&read));
        UserList { users, more, counts, today: day.map(|Asked { from, to, .. }| Today { from, to }) }
    }
}
