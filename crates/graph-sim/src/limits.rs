//! The limits of the Outlook service, in both readings of what is published.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::Refusal;

/// What an application may ask of mailboxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Limits {
    /// What the requests at once are counted for.
    pub concurrency: Concurrency,
    /// Requests at once.
    pub at_once: u32,
    /// Requests of an application to one mailbox in ten minutes.
    pub in_ten_minutes: u32,
}

/// The limit of requests at once is published in two ways: per application and mailbox, and per application.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Concurrency {
    /// Per application and mailbox.
    #[default]
    PerMailbox,
    /// Per application, whatever the mailboxes.
    PerApplication,
    /// None.
    Unlimited,
}

impl Default for Limits {
    fn default() -> Self {
        Self { concurrency: Concurrency::PerMailbox, at_once: 4, in_ten_minutes: 10_000 }
    }
}

const WINDOW: TimeDelta = TimeDelta::minutes(10);

/// Counts the requests of applications to mailboxes.
#[derive(Debug, Default)]
pub(crate) struct Throttle(Mutex<Usages>);

#[derive(Debug, Default)]
struct Usages {
    running: HashMap<Subject, u32>,
    windows: HashMap<Subject, (DateTime<Utc>, u32)>,
}

/// Application and mailbox; a nil mailbox stands for all of them.
type Subject = (Uuid, Uuid);

/// Counts as a request under way until it is dropped.
#[derive(Debug)]
pub(crate) struct Permit<'a> {
    throttle: &'a Throttle,
    subject: Option<Subject>,
}

impl Throttle {
    /// Lets a request in or refuses it with 429 and `Retry-After`.
    pub(crate) fn enter(
        &self,
        limits: Limits,
        application: Uuid,
        mailbox: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Permit<'_>, Refusal> {
        let subject = match limits.concurrency {
            Concurrency::PerMailbox => Some((application, mailbox)),
            Concurrency::PerApplication => Some((application, Uuid::nil())),
            Concurrency::Unlimited => None,
        };
        let mut usages = self.0.lock();
        usages.count(limits, (application, mailbox), now)?;
        if let Some(subject) = subject {
            let running = usages.running.entry(subject).or_default();
            if *running >= limits.at_once {
                return Err(over("Application is over its MailboxConcurrency limit.", 1));
            }
            *running += 1;
        }
        Ok(Permit { throttle: self, subject })
    }

    /// Forgets what was counted in the last ten minutes.
    pub(crate) fn reset(&self) {
        self.0.lock().windows.clear();
    }
}

impl Usages {
    fn count(&mut self, limits: Limits, subject: Subject, now: DateTime<Utc>) -> Result<(), Refusal> {
        let (begin, count) = self.windows.entry(subject).or_insert((now, 0));
        if now - *begin >= WINDOW {
            (*begin, *count) = (now, 0);
        }
        if *count >= limits.in_ten_minutes {
            let left = (*begin + WINDOW - now).num_seconds().max(0) + 1;
            return Err(over("Application is over its RequestRate limit.", left));
        }
        *count += 1;
        Ok(())
    }
}

fn over(message: &'static str, seconds: i64) -> Refusal {
    Refusal::new(429, "ApplicationThrottled", message).with("retry-after", seconds.to_string())
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let Some(subject) = self.subject else { return };
        let mut usages = self.throttle.0.lock();
        if let Some(running) = usages.running.get_mut(&subject) {
            *running = running.saturating_sub(1);
            if *running == 0 {
                usages.running.remove(&subject);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const APP: Uuid = Uuid::from_u128(1);
    const ANNA: Uuid = Uuid::from_u128(2);
    const BEN: Uuid = Uuid::from_u128(3);

    fn now() -> DateTime<Utc> {
        "2026-11-21T09:00:00Z".parse().unwrap()
    }

    #[test]
    fn four_at_once_per_mailbox_leave_other_mailboxes_alone() {
        let (throttle, limits) = (Throttle::default(), Limits::default());
        let permits: Vec<_> = (0..4).map(|_| throttle.enter(limits, APP, ANNA, now()).unwrap()).collect();
        let refusal = throttle.enter(limits, APP, ANNA, now()).unwrap_err();
        assert_eq!((refusal.status, refusal.code.as_ref()), (429, "ApplicationThrottled"));
        assert_eq!(refusal.headers, [("retry-after", "1".to_owned())]);
        throttle.enter(limits, APP, BEN, now()).unwrap();
        drop(permits);
        throttle.enter(limits, APP, ANNA, now()).unwrap();
    }

    #[test]
    fn four_at_once_per_application_count_all_mailboxes() {
        let limits = Limits { concurrency: Concurrency::PerApplication, ..Limits::default() };
        let throttle = Throttle::default();
        let _permits: Vec<_> =
            [ANNA, BEN, ANNA, BEN].map(|user| throttle.enter(limits, APP, user, now()).unwrap()).into();
        let other = Uuid::from_u128(4);
        assert_eq!(throttle.enter(limits, APP, other, now()).unwrap_err().status, 429);
        throttle.enter(limits, Uuid::from_u128(5), other, now()).unwrap();
    }

    #[test]
    fn ten_minutes_hold_so_many_requests_and_say_when_they_are_over() {
        let limits = Limits { in_ten_minutes: 3, ..Limits::default() };
        let throttle = Throttle::default();
        for _ in 0..3 {
            throttle.enter(limits, APP, ANNA, now()).unwrap();
        }
        let later = now() + TimeDelta::seconds(590);
        let refusal = throttle.enter(limits, APP, ANNA, later).unwrap_err();
        assert_eq!(refusal.headers, [("retry-after", "11".to_owned())]);
        throttle.enter(limits, APP, BEN, later).unwrap();
        throttle.enter(limits, APP, ANNA, now() + WINDOW).unwrap();
    }
}
