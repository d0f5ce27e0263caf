//! The users of a PBX as its table has them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::email;
use crate::cut::{MAX_CHARS, cut, cut_to};

/// A user of the PBX.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct User {
    /// Identifies the user for ever.
    pub guid: String,
    /// `h323`, which other APIs call `sip`.
    pub sip: String,
    /// What people call the user.
    pub name: String,
    /// Under which a mailbox may be found, the best first.
    pub addresses: Vec<String>,
    /// Groups of the PBX that the user is in.
    pub groups: Vec<String>,
    /// The configuration template of the user; empty if there is none.
    pub template: String,
}

impl User {
    /// What `onlyGroups` and `exceptGroups` may name.
    pub fn memberships(&self) -> impl Iterator<Item = &str> {
        let template = Some(self.template.as_str()).filter(|template| !template.is_empty());
        self.groups.iter().map(String::as_str).chain(template)
    }
}

/// Something has happened to a user.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum UserChange {
    /// New, or other than before.
    Set(User),
    /// No longer there.
    Removed(String),
}

/// The users, and what has changed since somebody looked.
pub(super) struct Users {
    domain: String,
    rows: BTreeMap<String, Row>,
    /// Users with a change that nobody has seen yet.
    changed: BTreeSet<String>,
}

/// The columns that we ask for, as far as they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Row {
    h323: String,
    cn: String,
    dn: String,
    emails: Vec<String>,
    config: String,
    groups: Vec<String>,
}

/// No PBX has more users; one that says so is not to fill the memory.
pub(super) const MAX_USERS: usize = 500_000;
/// A GUID identifies, so a longer one is left out rather than cut.
const MAX_GUID_BYTES: usize = 255;
/// So many e-mail entries of a user are looked at, …
const MAX_EMAILS: usize = 64;
/// … and so many characters of each.
const MAX_EMAIL_CHARS: usize = 1024;

/// So many groups of a user are looked at.
const MAX_GROUPS: usize = 1024;

/// What the columns of a row are called. Not `loc`, because users of all locations count; nor `h323-email`, because
/// the name at the domain is tried in any case.
pub(super) const COLUMNS: [&str; 7] = ["guid", "h323", "cn", "dn", "emails", "config", "grps"];

impl Users {
    pub fn new(domain: &str) -> Self {
        Self { domain: domain.to_owned(), rows: BTreeMap::new(), changed: BTreeSet::new() }
    }

    /// Takes over a row, unless there are too many already: whether there is room. [U] Whether an update names all
    /// columns is not published: those that it leaves out stay.
    pub fn put(&mut self, columns: &Map<String, Value>) -> bool {
        let Some(guid) = guid(columns) else { return true };
        if self.rows.len() >= MAX_USERS && !self.rows.contains_key(guid) {
            return false;
        }
        let row = self.rows.entry(guid.to_owned()).or_default();
        let before = row.clone();
        let texts_of_row =
            [("h323", &mut row.h323), ("cn", &mut row.cn), ("dn", &mut row.dn), ("config", &mut row.config)];
        for (name, field) in texts_of_row {
            if let Some(value) = columns.get(name) {
                value.as_str().unwrap_or_default().clone_into(field);
                cut(field);
            }
        }
        if let Some(emails) = columns.get("emails") {
            row.emails = texts(emails, "email", MAX_EMAILS, MAX_EMAIL_CHARS);
        }
        if let Some(groups) = columns.get("grps") {
            row.groups = texts(groups, "name", MAX_GROUPS, MAX_CHARS);
        }
        if *row != before {
            self.changed.insert(guid.to_owned());
        }
        true
    }

    pub fn remove(&mut self, columns: &Map<String, Value>) {
        if let Some(guid) = guid(columns)
            && self.rows.remove(guid).is_some()
        {
            self.changed.insert(guid.to_owned());
        }
    }

    /// The name that `sip` of a message wants. Of a row without one nothing can be said to the PBX.
    pub fn sip(&self, guid: &str) -> Option<&str> {
        self.rows.get(guid).map(|row| row.h323.as_str()).filter(|sip| !sip.is_empty())
    }

