//! With which of the connected PBXs the engine works, and how.
//!
//! The one that the settings name gets the presences; of several connections of that name the first counts until it
//! has gone or been silent for a minute, so that nobody takes its place by bearing its name. Others that still show something of ours, because they were named before
//! or the synchronization is switched off, are cleared. To all the rest nothing is said.

use std::collections::HashSet;
use std::sync::Arc;

use tokio::sync::mpsc;
use tokio::time::Instant;
use tracing::{error, info};

use super::engine::Engine;
use crate::pbx::{Heard, Link, Peer, UserChange, is_named};

/// The PBXs that the engine works with.
pub(super) struct Pbxs {
    links: Vec<Managed>,
    /// The connection that gets the presences.
    main: Option<u64>,
    /// Of the link opened last.
    number: u64,
    /// Since when there is none that gets the presences, though there should be.
    missing_since: Option<Instant>,
    /// Whether several connections bear the name of the one that gets the presences.
    is_contested: bool,
    listener: mpsc::Sender<Heard>,
}

struct Managed {
    link: Link,
    /// Whether the link has been told to clear what is ours.
    is_released: bool,
}

impl Pbxs {
    pub fn new(listener: mpsc::Sender<Heard>) -> Self {
        Self { links: Vec::new(), main: None, number: 0, missing_since: None, is_contested: false, listener }
    }

    /// The one that gets the presences.
    pub fn main(&self) -> Option<&Link> {
        self.links.iter().map(|managed| &managed.link).find(|link| Some(link.id()) == self.main)
    }

    /// The same, to work with.
    pub fn main_mut(&mut self) -> Option<&mut Link> {
        let main = self.main?;
        self.link_mut(main)
    }

    pub fn link_mut(&mut self, id: u64) -> Option<&mut Link> {
        self.links_mut().find(|link| link.id() == id)
    }

    pub fn links_mut(&mut self) -> impl Iterator<Item = &mut Link> {
        self.links.iter_mut().map(|managed| &mut managed.link)
    }

    pub fn missing_since(&self) -> Option<Instant> {
        self.missing_since
    }

    /// Whether several connections bear the name of the one that gets the presences: time decides between them.
    pub fn is_contested(&self) -> bool {
        self.is_contested
    }

    /// Whether a presence that is set by hand wins at the one that gets the presences.
    pub fn follow(&mut self, manual_wins: bool) {
        let main = self.main;
        for link in self.links_mut() {
            link.follow(manual_wins && Some(link.id()) == main);
        }
    }

    /// Tells those that are to be cleared, once all their users are known.
    pub fn release(&mut self) {
        let main = self.main;
        let others = self.links.iter_mut().filter(|managed| Some(managed.link.id()) != main);
        for managed in others.filter(|managed| managed.link.is_loaded() && !managed.is_released) {
            managed.is_released = true;
            managed.link.writer().release_all();
        }
    }
}

impl Engine {
    /// Looks which PBXs are connected and what the settings say of them.
    pub(super) async fn arrange_pbxs(&mut self, now: Instant) {
        let peers = self.service.pbxs.all();
        self.pbxs.links.retain(|managed| peers.iter().any(|peer| peer.id == managed.link.id()));
        let (is_active, name) = (self.is_active(), &self.settings.pbx_name);
        let named: Vec<_> = peers.iter().filter(|peer| is_active && is_named(&peer.info, name)).collect();
        self.pbxs.is_contested = named.len() > 1;
        let current = self.pbxs.main;
        let in_turn = || named.iter().filter(|peer| Some(peer.id) == current).chain(&named).copied();
        let main = in_turn().find(|peer| !peer.is_silent(now)).or_else(|| in_turn().next()).cloned();
        if let Some(main) = &main {
            // Of another connection of the same PBX nothing is cleared.
            let is_other = |link: &Link| link.id() != main.id && is_named(&main.info, link.pbx());
            self.pbxs.links.retain(|managed| !is_other(&managed.link));
            named
                .iter()
                .filter(|peer| peer.id != main.id && peer.is_silent(now))
                .for_each(|peer| peer.close());
        }
        let id = main.as_ref().map(|peer| peer.id);
        if self.pbxs.main != id {
            self.pbxs.main = id;
            self.main_changed(main, now).await;
        }
        if id.is_some() || !self.is_active() {
            self.pbxs.missing_since = None;
        } else {
            self.pbxs.missing_since.get_or_insert(now);
        }
        for peer in peers {
            let is_open = self.pbxs.links.iter().any(|managed| managed.link.id() == peer.id);
            if !is_open && !self.is_of_main(&peer) {
                self.open_to_clear(peer, now).await;
            }
        }
        self.pbxs.follow(self.settings.manual_wins);
    }

