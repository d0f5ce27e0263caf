//! Answers to the questions of managers.

use std::sync::Arc;

use super::engine::Engine;
use super::request::{Explained, Request, Snapshot};
use super::sources::Source;
use super::user_list::UserList;
use crate::pbx::Link;

impl Engine {
    pub(super) fn answer(&mut self, request: Request) {
        // Whoever has asked may have gone.
        match request {
            Request::Users(query, reply) => {
                let writer = self.pbxs.main().map(Link::presences);
                let refusal = |guid: &str| writer.and_then(|writer| writer.refusal(guid));
                let _ = reply.send(UserList::new(&self.people, &query, refusal));
            }
            Request::Explain(guid, reply) => {
                let _ = reply.send(self.people.get(&guid).map(|person| Explained {
                    settings: self.settings.clone(),
                    appointments: person.appointments.clone().unwrap_or_default(),
                    now: self.wall,
                }));
            }
            Request::Snapshot(reply) => {
                let users = self.people.iter().filter_map(|person| {
                    let appointments = Arc::clone(person.appointments.as_ref()?);
                    Some((person.user.guid.clone(), person.user.name.clone(), appointments))
                });
                let _ = reply.send(Snapshot {
                    settings: self.settings.clone(),
                    users: users.collect(),
                    now: self.wall,
                });
            }
            Request::Resync(guid, reply) => {
                let is_known = guid.as_deref().is_none_or(|guid| self.people.get(guid).is_some());
                let ask = |ok, source: &Source| source.resync(guid.clone()) || ok;
                let ok = is_known && self.sources.iter().fold(false, ask);
                let _ = reply.send(ok);
            }
        }
    }
}