    pub fn guids(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().filter(|(_, row)| !row.h323.is_empty()).map(|(guid, _)| guid.as_str())
    }

    /// Every user counts as changed.
    pub fn mark_all(&mut self) {
        self.changed.extend(self.rows.keys().cloned());
    }

    /// What has changed since the last call.
    pub fn take_changes(&mut self) -> Vec<UserChange> {
        let changed = std::mem::take(&mut self.changed);
        let change = |guid: String| match self.rows.get(&guid).filter(|row| !row.h323.is_empty()) {
            Some(row) => UserChange::Set(row.user(guid, &self.domain)),
            None => UserChange::Removed(guid),
        };
        changed.into_iter().map(change).collect()
    }
}

impl Row {
    fn user(&self, guid: String, domain: &str) -> User {
        let name = [&self.dn, &self.cn, &self.h323].into_iter().find(|name| !name.is_empty());
        User {
            guid,
            sip: self.h323.clone(),
            name: name.cloned().unwrap_or_default(),
            addresses: addresses(&self.h323, &self.emails, domain),
            groups: self.groups.clone(),
            template: self.config.clone(),
        }
    }
}

/// PostgreSQL does not take U+0000, and no GUID has it, nor is one as long as that.
fn guid(columns: &Map<String, Value>) -> Option<&str> {
    let guid = columns.get("guid").and_then(Value::as_str);
    guid.filter(|guid| !guid.is_empty() && guid.len() <= MAX_GUID_BYTES && !guid.contains('\0'))
}

/// `[{"email": "…"}, …]`, here with the field `email`; texts alone are understood as well.
fn texts(entries: &Value, field: &str, most: usize, chars: usize) -> Vec<String> {
    let entries = entries.as_array().map(Vec::as_slice).unwrap_or_default();
    let text = |entry: &Value| {
        let mut text = entry.get(field).unwrap_or(entry).as_str()?.to_owned();
        cut_to(&mut text, chars);
        Some(text)
    };
    entries.iter().filter_map(text).take(most).collect()
}

