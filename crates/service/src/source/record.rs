//! An appointment as it is kept: what the rules need, and to which series it belongs.

use calendar::appointment::{Appointment, Sensitivity, ShowAs, Span};
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

/// No title that a person writes is longer; what a program writes need not be kept.
const MAX_SUBJECT_CHARS: usize = 1000;
/// So many categories of an appointment are kept, …
const MAX_CATEGORIES: usize = 25;
/// … and so many characters of each, as Outlook allows.
const MAX_CATEGORY_CHARS: usize = 255;
/// Somewhere on earth a day lasts so much longer than in UTC.
const FARTHEST_ZONE_MS: i64 = 14 * 3_600_000;
/// What is over belongs to the picture of the day, and no day is longer.
const LONGEST_DAY_MS: i64 = 25 * 3_600_000;

/// An appointment of a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its id.
    pub id: String,
    /// Id of the series master, if it is of a series.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// Title.
    pub subject: String,
    /// When it is.
    pub times: Times,
    /// What it means for presence.
    #[serde(with = "show_as")]
    pub show_as: ShowAs,
    /// How confidential it is.
    #[serde(with = "sensitivity")]
    pub sensitivity: Sensitivity,
    /// E-mail address of the organizer, empty if unknown.
    pub organizer: String,
    /// Whether it was called off.
    pub cancelled: bool,
    /// Whether the user has said no.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub declined: bool,
    /// Names of its categories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Zone in which its dates are meant, where that is not the mailbox's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Whether the series has yet to tell what it is about.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_open: bool,
}

/// Start and end, the end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Times {
    /// Instants, in milliseconds since the epoch.
    Time(i64, i64),
    /// Dates.
    Days(NaiveDate, NaiveDate),
}

impl Record {
    /// A title, no longer than is kept.
    pub fn title(subject: &str) -> String {
        subject.chars().take(MAX_SUBJECT_CHARS).collect()
    }

    /// Categories, no more than are kept.
    pub fn categories<'a>(names: impl IntoIterator<Item = &'a String>) -> Vec<String> {
        let cut = |name: &String| name.chars().take(MAX_CATEGORY_CHARS).collect();
        names.into_iter().take(MAX_CATEGORIES).map(cut).collect()
    }

    /// Whether its times are dates, so that a zone matters.
    pub fn is_whole_day(&self) -> bool {
        matches!(self.times, Times::Days(..))
    }

    /// Whether it was over before today, wherever its days are meant.
    pub fn is_past(&self, now: i64) -> bool {
        let end = match self.times {
            Times::Time(_, end) => end,
            Times::Days(_, end) => {
                end.and_time(NaiveTime::MIN).and_utc().timestamp_millis() + FARTHEST_ZONE_MS
            }
        };
        end.saturating_add(LONGEST_DAY_MS) <= now
    }

    /// As the rules take it; `zone` is that of the mailbox, or empty.
    pub fn appointment(&self, zone: &str) -> Appointment {
        let span = match self.times {
            Times::Time(start, end) => Span::Time { start, end },
            Times::Days(start, end) => {
                Span::Days { start, end, zone: self.zone.as_deref().unwrap_or(zone).to_owned() }
            }
        };
        Appointment {
            subject: self.subject.clone(),
            show_as: self.show_as,
            sensitivity: self.sensitivity,
            organizer: self.organizer.clone(),
            cancelled: self.cancelled,
            declined: self.declined,
            categories: self.categories.clone(),
            ..Appointment::new(&self.id, span)
        }
    }
}

/// Words for the database. One that this version does not know reads like one that a server has made up.
macro_rules! words {
    ($module:ident, $type:ty, $unknown:expr) => {
        mod $module {
            use super::*;

            pub fn serialize<S: serde::Serializer>(value: &$type, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(value.name())
            }

            pub fn deserialize<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                let word = String::deserialize(deserializer)?;
                Ok(<$type>::ALL.into_iter().find(|value| value.name() == word).unwrap_or($unknown))
            }
        }
    };
}

words!(show_as, ShowAs, ShowAs::NoData);
words!(sensitivity, Sensitivity, Sensitivity::Private);
