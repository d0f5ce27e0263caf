//! What callers are told of an appointment.

use chrono::{DateTime, SecondsFormat};
use serde::Serialize;

use super::once::Written;
use crate::source::writing::{Content, Shown, When};

/// In the place of the title of a private appointment, for everybody.
const PRIVATE: &str = "Private";

/// An appointment as whoever wrote it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Receipt {
    pub id: String,
    pub version: String,
    pub mailbox: String,
    pub start: String,
    pub end: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub join_url: Option<String>,
    /// For those alone who may read.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub details: Option<Details>,
}

/// What it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Details {
    subject: String,
    location: String,
    notes: String,
    show_as: Shown,
    private: bool,
    reminder_minutes: Option<u32>,
    all_day: bool,
}

impl Receipt {
    pub fn new(number: i64, mailbox: &str, written: &Written) -> Self {
        let (start, end) = times(&written.when);
        Self {
            id: number.to_string(),
            version: written.version.clone(),
            mailbox: mailbox.to_owned(),
            start,
            end,
            join_url: written.join_url.clone(),
            details: None,
        }
    }

    /// The same with what it says; of a private one neither title nor place nor notes.
    pub fn with_details(mut self, content: Content, all_day: bool) -> Self {
        let Content { subject, location, notes, show_as, private, reminder } = content;
        let open = |text: String| if private { String::new() } else { text };
        self.details = Some(Details {
            subject: if private { PRIVATE.to_owned() } else { subject },
            location: open(location),
            notes: open(notes),
            show_as,
            private,
            reminder_minutes: reminder,
            all_day,
        });
        self
    }
}

/// Instants in UTC, or dates.
fn times(when: &When) -> (String, String) {
    match when {
        When::Time { start, end } => (timestamp(*start), timestamp(*end)),
        When::Days { start, end, .. } => (start.to_string(), end.to_string()),
    }
}

/// An instant as it is told.
pub(crate) fn timestamp(instant: i64) -> String {
    DateTime::from_timestamp_millis(instant).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Secs, true)
}
