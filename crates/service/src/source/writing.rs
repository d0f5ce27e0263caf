//! The seam between the Calendar API and what it reads and writes: what a source has to be able to do beside keeping
//! the synchronization current. Who may write what and when is decided elsewhere, the same for all of them.

use std::fmt;

use async_trait::async_trait;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Error;

/// A source whose calendars can be written.
#[async_trait]
pub trait Writable: Send + Sync {
    /// How requests name the mailbox of an address.
    async fn mailbox(&self, address: &str) -> Result<String, Error>;

    /// When these mailboxes are busy between two instants, in their order.
    async fn busy(&self, addresses: &[String], from: i64, to: i64) -> Result<Vec<Schedule>, Error>;

    /// The zone in which a mailbox has its days; empty if it cannot be known.
    async fn zone(&self, mailbox: &str) -> Result<String, Error>;

    /// Whether appointments of a mailbox can be meetings in Teams.
    async fn offers_online(&self, mailbox: &str) -> Result<bool, Error>;

    /// The appointment that carries a mark.
    async fn marked(&self, mailbox: &str, mark: &str) -> Result<Option<Event>, Error>;

    /// What takes place between two instants.
    async fn view(&self, mailbox: &str, from: i64, to: i64) -> Result<Vec<Slot>, Error>;

    /// An appointment; `None` if it is gone.
    async fn get(&self, mailbox: &str, id: &str) -> Result<Option<Event>, Error>;

    /// Creates an appointment, and mails nobody.
    async fn create(&self, mailbox: &str, new: &New) -> Result<Event, Failure>;

    /// Changes an appointment, if it is in this version.
    async fn update(&self, mailbox: &str, id: &str, version: &str, change: &Change)
    -> Result<Event, Failure>;

    /// Deletes an appointment, if it is in this version.
    async fn delete(&self, mailbox: &str, id: &str, version: &str) -> Result<(), Failure>;
}

/// How a time is shown to others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Shown {
    /// As free.
    Free,
    /// As tentative.
    Tentative,
    /// As busy.
    #[default]
    Busy,
    /// As out of office.
    Oof,
    /// As working elsewhere.
    WorkingElsewhere,
    /// Nobody knows.
    #[serde(other)]
    Unknown,
}

impl Shown {
    /// Whether somebody cannot have another appointment then.
    pub const fn blocks(self) -> bool {
        !matches!(self, Self::Free | Self::WorkingElsewhere)
    }
}

/// When an appointment takes place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum When {
    /// From one instant to another, in milliseconds since the epoch.
    Time {
        /// The first instant.
        start: i64,
        /// The first instant after it.
        end: i64,
    },
    /// On dates.
    Days {
        /// The first.
        start: NaiveDate,
        /// The first after it.
        end: NaiveDate,
        /// The zone in which they are meant.
        zone: String,
    },
}

/// What tells an appointment of ours from all others, and from one that is written a second time.
#[derive(Clone, PartialEq, Eq)]
pub struct Mark {
    /// It is looked for by this text.
    pub text: String,
    /// By this the source knows a request again.
    pub transaction: Uuid,
}

impl fmt::Debug for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mark(…)")
    }
}

/// What an appointment says beside its time.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// Title.
    pub subject: String,
    /// Place.
    pub location: String,
    /// Text.
    pub notes: String,
    /// How it is shown.
    pub show_as: Shown,
    /// Whether others see nothing but the time.
    pub private: bool,
    /// Minutes before the start; none without a reminder.
    pub reminder: Option<u32>,
}

/// An appointment to be created.
#[derive(Clone, PartialEq, Eq)]
pub struct New {
    /// What it carries.
    pub mark: Mark,
    /// When it takes place.
    pub when: When,
    /// What it says.
    pub content: Content,
    /// Whether it is a meeting in Teams.
    pub online: bool,
}

/// A change of an appointment; what is `None` stays.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Another time.
    pub when: Option<When>,
    /// Another title.
    pub subject: Option<String>,
    /// Another place.
    pub location: Option<String>,
    /// Another text.
    pub notes: Option<String>,
    /// Shown otherwise.
    pub show_as: Option<Shown>,
    /// Made private, or public.
    pub private: Option<bool>,
    /// Another reminder, or none.
    pub reminder: Option<Option<u32>>,
}

/// An appointment as it stands in the calendar.
#[derive(Clone, PartialEq, Eq)]
pub struct Event {
    /// Its id, which stays when it is moved.
    pub id: String,
    /// Changes with every change.
    pub version: String,
    /// When it was made; the source's clock, in its smallest unit.
    pub created: i64,
    /// When it takes place.
    pub when: When,
    /// What it says.
    pub content: Content,
    /// Whether somebody is invited.
    pub has_attendees: bool,
    /// Where it takes place in Teams.
    pub join_url: Option<String>,
}

/// What a calendar has at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its id.
    pub id: String,
    /// When it was made, as of [`Event`].
    pub created: i64,
    /// The first instant. Of whole days: of the dates in UTC.
    pub start: i64,
    /// The first instant after it.
    pub end: i64,
    /// Whether they are dates.
    pub whole_days: bool,
    /// How it is shown.
    pub show_as: Shown,
    /// Whether it was called off.
    pub cancelled: bool,
}

/// When a mailbox is busy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Its address, as it was asked for.
    pub address: String,
    /// Times, or that there are none to be had.
    pub busy: Option<Vec<Busy>>,
}

/// A time at which somebody is not free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Busy {
    /// The first instant.
    pub start: i64,
    /// The first instant after it.
    pub end: i64,
    /// How it is shown.
    pub status: Shown,
}

/// Why something was not written, or may not have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It was refused: nothing has been written.
    Refused(Error),
    /// It is in another version.
    Changed,
    /// It is gone.
    Gone,
    /// Something has been created with this mark already.
    Taken,
    /// Nobody knows whether it has been written.
    Lost(Error),
}
