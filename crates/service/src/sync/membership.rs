//! Whom the settings leave out, and the groups by which they can.

use std::collections::BTreeMap;

use calendar::{Folded, Membership};
use serde::Serialize;

use super::engine::Engine;
use super::people::{People, is_without_calendar};
use crate::zones::System;

/// Bytes of all groups in an answer, so that it stays below what an `AppWebsocket` carries.
const MAX_BYTES: usize = 60_000;

impl Engine {
    /// Looks whether the settings choose a user.
    pub(super) fn choose(&mut self, guid: &str) {
        match self.people.choose(guid, &self.membership, self.wall) {
            Some(true) => {
                self.wanted_changed = true;
                self.show(guid);
            }
            Some(false) => {
                self.wanted_changed = true;
                self.has_no_calendar(guid);
            }
            // A PBX that was away has not been told to clear what is ours.
            None if self
                .people
                .get(guid)
                .is_some_and(|person| is_without_calendar(person.mailbox().state)) =>
            {
                self.has_no_calendar(guid);
            }
            None => {}
        }
    }

    /// The same for everybody.
    pub(super) fn choose_all(&mut self) {
        for guid in self.people.guids() {
            self.choose(&guid);
        }
    }
}

/// Body of `GetGroupsResult`: the groups and templates that the users of the PBX have, by name.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct GroupList {
    groups: Vec<Group>,
    /// How many groups do not fit into the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<usize>,
    /// How many users there are, and how many of them lists that were given choose.
    #[serde(flatten)]
    chosen: Option<Chosen>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Group {
    name: String,
    kind: Kind,
    users: u32,
}

/// Where a name comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
enum Kind {
    Group,
    Template,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Chosen {
    users: usize,
    left: usize,
}

impl GroupList {
    pub(super) fn new(people: &People, membership: Option<&Membership>) -> Self {
        let mut found: BTreeMap<(Folded, Kind), Group> = BTreeMap::new();
        for user in people.iter().map(|person| &person.user) {
            let groups = user.groups.iter().map(|name| (name, Kind::Group));
            for (name, kind) in groups.chain([(&user.template, Kind::Template)]) {
                let folded = Folded::new(name, &System);
                if !folded.is_empty() {
                    let new = || Group { name: name.clone(), kind, users: 0 };
                    found.entry((folded, kind)).or_insert_with(new).users += 1;
                }
            }
        }
        let all = found.len();
        let mut bytes = 0;
        let fits = |group: &Group| {
            bytes += serde_json::to_string(group).map_or(0, |text| text.len() + 1);
            bytes <= MAX_BYTES
        };
        let groups: Vec<Group> = found.into_values().take_while(fits).collect();
        let more = Some(all - groups.len()).filter(|more| *more > 0);
        let chosen = membership.map(|membership| {
            let is_in = |user: &crate::pbx::User| membership.includes(user.memberships(), &System);
            let left = people.iter().filter(|person| is_in(&person.user)).count();
            Chosen { users: people.len(), left }
        });
        Self { groups, more, chosen }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::pbx::User;

    fn people(users: &[(&[&str], &str)]) -> People {
        let mut people = People::default();
        for (number, (groups, template)) in users.iter().enumerate() {
            people.set(User {
                guid: number.to_string(),
                sip: number.to_string(),
                name: number.to_string(),
                addresses: Vec::new(),
                groups: groups.iter().map(ToString::to_string).collect(),
                template: (*template).to_owned(),
            });
        }
        people
    }

    fn told(people: &People, membership: Option<&Membership>) -> Value {
        serde_json::to_value(GroupList::new(people, membership)).unwrap()
    }

    #[test]
    fn people_2_groups_and_templates_are_counted_by_name() {
        let people = people(&[(&["Sales", "office"], "Staff"), (&["sales"], "office"), (&[], "")]);
        let groups = json!([
            {"name": "office", "kind": "group", "users": 1}, {"name": "office", "kind": "template", "users": 1},
            {"name": "Sales", "kind": "group", "users": 2}, {"name": "Staff", "kind": "template", "users": 1},
        ]);
        assert_eq!(told(&people, None), json!({"groups": groups}));
        let chosen = Membership::of("sales, office", "staff", &System);
        assert_eq!(told(&people, Some(&chosen)), json!({"groups": groups, "users": 3, "left": 1}));
        assert_eq!(told(&People::default(), None), json!({"groups": []}));
    }

    #[test]
    fn people_2_groups_that_do_not_fit_are_counted() {
        let names: Vec<String> = (0..1000).map(|number| format!("{number:0>200}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let list = told(&people(&[(&names, "")]), None);
        let groups = list["groups"].as_array().unwrap().len();
        assert!(list.to_string().len() < 61_000 && groups > 200);
        assert_eq!(list["more"], json!(1000 - groups));
    }
}
