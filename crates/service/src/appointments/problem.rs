//! Why something is not done, whatever door the caller came through.

use std::time::Duration;

use crate::source::writing::Busy;
use crate::source::{Error, Refused};

/// How long to wait where nobody says it.
const USUAL_WAIT: Duration = Duration::from_secs(30);

/// Why something is not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub why: Why,
    /// A sentence for people, without titles, addresses and secrets.
    pub message: String,
}

/// The word for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// This field is wrong.
    Invalid(String),
    /// The mailbox is not one of the caller's, or not one of ours.
    Mailbox,
    /// The caller has no right to do it.
    Right,
    /// Somebody else's appointment.
    NotYours,
    /// Nobody may write.
    WritingIsOff,
    /// There is no such mailbox or appointment.
    NotFound,
    /// The mailbox is busy then.
    Conflict(Vec<Busy>),
    /// The appointment is in another version.
    Changed,
    /// The key was used for something else.
    KeyReused,
    /// Clocks skip this time.
    NoSuchTime,
    /// Too much for this caller.
    Limit(Duration),
    /// Not now.
    Unavailable(Duration),
    /// Nobody knows whether it was done.
    Unknown,
}

impl Why {
    /// The word on the wire and in the audit.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid",
            Self::Mailbox => "mailbox",
            Self::Right => "right",
            Self::NotYours => "notYours",
            Self::WritingIsOff => "writingIsOff",
            Self::NotFound => "notFound",
            Self::Conflict(_) => "conflict",
            Self::Changed => "changed",
            Self::KeyReused => "keyReused",
            Self::NoSuchTime => "noSuchTime",
            Self::Limit(_) => "limit",
            Self::Unavailable(_) => "unavailable",
            Self::Unknown => "unknown",
        }
    }
}

impl Problem {
    pub fn new(why: Why, message: impl Into<String>) -> Self {
        Self { why, message: message.into() }
    }

    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::new(Why::Invalid(field.to_owned()), message)
    }

    pub fn mailbox() -> Self {
        Self::new(
            Why::Mailbox,
            "This mailbox is not in the list of the caller, which the page Calendar API shows.",
        )
    }

    pub fn right(right: &str) -> Self {
        let message =
            format!("The caller has no right `{right}`, which the page Calendar API would give it.");
        Self::new(Why::Right, message)
    }

    pub fn not_found() -> Self {
        Self::new(Why::NotFound, "There is no such appointment, or no longer.")
    }

    pub fn changed() -> Self {
        let message =
            "The appointment has changed since this version, or somebody was invited to it. Read it again.";
        Self::new(Why::Changed, message)
    }

    pub fn unknown() -> Self {
        let message = "Nobody knows whether it was done: no answer came. Ask again with the same key.";
        Self::new(Why::Unknown, message)
    }

    /// The database does not work. What it says may name hosts and files: it goes to the log alone.
    pub fn database(error: &anyhow::Error) -> Self {
        tracing::error!("{error:#}");
        let message = "The database of the service does not work. Its log says why; ask again later.";
        Self::new(Why::Unavailable(USUAL_WAIT), message)
    }

    /// There are no calendars to be had.
    pub fn no_source(message: impl Into<String>) -> Self {
        Self::new(Why::Unavailable(USUAL_WAIT), message)
    }
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        Self::database(&error)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Throttled(wait) => Self::new(
                Why::Unavailable(wait.unwrap_or(USUAL_WAIT)),
                "The calendar server takes no more requests for now. Nothing was queued; ask again later.",
            ),
            Error::Forbidden => Self::new(
                Why::Mailbox,
                "The service may not do this in the mailbox. Let the permission Calendars.ReadWrite of its app \
                 registration cover it.",
            ),
            Error::NotFound | Error::Elsewhere => {
                Self::new(Why::NotFound, "The calendar server knows no mailbox of this address.")
            }
            error => {
                let told = Refused::from(error).told().map(|advice| advice.code);
                let said = told.map(|code| format!(" ({code})")).unwrap_or_default();
                let message = format!(
                    "The calendar server gives no useful answer{said}. The status of the service says why; ask again later."
                );
                Self::new(Why::Unavailable(USUAL_WAIT), message)
            }
        }
    }
}
