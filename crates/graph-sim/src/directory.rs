//! The users of the tenant and where their mailboxes are.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::calendar::Calendar;
use crate::hash::mix;
use crate::plan::Plan;
use crate::zone::Zone;

/// A user of the directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct User {
    /// Object id; made from the sign-in name when it is nil.
    #[serde(default)]
    pub id: Uuid,
    /// The sign-in name.
    pub user_principal_name: String,
    /// The name others see.
    #[serde(default)]
    pub display_name: String,
    /// `mail`: the primary address.
    #[serde(default)]
    pub mail: Option<String>,
    /// `proxyAddresses`: `SMTP:` before the primary address, `smtp:` before the others.
    #[serde(default)]
    pub proxy_addresses: Vec<String>,
    /// Where the mailbox is.
    #[serde(default)]
    pub mailbox: Mailbox,
    /// Whether the application's access, where administrators restrict it, covers this mailbox.
    #[serde(default = "yes")]
    pub in_scope: bool,
    /// `mailboxSettings/automaticRepliesSetting`.
    #[serde(default)]
    pub automatic_replies: AutomaticReplies,
    /// `mailboxSettings/timeZone`, a Windows or an IANA name.
    #[serde(default = "home_zone")]
    pub time_zone: String,
    /// Whether its calendar offers meetings in Teams.
    #[serde(default = "yes")]
    pub teams: bool,
}

fn yes() -> bool {
    true
}

fn home_zone() -> String {
    "W. Europe Standard Time".into()
}

/// Whether a mailbox answers automatically.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "camelCase")]
pub enum AutomaticReplies {
    /// It does not.
    #[default]
    Disabled,
    /// It does.
    AlwaysEnabled,
    /// It does between two instants.
    Scheduled {
        /// The first instant.
        start: DateTime<Utc>,
        /// The first instant after it.
        end: DateTime<Utc>,
    },
}

/// Where the mailbox of a user is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Mailbox {
    /// In Exchange Online.
    #[default]
    Online,
    /// Nowhere: no licence, or soft-deleted.
    None,
    /// On a server of the company's own.
    OnPremises,
}

impl User {
    /// A user whose sign-in name is also the address, with a mailbox in Exchange Online.
    pub fn new(user_principal_name: impl Into<String>) -> Self {
        let user_principal_name = user_principal_name.into();
        let local = user_principal_name.split('@').next().unwrap_or_default();
        Self {
            id: Uuid::nil(),
            display_name: local.to_owned(),
            mail: Some(user_principal_name.clone()),
            proxy_addresses: vec![format!("SMTP:{user_principal_name}")],
            mailbox: Mailbox::Online,
            in_scope: true,
            automatic_replies: AutomaticReplies::Disabled,
            time_zone: home_zone(),
            teams: true,
            user_principal_name,
        }
    }

    pub(crate) fn zone(&self) -> Zone {
        Zone::named(&self.time_zone).unwrap_or_else(Zone::utc)
    }

    fn addresses(&self) -> impl Iterator<Item = String> {
        let proxies = self.proxy_addresses.iter().map(|proxy| proxy.to_lowercase());
        self.mail.iter().map(|mail| format!("mail:{}", mail.to_lowercase())).chain(proxies)
    }
}

#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) user: User,
    pub(crate) calendar: Calendar,
}

/// Why a user cannot be added.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum UserError {
    /// The sign-in name or the id is another user's.
    #[error("a user with this sign-in name or id exists: {0}")]
    Exists(String),
    /// Neither Windows nor IANA knows the time zone.
    #[error("not a time zone: {0}")]
    TimeZone(String),
}

/// Finds users by id, sign-in name and address, each in constant time.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    entries: Vec<Option<Entry>>,
    by_id: HashMap<Uuid, usize>,
    by_name: HashMap<String, usize>,
    by_address: HashMap<String, Vec<usize>>,
}

impl Directory {
    pub(crate) fn add(&mut self, mut user: User, plan: Option<Plan>) -> Result<Uuid, UserError> {
        let name = user.user_principal_name.to_lowercase();
        if user.id.is_nil() {
            user.id = id_of(&name);
        }
        if self.by_id.contains_key(&user.id) || self.by_name.contains_key(&name) {
            return Err(UserError::Exists(user.user_principal_name));
        }
        if Zone::named(&user.time_zone).is_none() {
            return Err(UserError::TimeZone(user.time_zone));
        }
        let index = self.entries.len();
        let id = user.id;
        self.by_id.insert(id, index);
        self.by_name.insert(name, index);
        for address in user.addresses() {
            self.by_address.entry(address).or_default().push(index);
        }
        let mut calendar = plan.map_or_else(Calendar::default, Calendar::planned);
        // Somebody who was removed and comes back has a new mailbox: delta tokens of the old one are gone.
        calendar.generation = u32::try_from(index).unwrap_or(u32::MAX);
        self.entries.push(Some(Entry { user, calendar }));
        Ok(id)
    }

