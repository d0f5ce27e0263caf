//! Which mailboxes share a stream: those whose server is the same.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::{StreamExt, stream};
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_util::task::TaskTracker;

use super::group::{self, Group, Label};
use super::timing::Timing;
use crate::source::backend::Push;
use crate::source::exchange::jar::Jar;
use crate::source::exchange::log::Log;
use crate::source::exchange::servers::Place;
use crate::source::exchange::soap::Who;
use crate::source::exchange::state::State;
use crate::source::exchange::trouble::Trouble;

/// Subscriptions that could not be ended within this time expire by themselves.
const FAREWELL: Duration = Duration::from_millis(1500);
/// Groups take leave so many at once.
const FAREWELLS: usize = 24;

/// All groups.
pub struct Groups {
    limit: usize,
    shared: Shared,
    inner: Mutex<Inner>,
}

/// What all groups work with.
#[derive(Clone)]
pub(super) struct Shared {
    pub pushes: mpsc::Sender<Push>,
    pub log: Arc<Log>,
    pub state: Arc<State>,
    pub timing: Timing,
    /// What goes on when the source has ended.
    pub tasks: TaskTracker,
}

#[derive(Default)]
struct Inner {
    groups: Vec<Arc<Group>>,
    of: HashMap<String, Arc<Group>>,
}

impl Groups {
    /// Groups of so many mailboxes at most, which tell changes to `pushes`.
    pub fn new(
        limit: usize,
        pushes: mpsc::Sender<Push>,
        log: Arc<Log>,
        state: Arc<State>,
        timing: Timing,
        tasks: TaskTracker,
    ) -> Self {
        Self { limit, shared: Shared { pushes, log, state, timing, tasks }, inner: Mutex::default() }
    }

    /// Makes sure that changes of a mailbox are told from now on.
    pub async fn watch(&self, guid: &str, place: &Place, who: &Who) -> Result<(), Trouble> {
        if let Some(group) = self.group(guid) {
            if group.is_at(place) && group.has(guid, who) {
                return group.subscribe(guid).await;
            }
            self.forget(guid);
        }
        let Some(grouping) = &place.grouping else { return self.watch_by_cookie(guid, place, who).await };
        let group = self.join(guid, place, who, &Label::Grouping(grouping.clone()), Jar::default());
        let subscribed = match group.start().await {
            Ok(()) => group.subscribe(guid).await,
            Err(trouble) => Err(trouble),
        };
        subscribed.inspect_err(|_| self.forget(guid))
    }

    /// Whose servers are the same is seen by the cookies that subscriptions bring.
    async fn watch_by_cookie(&self, guid: &str, place: &Place, who: &Who) -> Result<(), Trouble> {
        let jar = Jar::default();
        let subscribed = group::subscribe(&place.ews, who, who.address(), &jar).await;
        let label = Label::Server(jar.server());
        match subscribed {
            Ok(id) => self.join(guid, place, who, &label, jar).take(guid, id),
            Err(trouble) if group::is_limit(&trouble) => {
                self.join(guid, place, who, &label, jar).respect_limit(guid);
            }
            Err(trouble) => return Err(trouble),
        }
        Ok(())
    }

    /// Nobody wants changes of this user's mailbox any more.
    pub fn forget(&self, guid: &str) {
        let group = {
            let mut inner = self.lock();
            let Some(group) = inner.of.remove(guid) else { return };
            if group.remove(guid) {
                inner.groups.retain(|other| !Arc::ptr_eq(other, &group));
            }
            group
        };
        group.settle();
    }

    fn group(&self, guid: &str) -> Option<Arc<Group>> {
        self.lock().of.get(guid).map(Arc::clone)
    }

    /// The group in which the mailbox is from now on.
    fn join(&self, guid: &str, place: &Place, who: &Who, label: &Label, jar: Jar) -> Arc<Group> {
        let mut inner = self.lock();
        let fitting = |group: &&Arc<Group>| group.is(place, label) && group.len() < self.limit;
        let spawn =
            || Group::spawn(Arc::clone(&place.ews), label.clone(), jar, who.clone(), self.shared.clone());
        let group = inner.groups.iter().find(fitting).map_or_else(spawn, Arc::clone);
        if !inner.groups.iter().any(|other| Arc::ptr_eq(other, &group)) {
            inner.groups.push(Arc::clone(&group));
        }
        group.add(guid, who.clone());
        inner.of.insert(guid.to_owned(), Arc::clone(&group));
        group
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Subscriptions are ended as far as there is time; those that stay expire.
impl Drop for Groups {
    fn drop(&mut self) {
        let groups = std::mem::take(&mut self.lock().groups);
        for group in &groups {
            group.stop();
        }
        let Ok(runtime) = Handle::try_current() else { return };
        let farewell = async move {
            let leaving = stream::iter(groups).for_each_concurrent(FAREWELLS, |group| async move {
                group.close().await;
            });
            // A server that does not answer keeps nobody from ending.
            let _ = timeout(FAREWELL, leaving).await;
        };
        self.shared.tasks.spawn_on(farewell, &runtime);
    }
}
