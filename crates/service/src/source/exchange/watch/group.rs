//! The subscriptions of one group. They all live at one server: the one to which the leader's cookie leads.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Notify, OnceCell};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::groups::Shared;
use super::stream;
use crate::source::exchange::ews::{Call, Ews};
use crate::source::exchange::jar::Jar;
use crate::source::exchange::servers::Place;
use crate::source::exchange::soap::{self, Nothing, Subscribed, Who};
use crate::source::exchange::state::Concern;
use crate::source::exchange::trouble::Trouble;

/// A group.
pub struct Group {
    pub(super) ews: Arc<Ews>,
    label: Label,
    pub(super) jar: Jar,
    pub(super) shared: Shared,
    members: Mutex<Members>,
    /// Whether the leader has subscribed, and so the cookie is there.
    started: OnceCell<()>,
    /// Mailboxes have come or gone.
    pub(super) changed: Notify,
    pub(super) stop: CancellationToken,
}

/// What the members of a group have in common, beside the address of their server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// What Autodiscover says.
    Grouping(String),
    /// The server that their cookies name.
    Server(Option<String>),
}

struct Members {
    /// By user.
    all: BTreeMap<String, Member>,
    /// Whose mailbox the stream is charged to.
    leader: Who,
}

struct Member {
    who: Who,
    subscription: Option<String>,
    /// Until when the server's limit is respected.
    not_before: Option<Instant>,
}

/// Subscribes one mailbox.
pub async fn subscribe(ews: &Ews, who: &Who, anchor: &str, jar: &Jar) -> Result<String, Trouble> {
    let body = soap::subscribe(who);
    let call = Call { operation: "Subscribe", body: &body, anchor, jar: Some(jar) };
    ews.one::<Subscribed>(call).await.map(|subscribed| subscribed.id)
}

impl Group {
    /// A group without members, with a task that keeps its stream open.
    pub(super) fn spawn(ews: Arc<Ews>, label: Label, jar: Jar, leader: Who, shared: Shared) -> Arc<Self> {
        let group = Arc::new(Self {
            ews,
            label,
            jar,
            shared,
            members: Mutex::new(Members { all: BTreeMap::new(), leader }),
            started: OnceCell::new(),
            changed: Notify::new(),
            stop: CancellationToken::new(),
        });
        group.shared.state.count_group(true);
        tokio::spawn(stream::run(Arc::clone(&group)));
        group
    }

    /// Whether it is at the server of this mailbox.
    pub(super) fn is_at(&self, place: &Place) -> bool {
        let same = match (&self.label, &place.grouping) {
            (Label::Grouping(label), Some(grouping)) => label == grouping,
            (Label::Server(_), None) => true,
            _ => false,
        };
        same && self.ews.url() == place.ews.url()
    }

    pub(super) fn is(&self, place: &Place, label: &Label) -> bool {
        self.label == *label && self.ews.url() == place.ews.url()
    }

    pub(super) fn len(&self) -> usize {
        self.lock().all.len()
    }

    pub(super) fn has(&self, guid: &str, who: &Who) -> bool {
        self.lock().all.get(guid).is_some_and(|member| member.who == *who)
    }

    pub(super) fn add(&self, guid: &str, who: Who) {
        let member = Member { who, subscription: None, not_before: None };
        self.lock().all.insert(guid.to_owned(), member);
    }

    /// Takes a subscription that was made beforehand.
    pub(super) fn take(&self, guid: &str, subscription: String) {
        if let Some(member) = self.lock().all.get_mut(guid) {
            member.subscription = Some(subscription);
            self.shared.log.metrics().subscriptions.inc();
        }
        self.changed.notify_one();
    }

    /// Lets the first member by address lead: its subscription brings the cookie that all others need.
    pub(super) async fn start(&self) -> Result<(), Trouble> {
        let begin = async {
            tokio::time::sleep(self.shared.timing.gather).await;
            let first = {
                let mut members = self.lock();
                let first = members.first();
                if let Some((_, who)) = &first {
                    members.leader = who.clone();
                }
                first
            };
            match first {
                Some((guid, _)) => self.subscribe(&guid).await,
                None => Ok(()),
            }
        };
        self.started.get_or_try_init(|| begin).await.copied()
    }

    /// Subscribes a member, unless it is.
    pub(super) async fn subscribe(&self, guid: &str) -> Result<(), Trouble> {
        let Some(who) = self.lacks_subscription(guid) else { return Ok(()) };
        let anchor = self.leader().address().to_owned();
        let subscribed = match subscribe(&self.ews, &who, &anchor, &self.jar).await {
            Err(trouble) if is_limit(&trouble) => {
                // Another leader may have room. If not, the mailbox is asked for a while.
                let other = self.next_leader();
                subscribe(&self.ews, &who, other.address(), &self.jar).await
            }
            subscribed => subscribed,
        };
        match subscribed {
            Ok(id) => {
                self.take(guid, id);
                Ok(())
            }
            Err(trouble) if is_limit(&trouble) => {
                self.respect_limit(guid);
                Ok(())
            }
            Err(trouble) => Err(trouble),
        }
    }

