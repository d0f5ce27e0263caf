//! The settings of the running service: reads and writes them and tells everybody who depends on them.

use std::sync::Arc;

use anyhow::Result;
use calendar::settings::{Code, Item, Problem, Settings, sort_problems};
use serde_json::{Map, Value as Json};
use tokio::sync::watch;

use crate::store::{Store, Stored, Written};
use crate::zones::System;

/// All items together, as JSON. A message that carries them must stay below the 65 535 bytes of an
/// `AppWebsocket` message; the rest is for its envelope.
const MAX_ITEMS_BYTES: usize = 64_000;

/// The settings, with the item that the service fills itself.
pub struct Configuration {
    store: Store,
    redirect_uri: String,
    current: watch::Sender<Arc<Stored>>,
}

impl Configuration {
    /// Reads the stored settings. `redirect_uri` is the value of that item.
    pub async fn open(store: Store, redirect_uri: String) -> Result<Self> {
        let mut stored = store.read().await?;
        stored.settings.redirect_uri.clone_from(&redirect_uri);
        Ok(Self { store, redirect_uri, current: watch::Sender::new(Arc::new(stored)) })
    }

    /// The database behind it.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The settings as this process knows them. Receivers see every change; of changes in quick succession
    /// perhaps only the last. What depends on the settings (the synchronization will) waits here.
    pub fn watch(&self) -> watch::Receiver<Arc<Stored>> {
        self.current.subscribe()
    }

    /// The settings as the database has them, where another process may have changed them.
    pub async fn read(&self) -> Result<Arc<Stored>> {
        let stored = self.store.read().await?;
        Ok(self.publish(stored))
    }

    /// Writes some items, all or nothing. `found` is what is wrong with them already.
    pub async fn write(
        &self,
        revision: Option<i64>,
        items: &Map<String, Json>,
        found: Vec<Problem>,
    ) -> Result<Written> {
        let mut written = self.store.write(revision, |settings| apply(settings, items, found)).await?;
        if let Written::Done(stored) = &mut written {
            *stored = self.publish(Stored::clone(stored));
        }
        Ok(written)
    }

    /// Never goes back: of two writes the later one may get here first.
    fn publish(&self, mut stored: Stored) -> Arc<Stored> {
        stored.settings.redirect_uri.clone_from(&self.redirect_uri);
        let stored = Arc::new(stored);
        self.current.send_if_modified(|current| {
            let newer = stored.revision > current.revision;
            if newer {
                *current = Arc::clone(&stored);
            }
            newer
        });
        stored
    }
}

fn apply(
    mut settings: Settings,
    items: &Map<String, Json>,
    mut problems: Vec<Problem>,
) -> Result<Settings, Vec<Problem>> {
    if let Err(more) = settings.apply(items, &System) {
        problems.extend(more);
    }
    problems.extend(too_long(&settings, items));
    if problems.is_empty() {
        return Ok(settings);
    }
    sort_problems(&mut problems);
    Err(problems)
}

/// The longest written item, if everything together would no longer fit into one message.
fn too_long(settings: &Settings, items: &Map<String, Json>) -> Option<Problem> {
    let length = |item: Item| settings.item_to_json(item).to_string().len();
    if Json::from(settings.to_items()).to_string().len() <= MAX_ITEMS_BYTES {
        return None;
    }
    let written = Item::ALL.iter().copied().filter(|item| items.contains_key(item.name()));
    written.max_by_key(|&item| length(item)).map(|item| Problem::of(item, Code::Range))
}
