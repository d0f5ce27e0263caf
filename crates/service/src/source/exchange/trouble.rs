//! Why a request has no useful answer, as this source tells it to itself.

use std::time::Duration;

use crate::source::remedy::{Remedy, word};
use crate::source::{Advice, Error};

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The server cannot be reached.
    Unreachable(Advice),
    /// The connection broke, nothing came for too long, or what came cannot be read.
    Cut(Advice),
    /// Nobody lets us in, and that concerns all mailboxes.
    NoAccess(Advice),
    /// Too busy; to be asked again after this time, if it said so.
    Busy(Option<Duration>),
    /// A status of HTTP that says what Exchange itself does not get to say.
    Status(u16),
    /// A code of Exchange.
    Code(Failure),
}

/// An error that Exchange names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    /// The response code: a word.
    pub code: String,
    /// Values that come with it, by name.
    pub values: Vec<(String, String)>,
}

impl Failure {
    /// A code without values. What is no word does not come through: it goes into texts and logs.
    pub fn new(code: &str) -> Self {
        let code = code.trim().chars().filter(char::is_ascii_alphanumeric).take(64).collect();
        Self { code, values: Vec::new() }
    }

    /// A value by its name.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim())
    }

    /// How long the server wants to be left alone, to the millisecond.
    pub fn back_off(&self) -> Option<Duration> {
        /// Longest wait that a server is believed to mean.
        const LONGEST: Duration = Duration::from_hours(1);
        let wait = Duration::from_millis(self.value("BackOffMilliseconds")?.parse().ok()?);
        Some(wait.min(LONGEST))
    }
}

impl Trouble {
    /// What an administrator is told of it.
    pub fn told(&self) -> Advice {
        let of_code = |code: &str| match Remedy::of_ews(code) {
            Some(remedy) => remedy.told(code, code),
            None => Advice::new("server", format!("Exchange answers with {code}.")).said(code),
        };
        match self {
            Self::Unreachable(advice) | Self::Cut(advice) | Self::NoAccess(advice) => advice.clone(),
            Self::Busy(_) => of_code("ErrorServerBusy"),
            Self::Code(failure) if failure.code.is_empty() => of_code("unknown"),
            Self::Code(failure) => of_code(&word(&failure.code)),
            Self::Status(status) => {
                let said = status.to_string();
                Advice::new("server", format!("The server answers with HTTP status {said}.")).said(&said)
            }
        }
    }

    /// As the rest of the service knows it, where it is none of a mailbox.
    pub fn into_error(self) -> Error {
        match self {
            Self::Unreachable(advice) => Error::Unreachable(advice),
            Self::NoAccess(advice) => Error::NoAccess(advice),
            Self::Busy(wait) => Error::Throttled(wait),
            other => Error::Failed(other.told()),
        }
    }

    /// A failure by its code.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Code(failure) => Some(&failure.code),
            _ => None,
        }
    }
}
