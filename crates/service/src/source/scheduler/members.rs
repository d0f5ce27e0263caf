//! Who is asked at all: users come with what was stored of them, change, and go.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use tracing::{info, warn};

use super::super::{MailboxState, SourceEvent, Wanted};
use super::calendars::{Calendars, Stored};
use super::entry::{Again, Entry, Place, warning};
use super::job::{Asked, Context, Tracked, appointments};
use super::{Closed, Scheduler, now};

/// Users whose stored calendars are read in one go.
const LOADED_AT_ONCE: usize = 100;

/// What was stored of some users: GUID, number of the entry, calendar.
pub(super) type Loaded = Vec<(String, u64, Option<Stored>)>;

impl Scheduler {
    /// Brings the users in step with those who are wanted.
    pub(super) async fn want(&mut self, users: &[Wanted]) -> Result<(), Closed> {
        let guids: HashSet<&str> = users.iter().map(|user| user.guid.as_str()).collect();
        let gone: Vec<String> =
            self.entries.keys().filter(|guid| !guids.contains(guid.as_str())).cloned().collect();
        for guid in &gone {
            self.forget(guid);
        }
        if !gone.is_empty() {
            self.remove(gone).await;
        }
        let mut new = Vec::new();
        for Wanted { guid, addresses, search, at_once } in users {
            match self.entries.get_mut(guid) {
                Some(entry) if entry.addresses == *addresses => {
                    entry.search = *search;
                    let is_new = *at_once && !entry.at_once;
                    entry.at_once = *at_once;
                    if *search && matches!(entry.place, Place::Idle) {
                        entry.place = Place::Ready;
                        self.ready.push_back(guid.clone());
                    } else if is_new && entry.tracked.is_none() {
                        entry.ask_again(Again::Search);
                        self.hurry(guid);
                    }
                }
                Some(entry) => {
                    entry.addresses.clone_from(addresses);
                    entry.search = *search;
                    entry.ask_again(Again::Search);
                    self.hurry(guid);
                }
                None => new.push((guid.clone(), Entry::new(addresses.clone(), *search))),
            }
        }
        self.add(new).await
    }

    async fn add(&mut self, users: Vec<(String, Entry)>) -> Result<(), Closed> {
        let mut added = Vec::with_capacity(users.len());
        for (guid, mut entry) in users {
            self.next += 1;
            entry.number = self.next;
            self.tell(entry.event(&guid)).await?;
            added.push((guid.clone(), self.next));
            self.entries.insert(guid, entry);
        }
        for chunk in added.chunks(LOADED_AT_ONCE) {
            self.loads.spawn(load(Arc::clone(&self.context), chunk.to_vec()));
        }
        Ok(())
    }

    fn forget(&mut self, guid: &str) {
        let Some(entry) = self.entries.remove(guid) else { return };
        if entry.state == MailboxState::Matched {
            self.matched -= 1;
        }
        if let Place::Queued(key) | Place::Subscribed(key) = &entry.place {
            self.queue.try_remove(key);
        }
        self.cursors.remove(guid);
        self.context.backend.forget(guid);
    }

    /// Takes over what was stored of users, and begins to ask.
    pub(super) async fn load(&mut self, loaded: Loaded) -> Result<(), Closed> {
        let now = now();
        // After a restart everybody is due. A millisecond for each spreads them over some seconds.
        let spread = u64::try_from(self.entries.len()).unwrap_or(u64::MAX);
        for (guid, number, stored) in loaded {
            let Some(entry) = self.entries.get_mut(&guid).filter(|entry| entry.number == number) else {
                continue;
            };
            let same = stored.filter(|stored| stored.addresses == entry.addresses && entry.again.is_none());
            if same.is_none() && !entry.search {
                entry.place = Place::Idle;
                continue;
            }
            let wait = Duration::from_millis(rand::random_range(0..=spread));
            entry.place = Place::Queued(self.queue.insert(guid.clone(), wait));
            let Some(stored) = same else { continue };
            let lacks = self.context.backend.wants_categories() && !stored.has_categories;
            let Stored { cursor, renew_at, revisit_at, mailbox, mut calendar, replies, .. } = stored;
            let replies = Some(replies).filter(|_| self.context.backend.wants_replies());
            calendar.records.retain(|record| !record.is_past(now));
            let appointments = appointments(&calendar);
            let cursor = Some(cursor).filter(|_| !lacks);
            let asked = Asked { replies, again_at: 0 };
            let tracked = Tracked { mailbox, cursor, renew_at, revisit_at, watched: false, replies: asked };
            entry.error = warning(&tracked);
            entry.tracked = Some(tracked);
            self.set_state(&guid, MailboxState::Matched).await?;
            self.tell_replies(&guid, replies).await?;
            self.tell(SourceEvent::Appointments { guid, appointments }).await?;
        }
        Ok(())
    }

    pub(super) fn resync(&mut self, guid: Option<String>) {
        self.start_over = true;
        let guids = match guid {
            Some(guid) => vec![guid],
            None => self.entries.keys().cloned().collect(),
        };
        info!(users = guids.len(), "reading afresh, as asked for");
        for guid in guids {
            if let Some(entry) = self.entries.get_mut(&guid) {
                let again = if entry.state == MailboxState::Matched { Again::Read } else { Again::Search };
                entry.ask_again(again);
                self.hurry(&guid);
            }
        }
    }
}

/// Reads what is stored of some users.
async fn load(context: Arc<Context>, users: Vec<(String, u64)>) -> Loaded {
    let mut loaded = Vec::with_capacity(users.len());
    for (guid, number) in users {
        let stored = read(&context.calendars, &guid).await;
        loaded.push((guid, number, stored));
    }
    loaded
}

async fn read(calendars: &Calendars, guid: &str) -> Option<Stored> {
    calendars.read(guid).await.unwrap_or_else(|error| {
        warn!("{error:#}");
        None
    })
}