    /// By object id or sign-in name, as the path segment after `/users/` is read.
    pub(crate) fn find(&self, key: &str) -> Option<&Entry> {
        self.entries.get(self.index(key)?)?.as_ref()
    }

    pub(crate) fn find_mut(&mut self, key: &str) -> Option<&mut Entry> {
        let index = self.index(key)?;
        self.entries.get_mut(index)?.as_mut()
    }

    fn index(&self, key: &str) -> Option<usize> {
        let by_id = Uuid::try_parse(key).ok().and_then(|id| self.by_id.get(&id));
        by_id.or_else(|| self.by_name.get(&key.to_lowercase())).copied()
    }

    /// Those with this very address: `mail:` or the prefix of a proxy address before it, in lower case.
    pub(crate) fn with_address(&self, address: &str) -> Vec<&Entry> {
        let found = self.by_address.get(address).map_or([].as_slice(), Vec::as_slice);
        found.iter().filter_map(|index| self.entries.get(*index)?.as_ref()).collect()
    }

    pub(crate) fn remove(&mut self, key: &str) -> Option<User> {
        let index = self.index(key)?;
        let entry = self.entries.get_mut(index)?.take()?;
        self.by_id.remove(&entry.user.id);
        self.by_name.remove(&entry.user.user_principal_name.to_lowercase());
        for address in entry.user.addresses() {
            if let Some(users) = self.by_address.get_mut(&address) {
                users.retain(|other| *other != index);
            }
        }
        Some(entry.user)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().flatten()
    }

    pub(crate) fn calendars_mut(&mut self) -> impl Iterator<Item = &mut Calendar> {
        self.entries.iter_mut().flatten().map(|entry| &mut entry.calendar)
    }

    pub(crate) fn len(&self) -> usize {
        self.by_id.len()
    }
}

/// The same id for the same name in every run, with the version and variant bits of a random one.
fn id_of(name: &str) -> Uuid {
    let fold = |seed: u64| name.bytes().fold(seed, |hash, byte| mix(hash ^ u64::from(byte)));
    let (high, low) = (fold(1).to_be_bytes(), fold(2).to_be_bytes());
    let mut bytes = [0; 16];
    for (target, source) in bytes.iter_mut().zip(high.into_iter().chain(low)) {
        *target = source;
    }
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_found_by_id_and_sign_in_name_alone() {
        let mut directory = Directory::default();
        let mut anna = User::new("anna@contoso.example");
        anna.proxy_addresses.push("smtp:a.arnold@contoso.example".into());
        let id = directory.add(anna, None).unwrap();
        assert_eq!(directory.find("ANNA@contoso.example").unwrap().user.id, id);
        assert_eq!(directory.find(&id.to_string()).unwrap().user.id, id);
        assert!(directory.find("a.arnold@contoso.example").is_none());
        assert_eq!(directory.with_address("smtp:a.arnold@contoso.example").len(), 1);
        assert_eq!(directory.with_address("mail:anna@contoso.example").len(), 1);
    }

    #[test]
    fn names_and_zones_are_checked() {
        let mut directory = Directory::default();
        directory.add(User::new("anna@contoso.example"), None).unwrap();
        let again = directory.add(User::new("Anna@Contoso.example"), None);
        assert_eq!(again, Err(UserError::Exists("Anna@Contoso.example".into())));
        let nowhere = User { time_zone: "Nowhere".into(), ..User::new("ben@contoso.example") };
        assert_eq!(directory.add(nowhere, None), Err(UserError::TimeZone("Nowhere".into())));
    }

    #[test]
    fn a_removed_user_is_gone_and_may_come_back() {
        let mut directory = Directory::default();
        directory.add(User::new("anna@contoso.example"), None).unwrap();
        directory.remove("anna@contoso.example").unwrap();
        assert!(directory.find("anna@contoso.example").is_none());
        assert!(directory.with_address("mail:anna@contoso.example").is_empty());
        directory.add(User::new("anna@contoso.example"), None).unwrap();
        assert_eq!(directory.len(), 1);
    }
}
