//! Asking mailboxes whether they answer automatically: with the rounds that are made anyway, and alone where changes are
//! told and nobody makes rounds.

use tracing::debug;

use super::super::backend::{Cursor, Mailbox};
use super::super::pseudonym::pseudonym;
use super::super::{Error, Replies};
use super::entry::Entry;
use super::job::{Asked, Done, Job, Tracked, milliseconds};

impl Job {
    /// What is known after this job, and what has changed.
    pub(super) async fn ask_replies(&self, mailbox: &Mailbox, cursor: &Cursor) -> (Asked, Option<Replies>) {
        let (backend, timing) = (&self.context.backend, &self.context.timing);
        let before = self.task.tracked.as_ref().map(|tracked| tracked.replies).unwrap_or_default();
        if !backend.wants_replies() || before.again_at > self.now {
            return (before, None);
        }
        let again_in = |wait| self.now.saturating_add(milliseconds(wait));
        match backend.replies(mailbox, Some(cursor), self.now).await {
            Ok(replies) => {
                let asked = Asked { replies: Some(replies), again_at: again_in(timing.replies) };
                (asked, (before.replies != Some(replies)).then_some(replies))
            }
            // What was known stays until it can be asked again.
            Err(error) => {
                debug!(user = pseudonym(&self.task.guid), ?error, "automatic replies cannot be read");
                let wait = match error {
                    Error::Throttled(Some(wait)) => wait.max(timing.revisit_soon),
                    _ => timing.revisit_soon,
                };
                (Asked { again_at: again_in(wait), ..before }, None)
            }
        }
    }

    /// Nothing but that, of a mailbox whose calendar is current.
    pub(super) async fn ask_replies_alone(&self, tracked: &Tracked) -> Done {
        let mut tracked = tracked.clone();
        let Some(cursor) = tracked.cursor.clone() else { return Done::Replies(tracked, None) };
        let (asked, changed) = self.ask_replies(&tracked.mailbox, &cursor).await;
        tracked.replies = asked;
        self.keep_replies(&mut tracked, changed).await;
        Done::Replies(tracked, changed)
    }

    /// Stores them beside a calendar that has not changed.
    pub(super) async fn keep_replies(&self, tracked: &mut Tracked, changed: Option<Replies>) {
        let (Some(replies), Some(cursor)) = (changed, tracked.cursor.clone()) else { return };
        let guid = &self.task.guid;
        let Ok(Some(mut stored)) = self.context.calendars.read(guid).await else { return };
        (stored.replies, stored.cursor) = (replies, cursor);
        // Without them a restart shows for a moment what was stored before.
        self.context.writer.write(guid.clone(), stored).await;
    }
}

impl Entry {
    /// Whether nothing is due of this user but a question about automatic replies.
    pub fn lacks_only_replies(&self, wants_replies: bool, now: i64) -> bool {
        let is_current = self.again.is_none() && !self.is_changed && self.failures == 0;
        wants_replies
            && is_current
            && self.tracked.as_ref().is_some_and(|tracked| {
                let is_open = tracked.revisit_at.is_some_and(|at| at <= now);
                tracked.watched && tracked.cursor.is_some() && tracked.renew_at > now && !is_open
            })
    }
}
