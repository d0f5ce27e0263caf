//! What the results of jobs mean for users and for the source as a whole.

use std::time::Duration;

use calendar::appointment::Appointment;
use tokio::time::Instant;
use tracing::{info, warn};

use super::entry::{Again, Entry, Place};
use super::job::{Done, Tracked};
use super::pseudonym::pseudonym;
use super::scheduler::{Closed, Finished, Scheduler, now};
use super::search::Missing;
use super::{Advice, MailboxState, SourceEvent};
use crate::graph::{Error, permission_missing};

/// A mailbox that was there is believed to be gone only after so many answers that say so.
const GONE_AFTER: u32 = 3;
/// A mailbox counts as failed after so many failures; until then what is known of it is fresh enough.
const FAILED_AFTER: u32 = 3;
/// At most so often a new token is asked for, because permissions may have been granted.
const NEW_TOKEN_EVERY: Duration = Duration::from_mins(1);

impl Scheduler {
    /// Takes a result in.
    pub(super) async fn finish(
        &mut self,
        Finished { guid, number, under_way, result }: Finished,
    ) -> Result<(), Closed> {
        let now = Instant::now();
        let (word, wait) = match &result {
            Ok(_) => ("ok", None),
            Err(Error::Throttled(wait)) => ("throttled", Some(wait.unwrap_or_else(|| self.wait(1)))),
            Err(_) => ("failed", None),
        };
        self.rounds.with_label_values(&[word]).inc();
        match (&result, wait) {
            (Ok(_), _) => self.pace.answered(),
            (_, Some(wait)) => self.pace.refused(under_way, wait, now),
            (Err(_), None) => self.pace.failed(),
        }
        let is_current = self.entries.get(&guid).is_some_and(|entry| entry.number == number);
        if !is_current {
            // It may have been stored once more after it was removed.
            if !self.entries.contains_key(&guid) {
                self.remove(vec![guid]).await;
            }
            return Ok(());
        }
        match result {
            Ok(done) => {
                let asked = self.entries.get_mut(&guid).and_then(|entry| entry.asked.take());
                match done {
                    Done::Read { tracked, appointments } => self.read(guid, tracked, appointments).await,
                    Done::Missing(missing) => self.missing(guid, missing, asked == Some(Again::Search)).await,
                }
            }
            Err(error) => self.failed(guid, error).await,
        }
    }

    async fn read(
        &mut self,
        guid: String,
        tracked: Tracked,
        appointments: Option<Vec<Appointment>>,
    ) -> Result<(), Closed> {
        let was_forbidden = self.health.is(permission_missing().code);
        self.healthy().await?;
        match (&appointments, &tracked.link) {
            // Stored with the appointments.
            (Some(_), _) | (None, None) => self.links.remove(&guid),
            (None, Some(link)) => self.links.insert(guid.clone(), link.clone()),
        };
        let Some(entry) = self.entries.get_mut(&guid) else { return Ok(()) };
        let before = entry.state;
        entry.read(tracked, now());
        let event = entry.event(&guid);
        if before != MailboxState::Matched {
            self.matched += 1;
        }
        self.tell(event).await?;
        if let Some(appointments) = appointments {
            self.tell(SourceEvent::Appointments { guid: guid.clone(), appointments }).await?;
        }
        let jitter = rand::random_range(0.9..=1.1);
        self.queue(&guid, self.timing.poll.mul_f64(jitter));
        if self.matched == 1 && before != MailboxState::Matched {
            self.others_are_out_of_scope(was_forbidden).await?;
        }
        Ok(())
    }

    /// One mailbox answers, so those that were forbidden before it are forbidden by themselves.
    async fn others_are_out_of_scope(&mut self, was_forbidden: bool) -> Result<(), Closed> {
        let code = permission_missing().code;
        let is_forbidden = |entry: &Entry| {
            entry.state == MailboxState::NotInScope
                || entry.error.as_ref().is_some_and(|error| error.code == code)
        };
        let forbidden: Vec<String> = self
            .entries
            .iter()
            .filter(|(_, entry)| is_forbidden(entry))
            .map(|(guid, _)| guid.clone())
            .collect();
        for guid in forbidden {
            if let Some(entry) = self.entries.get_mut(&guid) {
                entry.error = Some(Missing::Forbidden.state(&entry.addresses).1);
                self.set_state(&guid, MailboxState::NotInScope).await?;
            }
            if was_forbidden {
                self.hurry(&guid);
            }
        }
        Ok(())
    }

    /// There is no mailbox. `is_sure` where the addresses are new, so that it was another one that was there.
    async fn missing(&mut self, guid: String, missing: Missing, is_sure: bool) -> Result<(), Closed> {
        let only = self.matched == 0 || (self.matched == 1 && self.is_matched(&guid));
        let Some(entry) = self.entries.get_mut(&guid) else { return Ok(()) };
        entry.failures = entry.failures.saturating_add(1);
        let failures = entry.failures;
        let was_there = entry.tracked.is_some();
        let (state, advice) = missing.state(&entry.addresses);
        if missing == Missing::Forbidden && only {
            return self.forbidden(guid).await;
        }
        if !matches!(missing, Missing::Forbidden | Missing::NoAddress) {
            // Who says that there is no mailbox here lets us ask.
            self.healthy().await?;
        }
        if was_there && !is_sure && failures < GONE_AFTER {
            self.queue(&guid, self.wait(failures));
            return Ok(());
        }
        if let Some(entry) = self.entries.get_mut(&guid) {
            entry.error = Some(advice);
            if entry.tracked.take().is_some() {
                warn!(user = pseudonym(&guid), ?missing, "the mailbox is no longer there");
            }
        }
        self.links.remove(&guid);
        self.set_state(&guid, state).await?;
        if was_there {
            self.remove(vec![guid.clone()]).await;
            self.tell(SourceEvent::Appointments { guid: guid.clone(), appointments: Vec::new() }).await?;
        }
        let wait = match missing {
            // It was in scope until now, so it may be again soon.
            Missing::Forbidden if was_there => self.timing.longest_wait * 10,
            Missing::Forbidden | Missing::Elsewhere => self.timing.scope_again,
            Missing::NoAddress | Missing::Unknown | Missing::NoDirectory | Missing::NoMailbox => {
                self.timing.search_again
            }
        };
        self.queue(&guid, wait.mul_f64(rand::random_range(0.8..=1.0)));
        Ok(())
    }

