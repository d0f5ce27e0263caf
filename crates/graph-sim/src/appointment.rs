//! What a calendar holds: single appointments and weekly series.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, Utc, Weekday};
use serde::{Deserialize, Serialize};

/// One appointment, as a test or a demonstration describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Appointment {
    /// The title.
    #[serde(default)]
    pub subject: String,
    /// When it takes place.
    #[serde(flatten)]
    pub time: Time,
    /// How the time is shown to others.
    #[serde(default)]
    pub show_as: ShowAs,
    /// Who may know about it.
    #[serde(default)]
    pub sensitivity: Sensitivity,
    /// Address of the organizer; the owner of the mailbox when there is none.
    #[serde(default)]
    pub organizer: Option<String>,
    /// Cancelled by its organizer and still in the calendar.
    #[serde(default)]
    pub cancelled: bool,
    /// What only those see who look at it closely.
    #[serde(default)]
    pub details: Details,
    /// Names of its categories.
    #[serde(default)]
    pub categories: Vec<String>,
}

/// What few appointments have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Details {
    /// Where it takes place.
    pub location: String,
    /// Its text.
    pub notes: String,
    /// Minutes before the start; none without a reminder.
    pub reminder: Option<u32>,
    /// Addresses of those who are invited.
    pub attendees: Vec<String>,
    /// Where it takes place in Teams.
    pub join_url: Option<String>,
    /// By which a client tells that it creates the same once more.
    pub transaction_id: Option<String>,
    /// Named extended properties by their ids.
    pub properties: BTreeMap<String, String>,
}

impl Default for Details {
    fn default() -> Self {
        Self {
            location: String::new(),
            notes: String::new(),
            reminder: Some(15),
            attendees: Vec::new(),
            join_url: None,
            transaction_id: None,
            properties: BTreeMap::new(),
        }
    }
}

impl Appointment {
    /// A busy appointment from one instant to another.
    pub fn new(subject: impl Into<String>, start: DateTime<Utc>, end: DateTime<Utc>) -> Self {
        Self::at(subject, Time::Hours { start, end })
    }

    /// A busy appointment of whole days; `end` is the first date after it.
    pub fn whole_day(subject: impl Into<String>, start: NaiveDate, end: NaiveDate) -> Self {
        Self::at(subject, Time::Days { start, end })
    }

    fn at(subject: impl Into<String>, time: Time) -> Self {
        Self {
            subject: subject.into(),
            time,
            show_as: ShowAs::default(),
            sensitivity: Sensitivity::default(),
            organizer: None,
            cancelled: false,
            details: Details::default(),
            categories: Vec::new(),
        }
    }

    pub(crate) fn is_whole_day(&self) -> bool {
        matches!(self.time, Time::Days { .. })
    }
}

/// Hours are instants, whole days are dates: in JSON `start` and `end` are RFC 3339 instants or plain dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Time {
    /// From one instant to another.
    Hours {
        /// The first instant.
        start: DateTime<Utc>,
        /// The first instant after it.
        end: DateTime<Utc>,
    },
    /// Whole days, wherever the mailbox is.
    Days {
        /// The first date.
        start: NaiveDate,
        /// The first date after it.
        end: NaiveDate,
    },
}

impl Time {
    pub(crate) fn is_possible(self) -> bool {
        let within = |year: i32| (1900..=2999).contains(&year);
        match self {
            Self::Hours { start, end } => start <= end && within(start.year()) && within(end.year()),
            Self::Days { start, end } => start < end && within(start.year()) && within(end.year()),
        }
    }
}

/// `showAs` of an event.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are those of Microsoft Graph")]
pub enum ShowAs {
    Free,
    Tentative,
    #[default]
    Busy,
    Oof,
    WorkingElsewhere,
    Unknown,
}

/// `sensitivity` of an event.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are those of Microsoft Graph")]
pub enum Sensitivity {
    #[default]
    Normal,
    Personal,
    Private,
    Confidential,
}

/// A weekly series: an appointment that comes again at the same time of the mailbox's zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Series {
    /// The first one.
    #[serde(flatten)]
    pub first: Appointment,
    /// Weekdays on which it takes place; that of the first one when there are none.
    #[serde(default)]
    pub days: Vec<Weekday>,
    /// Every how many weeks; 0 is taken as 1.
    #[serde(default)]
    pub interval: u32,
    /// Last date on which it may take place; without one it goes on for ever.
    #[serde(default)]
    pub until: Option<NaiveDate>,
    /// Dates that were deleted.
    #[serde(skip)]
    pub(crate) deleted: BTreeSet<NaiveDate>,
    /// Occurrences that were changed, by the date they had in the series.
    #[serde(skip)]
    pub(crate) exceptions: BTreeMap<NaiveDate, Appointment>,
}

impl Series {
    /// Every week on the weekday of the first one, for ever.
    pub fn weekly(first: Appointment) -> Self {
        Self {
            first,
            days: Vec::new(),
            interval: 1,
            until: None,
            deleted: BTreeSet::new(),
            exceptions: BTreeMap::new(),
        }
    }
}

/// A change of an appointment; what is left out stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// Another title.
    pub subject: Option<String>,
    /// Another time.
    #[serde(flatten)]
    pub time: Option<Time>,
    /// Shown otherwise.
    pub show_as: Option<ShowAs>,
    /// Made private, or public again.
    pub sensitivity: Option<Sensitivity>,
    /// Another organizer.
    pub organizer: Option<String>,
    /// Cancelled by its organizer.
    pub cancelled: Option<bool>,
    /// Other details, all of them.
    pub details: Option<Details>,
    /// Other categories.
    pub categories: Option<Vec<String>>,
}

impl Change {
    /// Moves it.
    pub fn time(start: DateTime<Utc>, end: DateTime<Utc>) -> Self {
        Self { time: Some(Time::Hours { start, end }), ..Self::default() }
    }

    /// Cancels it, as an organizer does: it stays in the calendar.
    pub fn cancel() -> Self {
        Self { cancelled: Some(true), ..Self::default() }
    }

    /// Makes it private.
    pub fn private() -> Self {
        Self { sensitivity: Some(Sensitivity::Private), ..Self::default() }
    }

    pub(crate) fn apply(self, appointment: &mut Appointment) {
        set(&mut appointment.subject, self.subject);
        set(&mut appointment.time, self.time);
        set(&mut appointment.show_as, self.show_as);
        set(&mut appointment.sensitivity, self.sensitivity);
        set(&mut appointment.cancelled, self.cancelled);
        set(&mut appointment.details, self.details);
        set(&mut appointment.categories, self.categories);
        if self.organizer.is_some() {
            appointment.organizer = self.organizer;
        }
    }
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}
