//! Who is asked at all: users come with what was stored of them, change, and go.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use tracing::{info, warn};

use super::calendars::{Calendar, Calendars};
use super::entry::{Again, Entry, Place};
use super::job::{Context, Tracked};
use super::scheduler::{Closed, Scheduler, now};
use super::{Advice, MailboxState, SourceEvent, Wanted};

/// Users whose stored calendars are read in one go.
const LOADED_AT_ONCE: usize = 100;

/// What was stored of some users: GUID, number of the entry, calendar.
pub(super) type Loaded = Vec<(String, u64, Option<Calendar>)>;

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
        for Wanted { guid, addresses } in users {
            match self.entries.get_mut(guid) {
                Some(entry) if entry.addresses == *addresses => {}
                Some(entry) => {
                    entry.addresses.clone_from(addresses);
                    entry.ask_again(Again::Search);
                    self.hurry(guid);
                }
                None => new.push((guid.clone(), addresses.clone())),
            }
        }
        self.add(new).await
    }

    async fn add(&mut self, users: Vec<(String, Vec<String>)>) -> Result<(), Closed> {
        let mut added = Vec::with_capacity(users.len());
        for (guid, addresses) in users {
            self.next += 1;
            let entry = Entry::new(addresses, self.next);
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
        if let Place::Queued(key) = &entry.place {
            self.queue.try_remove(key);
        }
        self.links.remove(guid);
    }

    /// Takes over what was stored of users, and begins to ask.
    pub(super) async fn load(&mut self, loaded: Loaded) -> Result<(), Closed> {
        let now = now();
        // After a restart everybody is due. A millisecond for each spreads them over some seconds.
        let spread = u64::try_from(self.entries.len()).unwrap_or(u64::MAX);
        for (guid, number, calendar) in loaded {
            let Some(entry) = self.entries.get_mut(&guid).filter(|entry| entry.number == number) else {
                continue;
            };
            let same = calendar
                .filter(|calendar| calendar.contents.addresses == entry.addresses && entry.again.is_none());
            let wait = Duration::from_millis(rand::random_range(0..=spread));
            entry.place = Place::Queued(self.queue.insert(guid.clone(), wait));
            let Some(Calendar { link, renew_at, contents }) = same else { continue };
            let zone = contents.zone.as_deref().unwrap_or_default();
            let current = contents.records.iter().filter(|record| !record.is_past(now));
            let appointments = current.map(|record| record.appointment(zone)).collect();
            let warning = contents.warning.clone();
            entry.error = warning.clone().map(|text| Advice::new("severalMailboxes", text));
            entry.tracked = Some(Tracked {
                user: contents.user,
                name: contents.name,
                warning,
                link: Some(link),
                renew_at,
            });
            self.set_state(&guid, MailboxState::Matched).await?;
            self.tell(SourceEvent::Appointments { guid, appointments }).await?;
        }
        Ok(())
    }

    pub(super) fn resync(&mut self, guid: Option<String>) {
        self.context.directory.forget();
        self.context.mailbox_settings.forget();
        self.new_token = true;
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
        let calendar = read(&context.calendars, &guid, &context.source).await;
        loaded.push((guid, number, calendar));
    }
    loaded
}

async fn read(calendars: &Calendars, guid: &str, source: &str) -> Option<Calendar> {
    calendars.read(guid, source).await.unwrap_or_else(|error| {
        warn!("{error:#}");
        None
    })
}