    /// No mailbox may be read, as far as is known.
    async fn forbidden(&mut self, guid: String) -> Result<(), Closed> {
        self.fail(&guid, permission_missing()).await?;
        let failures = self.entries.get(&guid).map_or(1, |entry| entry.failures);
        // The first that is forbidden may be the only one: others are still being asked.
        let is_certain =
            failures > 1 || !self.entries.values().any(|entry| entry.state == MailboxState::Waiting);
        if is_certain && let Some(news) = self.health.outage(permission_missing()) {
            self.tell(SourceEvent::Health(news)).await?;
        }
        // A token keeps the permissions with which it was issued.
        if self
            .last_new_token
            .is_none_or(|last| last.elapsed() >= NEW_TOKEN_EVERY.min(self.timing.longest_wait))
        {
            self.last_new_token = Some(Instant::now());
            self.new_token = true;
        }
        self.queue(&guid, self.wait(failures.saturating_add(2)));
        Ok(())
    }

    /// There is no answer.
    async fn failed(&mut self, guid: String, error: Error) -> Result<(), Closed> {
        match error {
            Error::NoAccess(advice) => self.outage(guid, advice).await,
            Error::Unreachable(advice) if self.health.unreachable() => self.outage(guid, advice).await,
            Error::Unreachable(advice) | Error::Failed(advice) => self.retry(guid, advice, None).await,
            Error::Throttled(wait) => {
                let advice = Advice::new(
                    "throttled",
                    "Microsoft Graph refuses further requests for the moment; fewer are sent. Nothing needs to be done.",
                );
                self.retry(guid, advice, wait).await
            }
            Error::Forbidden | Error::NotFound | Error::Elsewhere | Error::Gone => {
                let advice = Advice::new(
                    "answer",
                    "Microsoft Graph's answer is not what was asked for. The request is repeated by itself.",
                );
                self.retry(guid, advice, None).await
            }
        }
    }

    /// Nobody can be asked: everybody waits, and this user is the first to be asked again.
    async fn outage(&mut self, guid: String, advice: Advice) -> Result<(), Closed> {
        if let Some(entry) = self.entries.get_mut(&guid) {
            entry.resume();
            entry.place = Place::Ready;
            self.ready.push_front(guid);
        }
        // All who were under way fail for the same reason; that counts once.
        if self.pace.paused_until().is_some_and(|until| until > Instant::now()) {
            return Ok(());
        }
        warn!(code = advice.code, "{}", advice.text);
        if let Some(news) = self.health.outage(advice) {
            self.tell(SourceEvent::Health(news)).await?;
        }
        let wait = self.wait(self.health.outages);
        self.pace.pause(wait, Instant::now());
        Ok(())
    }

    /// This mailbox is asked again after a while; data that is known stays good.
    async fn retry(&mut self, guid: String, advice: Advice, wait: Option<Duration>) -> Result<(), Closed> {
        if let Some(news) = self.health.failure(&advice, self.entries.len()) {
            warn!(code = advice.code, "{}", advice.text);
            self.tell(SourceEvent::Health(news)).await?;
        }
        let Some(entry) = self.entries.get_mut(&guid) else { return Ok(()) };
        entry.failures = entry.failures.saturating_add(1);
        let failures = entry.failures;
        if failures == FAILED_AFTER || entry.state == MailboxState::Waiting {
            info!(
                user = pseudonym(&guid),
                code = advice.code,
                failures,
                "the mailbox cannot be read: {}",
                advice.text
            );
        }
        let is_unknown = entry.tracked.is_none() && wait.is_none();
        if failures >= FAILED_AFTER || is_unknown {
            self.fail(&guid, advice).await?;
        }
        let own = self.wait(failures);
        // A little more than asked for, or all who were refused come back at once.
        let wait = wait.map_or(own, |wait| own.max(wait.mul_f64(rand::random_range(1.0..=1.2))));
        self.queue(&guid, wait);
        Ok(())
    }

    async fn fail(&mut self, guid: &str, advice: Advice) -> Result<(), Closed> {
        let Some(entry) = self.entries.get_mut(guid) else { return Ok(()) };
        if entry.state == MailboxState::Failed && entry.error.as_ref() == Some(&advice) {
            return Ok(());
        }
        entry.error = Some(advice);
        self.set_state(guid, MailboxState::Failed).await
    }

    async fn healthy(&mut self) -> Result<(), Closed> {
        match self.health.success() {
            Some(news) => self.tell(SourceEvent::Health(news)).await,
            None => Ok(()),
        }
    }

    fn is_matched(&self, guid: &str) -> bool {
        self.entries.get(guid).is_some_and(|entry| entry.state == MailboxState::Matched)
    }
}
