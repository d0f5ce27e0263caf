//! The users and their presences.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::presence::Presence;
use crate::user::User;

/// Identifies a user.
pub(crate) type Guid = Arc<str>;

/// Why a name leads to no user.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Lookup {
    /// It did so once: the service could not know better.
    Former,
    /// It never did.
    Unknown,
}

#[derive(Default)]
pub(crate) struct Directory {
    /// In the order in which the table is read.
    users: BTreeMap<Guid, Arc<User>>,
    by_name: HashMap<String, Guid>,
    /// GUIDs and names of users who were deleted or renamed.
    former: HashSet<String>,
    presences: HashMap<Guid, Vec<Presence>>,
}

impl Directory {
    /// False if the GUID or the name is taken.
    pub(crate) fn add(&mut self, user: Arc<User>) -> bool {
        if self.users.contains_key(user.guid.as_str()) || self.by_name.contains_key(&user.h323) {
            return false;
        }
        let guid: Guid = user.guid.as_str().into();
        self.by_name.insert(user.h323.clone(), guid.clone());
        self.users.insert(guid, user);
        true
    }

    /// The user before and after; `None` if there is none or the new name is taken. The GUID stays.
    pub(crate) fn change(
        &mut self,
        name: &str,
        change: impl FnOnce(&mut User),
    ) -> Option<(Arc<User>, Arc<User>)> {
        let guid = self.find(name)?;
        let before = self.users.get(&guid)?.clone();
        let mut after = User::clone(&before);
        change(&mut after);
        after.guid.clone_from(&before.guid);
        if after.h323 != before.h323 {
            if self.by_name.contains_key(&after.h323) {
                return None;
            }
            self.by_name.remove(&before.h323);
            self.former.insert(before.h323.clone());
            self.by_name.insert(after.h323.clone(), guid.clone());
        }
        let after = Arc::new(after);
        self.users.insert(guid, after.clone());
        Some((before, after))
    }

    pub(crate) fn delete(&mut self, name: &str) -> Option<Arc<User>> {
        let guid = self.find(name)?;
        let user = self.users.remove(&guid)?;
        self.by_name.remove(&user.h323);
        self.presences.remove(&guid);
        self.former.extend([user.guid.clone(), user.h323.clone()]);
        Some(user)
    }

    /// By name or GUID.
    pub(crate) fn find(&self, name: &str) -> Option<Guid> {
        self.by_name
            .get(name)
            .cloned()
            .or_else(|| self.users.get_key_value(name).map(|(guid, _)| guid.clone()))
    }

    pub(crate) fn user(&self, guid: &str) -> Option<&Arc<User>> {
        self.users.get(guid)
    }

    pub(crate) fn len(&self) -> usize {
        self.users.len()
    }

    /// The row of the table that follows `last`.
    pub(crate) fn next_after(&self, last: Option<&Guid>) -> Option<(&Guid, &Arc<User>)> {
        use std::ops::Bound::{Excluded, Unbounded};
        let from = last.map_or(Unbounded, |last| Excluded(last.clone()));
        self.users.range((from, Unbounded)).next()
    }

    /// By the `sip` of a message, which may carry the domain.
    pub(crate) fn by_sip(&self, sip: &str, domain: &str) -> Result<Guid, Lookup> {
        let name = sip.strip_suffix(domain).and_then(|name| name.strip_suffix('@')).unwrap_or(sip);
        self.by_name.get(name).cloned().ok_or_else(|| self.missing(name))
    }

    pub(crate) fn by_guid(&self, guid: &str) -> Result<Guid, Lookup> {
        self.users.get_key_value(guid).map(|(guid, _)| guid.clone()).ok_or_else(|| self.missing(guid))
    }

    pub(crate) fn by_number(&self, number: &str) -> Option<Guid> {
        self.users.iter().find(|(_, user)| user.e164 == number).map(|(guid, _)| guid.clone())
    }

    fn missing(&self, name: &str) -> Lookup {
        if self.former.contains(name) { Lookup::Former } else { Lookup::Unknown }
    }

    pub(crate) fn presences(&self, guid: &str) -> &[Presence] {
        self.presences.get(guid).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn presences_mut(&mut self, guid: &Guid) -> &mut Vec<Presence> {
        self.presences.entry(guid.clone()).or_default()
    }

    pub(crate) fn forget_presences(&mut self) {
        self.presences.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directory() -> Directory {
        let mut directory = Directory::default();
        for number in 1..=3 {
            assert!(directory.add(User::numbered(number).into()));
        }
        directory
    }

    #[test]
    fn names_and_guids_are_unique() {
        let mut directory = directory();
        assert!(!directory.add(User::new("new", "user1").into()));
        assert!(!directory.add(User::new(&User::numbered(1).guid, "new").into()));
        assert!(directory.change("user1", |user| user.h323 = "user2".into()).is_none());
        assert_eq!(directory.len(), 3);
    }

    #[test]
    fn a_sip_may_carry_the_domain() {
        let directory = directory();
        let guid: Guid = User::numbered(1).guid.as_str().into();
        assert_eq!(directory.by_sip("user1", "example.com"), Ok(guid.clone()));
        assert_eq!(directory.by_sip("user1@example.com", "example.com"), Ok(guid));
        assert_eq!(directory.by_sip("user1@elsewhere.org", "example.com"), Err(Lookup::Unknown));
    }

    #[test]
    fn former_names_are_told_from_invented_ones() {
        let mut directory = directory();
        directory.change("user1", |user| user.h323 = "new".into()).unwrap();
        directory.delete("user2").unwrap();
        assert_eq!(directory.by_sip("user1", "d"), Err(Lookup::Former));
        assert_eq!(directory.by_sip("user2", "d"), Err(Lookup::Former));
        assert_eq!(directory.by_guid(&User::numbered(2).guid), Err(Lookup::Former));
        assert_eq!(directory.by_sip("nobody", "d"), Err(Lookup::Unknown));
    }

    #[test]
    fn rows_follow_each_other_while_the_table_changes() {
        let mut directory = directory();
        let first = directory.next_after(None).unwrap().0.clone();
        directory.delete("user2").unwrap();
        let (third, user) = directory.next_after(Some(&first)).unwrap();
        assert_eq!(user.h323, "user3");
        assert!(directory.next_after(Some(third)).is_none());
    }
}
