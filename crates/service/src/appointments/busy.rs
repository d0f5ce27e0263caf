//! When mailboxes are busy.

use serde::Serialize;

use super::caller::{Caller, Right};
use super::office::Appointments;
use super::problem::Problem;
use super::receipt::timestamp;
use super::time::instant;
use crate::source::writing::{Busy, Shown};

/// Mailboxes in a request.
const MOST_MAILBOXES: usize = 20;
/// The longest time.
const MOST_MS: i64 = 42 * 24 * 3_600_000;

/// What is told of a mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Schedule {
    mailbox: String,
    busy: Vec<BusyTime>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
}

/// A time at which somebody is not free.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct BusyTime {
    start: String,
    end: String,
    status: Shown,
}

impl From<&Busy> for BusyTime {
    fn from(busy: &Busy) -> Self {
        Self { start: timestamp(busy.start), end: timestamp(busy.end), status: busy.status }
    }
}

impl Appointments {
    /// When these mailboxes are busy. One outside of the caller's list is told so, and costs the others nothing.
    pub async fn busy(
        &self,
        caller: &Caller,
        mailboxes: &[String],
        from: &str,
        to: &str,
    ) -> Result<Vec<Schedule>, Problem> {
        if !caller.may(Right::Busy) {
            return Err(Problem::right("busy"));
        }
        if !(1..=MOST_MAILBOXES).contains(&mailboxes.len()) {
            return Err(Problem::invalid(
                "mailbox",
                "mailbox must be there once for each mailbox, 1 to 20 times.",
            ));
        }
        let (from, to) = (instant("from", from, None)?, instant("to", to, None)?);
        if from >= to || to - from > MOST_MS {
            return Err(Problem::invalid("to", "to must be after from, and at most 42 days later."));
        }
        let allowed: Vec<String> = mailboxes
            .iter()
            .filter(|mailbox| caller.has(mailbox))
            .map(|mailbox| mailbox.to_lowercase())
            .collect();
        let found = if allowed.is_empty() {
            Vec::new()
        } else {
            self.source().await?.busy(&allowed, from, to).await?
        };
        let told = |mailbox: &String| {
            let found = found.iter().find(|schedule| schedule.address.eq_ignore_ascii_case(mailbox));
            let busy = found.and_then(|schedule| schedule.busy.as_ref());
            let error = match (caller.has(mailbox), busy) {
                (false, _) => Some("mailbox"),
                (true, None) => Some("notFound"),
                (true, Some(_)) => None,
            };
            let is_busy = |time: &&Busy| time.status != Shown::Free;
            let busy = busy.into_iter().flatten().filter(is_busy).map(BusyTime::from).collect();
            Schedule { mailbox: mailbox.clone(), busy, error }
        };
        Ok(mailboxes.iter().map(told).collect())
    }
}