    /// Removes a member. Whether it was the last one.
    pub(super) fn remove(self: &Arc<Self>, guid: &str) -> bool {
        let (removed, is_empty) = {
            let mut members = self.lock();
            let removed = members.all.remove(guid);
            if let Some(member) = &removed
                && member.who == members.leader
                && let Some((_, first)) = members.first()
            {
                members.leader = first;
            }
            (removed, members.all.is_empty())
        };
        if let Some(Member { who, subscription: Some(id), .. }) = removed {
            self.shared.log.metrics().subscriptions.dec();
            let group = Arc::clone(self);
            tokio::spawn(async move { group.unsubscribe(&who, &id).await });
        }
        is_empty
    }

    /// The stream follows the members; without any it ends.
    pub(super) fn settle(&self) {
        if self.lock().all.is_empty() {
            self.stop();
        } else {
            self.changed.notify_one();
        }
    }

    /// Ends the stream.
    pub(super) fn stop(&self) {
        self.stop.cancel();
    }

    /// Ends the subscriptions.
    pub(super) async fn close(&self) {
        for (_, who, id) in self.subscriptions_with_mailboxes() {
            self.unsubscribe(&who, &id).await;
            self.shared.log.metrics().subscriptions.dec();
        }
    }

    /// Subscriptions by user.
    pub(super) fn subscriptions(&self) -> BTreeMap<String, String> {
        let all = self.subscriptions_with_mailboxes();
        all.into_iter().map(|(guid, _, id)| (id, guid)).collect()
    }

    /// Those of whom nothing is told.
    pub(super) fn unsubscribed(&self) -> Vec<String> {
        let members = self.lock();
        let unsubscribed = members.all.iter().filter(|(_, member)| member.subscription.is_none());
        unsubscribed.map(|(guid, _)| guid.clone()).collect()
    }

    /// All users of the group.
    pub(super) fn users(&self) -> Vec<String> {
        self.lock().all.keys().cloned().collect()
    }

    /// These subscriptions are no good any more. Whose they were.
    pub(super) fn lose(&self, ids: &[String]) -> Vec<String> {
        let mut members = self.lock();
        let mut users = Vec::new();
        for (guid, member) in &mut members.all {
            if member.subscription.as_ref().is_some_and(|id| ids.is_empty() || ids.contains(id)) {
                member.subscription = None;
                self.shared.log.metrics().subscriptions.dec();
                users.push(guid.clone());
            }
        }
        users
    }

    /// Whose mailbox leads.
    pub(super) fn leader(&self) -> Who {
        self.lock().leader.clone()
    }

    /// Lets the next member lead, by address.
    pub(super) fn next_leader(&self) -> Who {
        let mut members = self.lock();
        let mut addresses: Vec<&Who> = members.all.values().map(|member| &member.who).collect();
        addresses.sort_by(|a, b| a.address().cmp(b.address()));
        let next = addresses.iter().find(|who| who.address() > members.leader.address());
        if let Some(next) = next.or(addresses.first()).map(|who| (*who).clone()) {
            members.leader = next;
        }
        members.leader.clone()
    }

    fn lacks_subscription(&self, guid: &str) -> Option<Who> {
        let members = self.lock();
        let member = members.all.get(guid).filter(|member| member.subscription.is_none())?;
        let waits = member.not_before.is_some_and(|at| Instant::now() < at);
        (!waits).then(|| member.who.clone())
    }

    /// A limit of the server keeps this one from being told of. It is asked for until there is room.
    pub(super) fn respect_limit(&self, guid: &str) {
        if let Some(member) = self.lock().all.get_mut(guid) {
            member.not_before = Some(Instant::now() + self.shared.timing.limit_lasts);
        }
        self.shared.state.warn(Concern::Stream, Some(stream::limit()));
    }

    fn subscriptions_with_mailboxes(&self) -> Vec<(String, Who, String)> {
        let members = self.lock();
        let subscribed = members.all.iter().filter_map(|(guid, member)| {
            Some((guid.clone(), member.who.clone(), member.subscription.clone()?))
        });
        subscribed.collect()
    }

    async fn unsubscribe(&self, who: &Who, id: &str) {
        let body = soap::unsubscribe(who, id);
        let anchor = self.leader();
        let call =
            Call { operation: "Unsubscribe", body: &body, anchor: anchor.address(), jar: Some(&self.jar) };
        // It would expire by itself.
        let _ = self.ews.one::<Nothing>(call).await;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Members> {
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Members {
    /// The first one by address.
    fn first(&self) -> Option<(String, Who)> {
        let first = self.all.iter().min_by_key(|(_, member)| member.who.address());
        first.map(|(guid, member)| (guid.clone(), member.who.clone()))
    }
}

/// Whether the server allows no more of them.
pub(super) fn is_limit(trouble: &Trouble) -> bool {
    matches!(trouble.code(), Some("ErrorExceededSubscriptionCount" | "ErrorExceededConnectionCount"))
}