/// The user's name at the domain, whether or not the PBX calls that an e-mail address; then the e-mail addresses.
fn addresses(h323: &str, emails: &[String], domain: &str) -> Vec<String> {
    let entries = emails.iter().flat_map(|entry| email::addresses(entry));
    let mut addresses: Vec<String> = Vec::new();
    for name in std::iter::once(h323).chain(entries).filter(|name| !name.is_empty()) {
        let address = if name.contains('@') { name.to_owned() } else { format!("{name}@{domain}") };
        let is_known = addresses.iter().any(|known| known.eq_ignore_ascii_case(&address));
        // Without a domain a bare name leads nowhere.
        if !is_known && !address.ends_with('@') {
            addresses.push(address);
        }
    }
    addresses
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn columns(value: Value) -> Map<String, Value> {
        let Value::Object(columns) = value else { panic!("no object") };
        columns
    }

    fn user(guid: &str, sip: &str, name: &str, addresses: &[&str]) -> UserChange {
        UserChange::Set(User {
            guid: guid.to_owned(),
            sip: sip.to_owned(),
            name: name.to_owned(),
            addresses: addresses.iter().map(ToString::to_string).collect(),
            groups: Vec::new(),
            template: String::new(),
        })
    }

    #[test]
    fn the_name_at_the_domain_comes_first_and_entries_may_hold_several() {
        let mut users = Users::new("example.com");
        users.put(&columns(json!({
            "guid": "1", "h323": "anna", "dn": "Anna", "cn": "Anna A", "h323-email": false,
            "emails": [{"email": "a.a@example.org; ANNA@example.com;;support"}, {"email": "b@x.org"}, {}, 5],
        })));
        let expected = ["anna@example.com", "a.a@example.org", "support@example.com", "b@x.org"];
        assert_eq!(users.take_changes(), [user("1", "anna", "Anna", &expected)]);
        assert_eq!(users.take_changes(), []);
    }

    #[test]
    fn without_a_domain_only_whole_addresses_remain() {
        let emails = ["b".to_owned(), "c@x.org".to_owned()];
        assert_eq!(addresses("anna", &emails, ""), ["c@x.org"]);
    }

    #[test]
    fn an_update_may_name_some_columns_alone() {
        let mut users = Users::new("d");
        users.put(&columns(json!({"guid": "1", "h323": "anna", "cn": "Anna", "emails": [{"email": "x@y"}]})));
        users.take_changes();
        users.put(&columns(json!({"guid": "1", "cn": "Anna"})));
        assert_eq!(users.take_changes(), [], "nothing is other than before");
        users.put(&columns(json!({"guid": "1", "h323": "anne"})));
        assert_eq!(users.take_changes(), [user("1", "anne", "Anna", &["anne@d", "x@y"])]);
        users.put(&columns(json!({"guid": "1", "emails": null})));
        assert_eq!(users.take_changes(), [user("1", "anne", "Anna", &["anne@d"])]);
    }

    #[test]
    fn people_2_groups_and_template_are_read_and_their_changes_told() {
        let mut users = Users::new("d");
        let mut names = |row: Value| {
            users.put(&columns(row));
            users.take_changes().into_iter().next().map(|change| match change {
                UserChange::Set(user) => user.memberships().map(str::to_owned).collect::<Vec<_>>(),
                UserChange::Removed(_) => panic!("gone"),
            })
        };
        let row = json!({
            "guid": "1", "h323": "anna", "config": "Office",
            "grps": [{"name": "Sales", "mode": "active", "dyn": ""}, {"mode": "x"}, 7, {"name": "Büro"}],
        });
        assert_eq!(names(row).unwrap(), ["Sales", "Büro", "Office"]);
        assert_eq!(names(json!({"guid": "1", "config": "Office"})), None, "nothing is other than before");
        assert_eq!(names(json!({"guid": "1", "grps": []})).unwrap(), ["Office"]);
        assert_eq!(names(json!({"guid": "1", "config": ""})).unwrap(), [""; 0]);
        assert_eq!(names(json!({"guid": "1", "grps": null, "config": 5})), None);
    }

    #[test]
    fn rows_without_guid_or_name_are_no_users() {
        let mut users = Users::new("d");
        users.put(&columns(json!({"h323": "anna"})));
        users.put(&columns(json!({"guid": "2", "cn": "Anna"})));
        assert_eq!(users.take_changes(), [UserChange::Removed("2".to_owned())]);
        assert_eq!((users.sip("2"), users.guids().count()), (None, 0));
    }

    #[test]
    fn what_comes_and_goes_between_two_looks_is_one_change() {
        let mut users = Users::new("d");
        users.put(&columns(json!({"guid": "1", "h323": "anna"})));
        users.remove(&columns(json!({"guid": "1"})));
        users.remove(&columns(json!({"guid": "7"})));
        assert_eq!(users.take_changes(), [UserChange::Removed("1".to_owned())]);
    }

    #[test]
    fn hardening_15_names_are_cut_and_long_guids_are_none() {
        let mut users = Users::new("d");
        assert!(users.put(&columns(json!({"guid": "1", "h323": "anna", "cn": "ü".repeat(300)}))));
        assert!(users.put(&columns(json!({"guid": "x".repeat(256), "h323": "bert"}))));
        assert_eq!(users.take_changes(), [user("1", "anna", &"ü".repeat(255), &["anna@d"])]);
    }

    #[test]
    fn hardening_15_half_a_million_users_and_no_more() {
        let mut users = Users::new("d");
        let put = |users: &mut Users, number: usize| {
            users.put(&columns(json!({"guid": number.to_string(), "h323": "a"})))
        };
        assert!((0..MAX_USERS).all(|number| put(&mut users, number)));
        assert!(!put(&mut users, MAX_USERS));
        assert!(put(&mut users, 7), "who is known may change");
        users.remove(&columns(json!({"guid": "7"})));
        assert!(put(&mut users, MAX_USERS));
    }
}
