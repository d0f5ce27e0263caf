//! Mailboxes and their calendars.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use graph_sim::AutomaticReplies;
use graph_sim::calendar::{Calendar, Item, ItemKey};
use graph_sim::plan::Plan;
use graph_sim::zone::Zone;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::site::Site;

/// A mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Mailbox {
    /// The primary SMTP address.
    pub address: String,
    /// The other addresses.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Its name in the address book.
    #[serde(default)]
    pub name: String,
    /// What it is in the address book; only a `Mailbox` can be read.
    #[serde(default = "mailbox_type")]
    pub mailbox_type: String,
    /// The site it is in.
    #[serde(default = "main_site")]
    pub site: String,
    /// Its server, if it is not to follow from the address.
    #[serde(default)]
    pub server: Option<String>,
    /// Windows or IANA name of its time zone.
    #[serde(default = "home_zone")]
    pub time_zone: String,
    /// Whether it answers automatically.
    #[serde(default)]
    pub automatic_replies: AutomaticReplies,
    /// Whether EWS may be used for it.
    #[serde(default = "yes")]
    pub ews: bool,
    /// The address that Autodiscover redirects to, and address book entries have, where it is hosted elsewhere.
    #[serde(default)]
    pub hosted_at: Option<String>,
}

fn mailbox_type() -> String {
    "Mailbox".into()
}

fn main_site() -> String {
    Site::MAIN.into()
}

fn home_zone() -> String {
    "W. Europe Standard Time".into()
}

fn yes() -> bool {
    true
}

impl Mailbox {
    /// A mailbox of the local Exchange.
    pub fn new(address: impl Into<String>) -> Self {
        let address = address.into();
        Self {
            name: address.split('@').next().unwrap_or_default().into(),
            address,
            aliases: Vec::new(),
            mailbox_type: mailbox_type(),
            site: main_site(),
            server: None,
            time_zone: home_zone(),
            automatic_replies: AutomaticReplies::Disabled,
            ews: true,
            hosted_at: None,
        }
    }

    /// A mailbox in Exchange Online.
    pub fn online(address: impl Into<String>) -> Self {
        Self { site: Site::ONLINE.into(), ..Self::new(address) }
    }

    pub(crate) fn zone(&self) -> Zone {
        Zone::named(&self.time_zone).unwrap_or_else(Zone::utc)
    }

    /// The name that X.400 left behind.
    pub(crate) fn legacy_dn(&self) -> String {
        let name = self.address.split('@').next().unwrap_or_default();
        format!("/o=Contoso/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn={name}")
    }

    pub(crate) fn all_addresses(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.address.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

/// What an appointment has beside what every calendar knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Extra {
    pub(crate) zone: Option<Zone>,
    pub(crate) uid: Uuid,
}

#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) mailbox: Mailbox,
    pub(crate) calendar: Calendar,
    extras: HashMap<ItemKey, Extra>,
}

impl Entry {
    /// The zone in which an item was made.
    pub(crate) fn zone_of(&self, key: ItemKey) -> Zone {
        let made = self.extras.get(&key).and_then(|extra| extra.zone.clone());
        made.unwrap_or_else(|| self.mailbox.zone())
    }

    /// The UID of an item, which stays.
    pub(crate) fn uid_of(&self, key: ItemKey) -> String {
        match self.extras.get(&key) {
            Some(extra) => format!("040000008200E00074C5B7101A82E008{}", extra.uid.simple()).to_uppercase(),
            None => format!("040000008200E00074C5B7101A82E008{:032X}", key.to_bits()),
        }
    }

    pub(crate) fn add(&mut self, item: Item, zone: Option<Zone>, now: DateTime<Utc>) -> ItemKey {
        let key = self.calendar.add(item, now);
        self.extras.insert(key, Extra { zone, uid: Uuid::new_v4() });
        key
    }
}

/// Everybody who has a mailbox, or stands in the address book.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    entries: BTreeMap<String, Entry>,
    /// Other addresses, in small letters, with the primary one.
    aliases: HashMap<String, String>,
}

impl Directory {
    pub(crate) fn add(&mut self, mailbox: Mailbox, plan: Option<Plan>) {
        let key = mailbox.address.to_lowercase();
        for alias in &mailbox.aliases {
            self.aliases.insert(alias.to_lowercase(), key.clone());
        }
        let calendar = plan.map_or_else(Calendar::default, Calendar::planned);
        self.entries.insert(key, Entry { mailbox, calendar, extras: HashMap::new() });
    }

    pub(crate) fn remove(&mut self, address: &str) -> Option<Mailbox> {
        let entry = self.entries.remove(&address.to_lowercase())?;
        self.aliases.retain(|_, primary| *primary != address.to_lowercase());
        Some(entry.mailbox)
    }

    /// By the primary address.
    pub(crate) fn primary(&self, address: &str) -> Option<&Entry> {
        self.entries.get(&address.to_lowercase())
    }

    pub(crate) fn primary_mut(&mut self, address: &str) -> Option<&mut Entry> {
        self.entries.get_mut(&address.to_lowercase())
    }

    /// By any of its addresses.
    pub(crate) fn any(&self, address: &str) -> Option<&Entry> {
        let address = address.to_lowercase();
        self.entries.get(&address).or_else(|| self.entries.get(self.aliases.get(&address)?))
    }

    /// By an address, or by the name that X.500 has for it.
    pub(crate) fn named(&self, name: &str) -> Option<&Entry> {
        if !name.starts_with('/') {
            return self.any(name);
        }
        self.entries.values().find(|entry| entry.mailbox.legacy_dn().eq_ignore_ascii_case(name))
    }

    /// Enters the aliases anew after a change.
    pub(crate) fn index(&mut self, address: &str) {
        let key = address.to_lowercase();
        self.aliases.retain(|_, primary| *primary != key);
        if let Some(entry) = self.entries.get(&key) {
            self.aliases
                .extend(entry.mailbox.aliases.iter().map(|alias| (alias.to_lowercase(), key.clone())));
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}
