//! Answers to the questions of managers.

use std::sync::Arc;

use super::choices::Who;
use super::engine::Engine;
use super::membership::GroupList;
use super::people::Person;
use super::request::{Explained, Known, Request, Snapshot, Survey};
use super::sources::Source;
use super::user_list::{AtPbx, UserPage};
use crate::pbx::Link;
use crate::source::MailboxState;

impl Engine {
    pub(super) fn answer(&mut self, request: Request) {
        // Whoever has asked may have gone.
        match request {
            Request::Users(query, reply) => {
                let writer = self.pbxs.main().map(Link::presences);
                let page = UserPage::new(&self.people, &query, |guid| AtPbx {
                    refusal: writer.and_then(|writer| writer.refusal(guid)),
                    is_held: writer.is_some_and(|writer| writer.is_held(guid)),
                });
                let _ = reply.send(page.with_days(&query, &self.rules, self.wall));
            }
            Request::Explain(guid, reply) => {
                let writer = self.pbxs.main().map(Link::presences);
                let _ = reply.send(self.people.get(&guid).map(|person| Explained {
                    settings: self.settings_of(&guid),
                    appointments: person.appointments.clone(),
                    state: person.mailbox().state,
                    error: person.mailbox().error.clone(),
                    is_held: writer.is_some_and(|writer| writer.is_held(&guid)),
                    now: self.wall,
                }));
            }
            Request::Snapshot(reply) => {
                let users = self.people.iter().filter_map(|person| {
                    let appointments = Arc::clone(person.appointments.as_ref()?);
                    let hides_titles = self.hides_titles(&person.user.guid);
                    Some(Known { user: person.user.clone(), appointments, hides_titles })
                });
                let _ = reply.send(Snapshot {
                    settings: self.settings.clone(),
                    users: users.collect(),
                    now: self.wall,
                });
            }
            Request::Mine(who, reply) => {
                let _ = reply.send(self.mine(&who));
            }
            Request::SetMine(guid, choices, reply) => {
                self.choose_own(&guid, choices);
                let _ = reply.send(self.mine(&Who { guid, ..Who::default() }));
            }
            Request::Groups(membership, reply) => {
                let _ = reply.send(GroupList::new(&self.people, membership.as_ref()));
            }
            Request::Survey(address, reply) => {
                let _ = reply.send(self.survey(address.as_deref()));
            }
            Request::Resync(guid, reply) => {
                let is_known = guid.as_deref().is_none_or(|guid| self.people.get(guid).is_some());
                let ask = |ok, source: &Source| source.resync(guid.clone()) || ok;
                let ok = is_known && self.sources.iter().fold(false, ask);
                let _ = reply.send(ok);
            }
        }
    }

    fn survey(&self, address: Option<&str>) -> Survey {
        let main = self.pbxs.main();
        let is_matched = |person: &&Person| person.mailbox().state == MailboxState::Matched;
        let matched = self.people.iter().filter(is_matched).find_map(|person| person.mailbox().name.clone());
        let is_included = |person: &&Person| person.mailbox().state != MailboxState::Excluded;
        let any = || {
            let mut included = self.people.iter().filter(is_included);
            included.find_map(|person| person.user.addresses.first().cloned())
        };
        let has = |person: &Person| {
            let own = person.user.addresses.iter().chain(&person.mailbox().name);
            own.into_iter().any(|own| address.is_some_and(|address| own.eq_ignore_ascii_case(address)))
        };
        Survey {
            pbx: main.map(|link| link.pbx().to_owned()),
            is_loaded: main.is_some_and(Link::is_loaded),
            users: self.people.len(),
            matched: self.people.counts().of(MailboxState::Matched),
            candidate: matched.or_else(any),
            is_user: self.people.iter().any(has),
        }
    }
}
