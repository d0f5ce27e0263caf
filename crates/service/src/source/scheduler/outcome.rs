//! What the results of jobs mean for users and for the source as a whole.

use std::time::Duration;

use calendar::appointment::Appointment;
use tokio::time::Instant;

use super::super::{Error, MailboxState, Replies, SourceEvent};
use super::entry::Again;
use super::job::{Done, Tracked};
use super::{Closed, Finished, Scheduler, now};

impl Scheduler {
    /// Takes a result in.
    pub(super) async fn finish(
        &mut self,
        Finished { guid, number, under_way, result }: Finished,
    ) -> Result<(), Closed> {
        self.count(&result, under_way);
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
                    Done::Read { tracked, appointments, replies } => {
                        self.read(guid, tracked, appointments, replies).await
                    }
                    Done::Replies(tracked, replies) => self.replied(guid, tracked, replies).await,
                    Done::Missing(missing) => self.missing(guid, missing, asked == Some(Again::Search)).await,
                }
            }
            Err(error) => self.failed(guid, error).await,
        }
    }

    fn count(&mut self, result: &Result<Done, Error>, under_way: usize) {
        let word = match result {
            Ok(_) => {
                self.pace.answered();
                "ok"
            }
            Err(Error::Throttled(wait)) => {
                let wait = wait.unwrap_or_else(|| self.wait(1));
                self.pace.refused(under_way, wait, Instant::now());
                "throttled"
            }
            Err(_) => {
                self.pace.failed();
                "failed"
            }
        };
        self.rounds.with_label_values(&[word]).inc();
    }

    async fn read(
        &mut self,
        guid: String,
        tracked: Tracked,
        appointments: Option<Vec<Appointment>>,
        replies: Option<Replies>,
    ) -> Result<(), Closed> {
        let was_forbidden = self.health.is(self.context.backend.all_forbidden().code);
        self.healthy().await?;
        match (&appointments, &tracked.cursor) {
            // Stored with the appointments.
            (Some(_), _) | (None, None) => self.cursors.remove(&guid),
            (None, Some(cursor)) => self.cursors.insert(guid.clone(), cursor.clone()),
        };
        let (wait, watched) = (self.next_round(&tracked), tracked.watched);
        let Some(entry) = self.entries.get_mut(&guid) else { return Ok(()) };
        let before = entry.state;
        entry.read(tracked, now());
        let event = entry.event(&guid);
        if before != MailboxState::Matched {
            self.matched += 1;
        }
        self.tell(event).await?;
        self.tell_replies(&guid, replies).await?;
        if let Some(appointments) = appointments {
            self.tell(SourceEvent::Appointments { guid: guid.clone(), appointments }).await?;
        }
        if watched {
            self.subscribe(&guid, wait);
        } else {
            self.queue(&guid, wait);
        }
        if self.matched == 1 && before != MailboxState::Matched {
            self.others_are_out_of_scope(was_forbidden).await?;
        }
        Ok(())
    }

    /// Nothing but automatic replies was asked for.
    async fn replied(
        &mut self,
        guid: String,
        tracked: Tracked,
        replies: Option<Replies>,
    ) -> Result<(), Closed> {
        let wait = self.next_round(&tracked);
        if let Some(entry) = self.entries.get_mut(&guid) {
            entry.tracked = Some(tracked);
        }
        self.tell_replies(&guid, replies).await?;
        self.subscribe(&guid, wait);
        Ok(())
    }

    pub(super) async fn tell_replies(&self, guid: &str, replies: Option<Replies>) -> Result<(), Closed> {
        match replies {
            Some(replies) => self.tell(SourceEvent::Replies { guid: guid.to_owned(), replies }).await,
            None => Ok(()),
        }
    }

    /// How long a mailbox waits that has just been read.
    fn next_round(&self, tracked: &Tracked) -> Duration {
        let until = |at: i64| Duration::from_millis(u64::try_from(at - now()).unwrap_or_default());
        let wait = if tracked.watched {
            let replies = self.context.backend.wants_replies().then_some(tracked.replies.again_at);
            until(replies.map_or(tracked.renew_at, |at| at.min(tracked.renew_at)))
        } else {
            self.timing.poll.mul_f64(rand::random_range(0.9..=1.1))
        };
        tracked.revisit_at.map_or(wait, |at| wait.min(until(at)))
    }

    pub(super) async fn healthy(&mut self) -> Result<(), Closed> {
        match self.health.success() {
            Some(news) => self.tell(SourceEvent::Health(news)).await,
            None => Ok(()),
        }
    }

    pub(super) fn is_matched(&self, guid: &str) -> bool {
        self.entries.get(guid).is_some_and(|entry| entry.state == MailboxState::Matched)
    }
}
