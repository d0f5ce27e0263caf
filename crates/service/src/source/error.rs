//! What may go wrong, and what to do about it.

use std::time::Duration;

/// What was wrong, where, and what an administrator can do. It never holds a secret or a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// A word for programs.
    pub code: &'static str,
    /// Sentences for people.
    pub text: String,
}

impl Advice {
    /// Advice with a text.
    pub fn new(code: &'static str, text: impl Into<String>) -> Self {
        Self { code, text: text.into() }
    }
}

/// Why there is no answer. What concerns one mailbox is kept apart from what concerns all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// Nobody lets us in: no mailbox can be asked.
    NoAccess(Advice),
    /// This mailbox refuses what opens the others, if it opens any.
    Denied(Advice),
    /// The calendars cannot be reached, or something on the way is in the way.
    Unreachable(Advice),
    /// Too many requests, or too busy; to be asked again after this time, if one was named.
    Throttled(Option<Duration>),
    /// Not allowed here: for this mailbox, or for all of them.
    Forbidden,
    /// There is no such user, mailbox or appointment.
    NotFound,
    /// The mailbox of the user is on another server.
    Elsewhere,
    /// The cursor has expired; start afresh.
    Gone,
    /// This request had no useful answer; the next may have.
    Failed(Advice),
}
