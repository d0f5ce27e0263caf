//! When a mailbox is believed to be gone. Servers say for seconds that somebody who was there is not; a presence is
//! not taken away for that.

use std::time::Duration;

use tokio::time::Instant;
use tracing::warn;

use super::super::backend::Missing;
use super::super::pseudonym::pseudonym;
use super::super::{MailboxState, SourceEvent};
use super::entry::Entry;
use super::{Closed, Scheduler};

/// At most so often access is asked for anew, because rights may have been granted.
const START_OVER_EVERY: Duration = Duration::from_mins(1);

impl Scheduler {
    /// There is no mailbox. `is_sure` where the addresses are new, so that it was another one that was there.
    pub(super) async fn missing(
        &mut self,
        guid: String,
        missing: Missing,
        is_sure: bool,
    ) -> Result<(), Closed> {
        let only = self.matched == 0 || (self.matched == 1 && self.is_matched(&guid));
        if missing == Missing::Forbidden && only {
            return self.forbidden(guid).await;
        }
        if !matches!(missing, Missing::Forbidden | Missing::NoAddress) {
            // Who says that there is no mailbox here lets us ask.
            self.healthy().await?;
        }
        let believe_after = self.timing.believe_after;
        let Some(entry) = self.entries.get_mut(&guid) else { return Ok(()) };
        let was_there = entry.tracked.is_some();
        let since = *entry.missing_since.get_or_insert_with(Instant::now);
        if was_there && !is_sure && since.elapsed() < believe_after {
            entry.failures = entry.failures.saturating_add(1);
            let failures = entry.failures;
            let wait = self.wait(failures).min(believe_after.saturating_sub(since.elapsed()));
            // Somebody else may have it now, and need not wait.
            let may_move = matches!(missing.state(), MailboxState::NoMailbox | MailboxState::HostedElsewhere);
            if may_move {
                self.tell(SourceEvent::Doubted { guid: guid.clone() }).await?;
            }
            self.queue(&guid, wait);
            return Ok(());
        }
        entry.searches = entry.searches.saturating_add(1);
        let wait = self.timing.search_wait(entry.searches);
        self.believe(&guid, missing).await?;
        self.queue(&guid, wait);
        Ok(())
    }

    /// Tells that there is none, and forgets what was read of it.
    async fn believe(&mut self, guid: &str, missing: Missing) -> Result<(), Closed> {
        let Some(entry) = self.entries.get_mut(guid) else { return Ok(()) };
        entry.error = Some(self.context.backend.missing(missing, &entry.addresses));
        let was_there = entry.tracked.take().is_some();
        self.cursors.remove(guid);
        self.set_state(guid, missing.state()).await?;
        if was_there {
            warn!(user = pseudonym(guid), ?missing, "the mailbox is no longer there");
            self.context.backend.forget(guid);
            self.remove(vec![guid.to_owned()]).await;
            let event = SourceEvent::Appointments { guid: guid.to_owned(), appointments: Vec::new() };
            self.tell(event).await?;
        }
        Ok(())
    }

    /// No mailbox may be read, as far as is known.
    async fn forbidden(&mut self, guid: String) -> Result<(), Closed> {
        let advice = self.context.backend.all_forbidden();
        let Some(entry) = self.entries.get_mut(&guid) else { return Ok(()) };
        entry.failures = entry.failures.saturating_add(1);
        let failures = entry.failures;
        self.fail(&guid, advice.clone()).await?;
        // The first that is forbidden may be the only one: others are still being asked.
        let is_certain =
            failures > 1 || !self.entries.values().any(|entry| entry.state == MailboxState::Waiting);
        if is_certain && let Some(news) = self.health.outage(advice) {
            self.tell(SourceEvent::Health(news)).await?;
        }
        // A token keeps the permissions with which it was issued.
        let pause = START_OVER_EVERY.min(self.timing.longest_wait);
        if self.last_start_over.is_none_or(|last| last.elapsed() >= pause) {
            self.last_start_over = Some(Instant::now());
            self.start_over = true;
        }
        self.queue(&guid, self.wait(failures.saturating_add(2)));
        Ok(())
    }

    /// One mailbox answers, so those that were forbidden before it are forbidden by themselves.
    pub(super) async fn others_are_out_of_scope(&mut self, was_forbidden: bool) -> Result<(), Closed> {
        let code = self.context.backend.all_forbidden().code;
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
                // What was shown of it is shown until that is believed.
                if entry.tracked.is_none() {
                    entry.error = Some(self.context.backend.missing(Missing::Forbidden, &entry.addresses));
                    self.set_state(&guid, MailboxState::NotInScope).await?;
                }
            }
            if was_forbidden {
                self.hurry(&guid);
            }
        }
        Ok(())
    }
}
