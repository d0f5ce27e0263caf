//! What follows from failures: who waits for how long, and whether it is the mailbox or the whole source.

use std::time::Duration;

use tokio::time::Instant;
use tracing::{info, warn};

use super::super::pseudonym::pseudonym;
use super::super::{Advice, Error, MailboxState, SourceEvent};
use super::entry::Place;
use super::{Closed, Scheduler};

/// A mailbox counts as failed after so many failures; until then what is known of it is fresh enough.
const FAILED_AFTER: u32 = 3;
/// So many mailboxes that refuse in a row, with none in between that is read, and it is not the mailboxes.
const DENIED_BY: usize = 3;

impl Scheduler {
    /// There is no answer.
    pub(super) async fn failed(&mut self, guid: String, error: Error) -> Result<(), Closed> {
        if let Some(entry) = self.entries.get_mut(&guid)
            && matches!(error, Error::Failed(_) | Error::Throttled(_) | Error::Denied(_))
        {
            entry.cursor_failures = entry.cursor_failures.saturating_add(1);
        }
        match error {
            Error::NoAccess(advice) => self.outage(guid, advice).await,
            Error::Denied(advice) => self.denied(guid, advice).await,
            Error::Unreachable(advice) if self.health.unreachable() => self.outage(guid, advice).await,
            Error::Unreachable(advice) | Error::Failed(advice) => self.retry(guid, advice, None).await,
            Error::Throttled(wait) => self.retry(guid, throttled(), wait).await,
            Error::Forbidden | Error::NotFound | Error::Elsewhere | Error::Gone => {
                self.retry(guid, unexpected(), None).await
            }
        }
    }

    /// A mailbox refuses us. That is its own affair as long as another one, asked now, is read.
    async fn denied(&mut self, guid: String, advice: Advice) -> Result<(), Closed> {
        let denied = self.health.denied(&guid);
        if denied >= DENIED_BY.min(self.entries.len()) {
            return self.outage(guid, advice).await;
        }
        if let Some(witness) = self.witness() {
            self.hurry(&witness);
        }
        self.retry(guid, advice, None).await
    }

    /// The mailbox that was read last, of those that have not refused.
    fn witness(&self) -> Option<String> {
        let works = |guid: &str| !self.health.has_denied(guid);
        let candidates = self.entries.iter().filter(|(guid, entry)| entry.failures == 0 && works(guid));
        let read = candidates.filter_map(|(guid, entry)| Some((entry.read_at?, guid)));
        read.max().map(|(_, guid)| guid.clone())
    }

    /// Nobody can be asked: everybody waits. Who has failed waits behind the others, so that it is always another one
    /// that finds out whether it is over.
    async fn outage(&mut self, guid: String, advice: Advice) -> Result<(), Closed> {
        if let Some(entry) = self.entries.get_mut(&guid) {
            entry.resume();
            entry.place = Place::Ready;
            self.ready.push_back(guid);
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
        self.pace.probe(wait, Instant::now());
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

    pub(super) async fn fail(&mut self, guid: &str, advice: Advice) -> Result<(), Closed> {
        let Some(entry) = self.entries.get_mut(guid) else { return Ok(()) };
        if entry.state == MailboxState::Failed && entry.error.as_ref() == Some(&advice) {
            return Ok(());
        }
        entry.error = Some(advice);
        self.set_state(guid, MailboxState::Failed).await
    }
}

fn throttled() -> Advice {
    Advice::new(
        "throttled",
        "The calendar server refuses further requests for the moment; fewer are sent. Nothing needs to be done.",
    )
}

fn unexpected() -> Advice {
    Advice::new(
        "answer",
        "The answer of the calendar server is not what was asked for. The request is repeated by itself.",
    )
}
