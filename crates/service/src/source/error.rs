//! What may go wrong, and what to do about it.

use std::time::Duration;

use serde_json::{Map, Value as Json};

/// What a sentence about an error is made of, by name, so that others can make it in their language.
pub type Facts = Map<String, Json>;

/// What was wrong, where, and what an administrator can do. It never holds a secret or a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// A word for programs.
    pub code: &'static str,
    /// Sentences for people.
    pub text: String,
    /// What the other side said of it, as one word.
    pub said: Option<String>,
    /// What they are made of, beside the code.
    pub facts: Facts,
}

impl Advice {
    /// Advice with a text.
    pub fn new(code: &'static str, text: impl Into<String>) -> Self {
        Self { code, text: text.into(), said: None, facts: Facts::new() }
    }

    /// The same with what the other side said.
    #[must_use]
    pub fn said(self, word: &str) -> Self {
        if word.is_empty() {
            return Self { said: None, ..self };
        }
        Self { said: Some(word.to_owned()), ..self }.with("said", word)
    }

    /// The same with a fact: a name, a number or a list of names.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Json>) -> Self {
        self.facts.insert(name.to_owned(), value.into());
        self
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

/// Why there is no answer, with what an administrator is told of it. The synchronization needs only the error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What follows from it.
    pub error: Error,
    /// What is told. Its text may be empty where the error says nothing yet.
    pub told: Option<Advice>,
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        refused.error
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self { error, told: None }
    }
}

impl Refused {
    /// What is to be told, if anything more is known than the kind of error.
    pub fn told(&self) -> Option<&Advice> {
        let own = match &self.error {
            Error::NoAccess(advice)
            | Error::Denied(advice)
            | Error::Unreachable(advice)
            | Error::Failed(advice) => Some(advice),
            _ => None,
        };
        self.told.as_ref().or(own)
    }
}