    async fn main_changed(&mut self, main: Option<Arc<Peer>>, now: Instant) {
        let Some(peer) = main else { return };
        info!(pbx = ?peer.info.pbx, "working with this PBX");
        self.is_reading_users = true;
        if let Some(managed) = self.pbxs.links.iter_mut().find(|managed| managed.link.id() == peer.id) {
            // It was to be cleared: it knows its users already.
            managed.is_released = false;
            managed.link.tell_all_users();
        } else {
            let ours = self.ours(&peer).await;
            self.open(peer, ours, now);
        }
    }

    async fn open_to_clear(&mut self, peer: Arc<Peer>, now: Instant) {
        let ours = self.ours(&peer).await;
        if !ours.is_empty() {
            info!(pbx = ?peer.info.pbx, users = ours.len(), "clearing presences");
            self.open(peer, ours, now);
        }
    }

    fn open(&mut self, peer: Arc<Peer>, ours: HashSet<String>, now: Instant) {
        self.pbxs.number += 1;
        let link = Link::open(peer, self.pbxs.number, ours, self.pbxs.listener.clone(), now);
        self.pbxs.links.push(Managed { link, is_released: false });
    }

    fn is_of_main(&self, peer: &Peer) -> bool {
        self.pbxs.main().is_some_and(|link| is_named(&peer.info, link.pbx()))
    }

    /// The users for whom something of ours is or may be shown.
    async fn ours(&self, peer: &Peer) -> HashSet<String> {
        let store = self.service.configuration.store();
        match store.presences(&peer.info.pbx.to_lowercase()).await {
            Ok(guids) => guids.into_iter().collect(),
            Err(error) => {
                // Those whose presence is written from now on are entered again.
                error!("{error:#}");
                HashSet::new()
            }
        }
    }

    /// Takes over what has changed among the users.
    pub(super) fn take_user_changes(&mut self, now: Instant) {
        let main = self.pbxs.main;
        let mut changes = Vec::new();
        let mut is_loaded = false;
        for link in self.pbxs.links_mut() {
            let of_link = link.take_user_changes();
            if Some(link.id()) == main {
                changes = of_link;
                is_loaded = link.is_loaded();
            }
        }
        for change in changes {
            match change {
                UserChange::Set(user) => {
                    let guid = user.guid.clone();
                    self.wanted_changed |= self.people.set(user);
                    self.choose(&guid);
                    self.apply_choices(&guid);
                    self.write_presence(&guid, None);
                }
                UserChange::Removed(guid) => self.forget_user(&guid),
            }
        }
        if is_loaded && self.is_reading_users {
            self.users_read(now);
        }
    }

    /// All users are known: those of an earlier connection who did not come again are gone.
    fn users_read(&mut self, now: Instant) {
        self.is_reading_users = false;
        let is_gone = |guid: &String| self.pbxs.main().is_some_and(|link| !link.has_user(guid));
        let gone: Vec<String> = self.people.guids().into_iter().filter(is_gone).collect();
        for guid in &gone {
            self.forget_user(guid);
        }
        if !self.has_users {
            self.has_users = true;
            self.restart.request_at(now);
        }
        self.wanted_changed = true;
        self.note_present();
    }

    fn forget_user(&mut self, guid: &str) {
        self.schedule.set(guid, None);
        self.wanted_changed |= self.people.remove(guid);
    }
}
