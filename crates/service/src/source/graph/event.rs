//! What an answer of Graph says of an event. Bodies and attendees, which it sends too, are dropped while reading.

use calendar::appointment::{Sensitivity, ShowAs, whole_days};
use chrono::{Datelike, NaiveDateTime, NaiveTime};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::field::Field;
use super::zone;
use crate::source::record::{Record, Times};
use crate::zones::Zone;

/// One entry of a calendar view: what became of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is gone, or out of the window, or has never been in it.
    Removed {
        /// Its id.
        id: String,
    },
    /// It is there.
    Event(Event),
}

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its id.
    pub id: String,
    /// What it is in a series, if anything.
    pub kind: Kind,
    /// When it begins. For a series master: when its first occurrence does.
    pub start: Point,
    /// When it ends.
    pub end: Point,
    /// What a bare occurrence lacks and its master has.
    pub properties: Option<Properties>,
}

/// What an event is in a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It stands for itself.
    Single,
    /// The series as a whole; no appointment of its own.
    Master,
    /// As the series has it.
    Occurrence {
        /// Id of the master.
        series: String,
    },
    /// Differs from the series.
    Exception {
        /// Id of the master.
        series: String,
    },
}

/// The date and time of a start or an end, as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    time: NaiveDateTime,
    zone: Zone,
}

/// What an event says beside its times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Properties {
    /// Title.
    pub subject: String,
    /// What it means for presence.
    pub show_as: ShowAs,
    /// How confidential it is.
    pub sensitivity: Sensitivity,
    /// E-mail address of the organizer, empty if unknown.
    pub organizer: String,
    /// Whether its times are dates.
    pub all_day: bool,
    /// Whether it was called off.
    pub cancelled: bool,
    /// Whether the user has said no.
    pub declined: bool,
    /// Names of its categories.
    pub categories: Vec<String>,
}

impl Event {
    /// The event with what it, or its master, says beside its times. `None` for a master, which is no appointment,
    /// and for times that are none.
    pub fn record(self, properties: Properties) -> Option<Record> {
        let times = if properties.all_day {
            let (start, end) = whole_days(self.start.time(), self.end.time());
            Times::Days(start, end)
        } else {
            Times::Time(self.start.instant()?, self.end.instant()?)
        };
        let series = match self.kind {
            Kind::Single => None,
            Kind::Master => return None,
            Kind::Occurrence { series } | Kind::Exception { series } => Some(series),
        };
        Some(Record {
            id: self.id,
            series,
            subject: Record::title(&properties.subject),
            times,
            show_as: properties.show_as,
            sensitivity: properties.sensitivity,
            organizer: properties.organizer,
            cancelled: properties.cancelled,
            declined: properties.declined,
            categories: Record::categories(&properties.categories),
            zone: None,
            is_open: false,
        })
    }

    /// Whether it looks like a whole day, as far as its times tell.
    pub fn is_from_midnight_to_midnight(&self) -> bool {
        let is_midnight = |point: &Point| point.time.time() == NaiveTime::MIN;
        is_midnight(&self.start) && is_midnight(&self.end) && self.start.time < self.end.time
    }
}

impl Properties {
    /// What an occurrence says whose series cannot be read: taken time.
    pub fn unknown() -> Self {
        Self {
            subject: String::new(),
            show_as: ShowAs::Busy,
            sensitivity: Sensitivity::Normal,
            organizer: String::new(),
            all_day: false,
            cancelled: false,
            declined: false,
            categories: Vec::new(),
        }
    }
}

impl Point {
    /// The date and time as they are written, never converted: so whole days are meant.
    pub fn time(self) -> NaiveDateTime {
        self.time
    }

    /// The instant, in milliseconds.
    pub fn instant(self) -> Option<i64> {
        zone::instant(self.time, self.zone)
    }
}

/// An entry of `value`, with what is read of it.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct RawEvent {
    #[serde(rename = "@removed")]
    removed: Option<IgnoredAny>,
    r#type: Field<String>,
    series_master_id: Field<String>,
    subject: Field<String>,
    start: Field<RawPoint>,
    end: Field<RawPoint>,
    is_all_day: Field<bool>,
    show_as: Field<String>,
    sensitivity: Field<String>,
    organizer: Field<RawOrganizer>,
    is_cancelled: Field<bool>,
    response_status: Field<RawResponse>,
    categories: Field<Vec<String>>,
}

#[derive(Deserialize)]
struct RawResponse {
    response: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawPoint {
    date_time: String,
    #[serde(default)]
    time_zone: Field<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawOrganizer {
    email_address: Option<RawAddress>,
}

#[derive(Deserialize)]
struct RawAddress {
    address: Option<String>,
}

impl RawEvent {
    /// What became of the event with this id; `None` if its times cannot be read.
    pub fn change(self, id: String) -> Option<Change> {
        if self.removed.is_some() {
            return Some(Change::Removed { id });
        }
        let kind = self.kind();
        let point = |field: Field<&RawPoint>| field.ok()?.point();
        let (start, end) = (point(self.start.as_ref())?, point(self.end.as_ref())?);
        // A bare occurrence has neither; no other event lacks both.
        let is_bare = !self.show_as.is_there() && !self.subject.is_there();
        let properties = (!(is_bare && matches!(kind, Kind::Occurrence { .. }))).then(|| self.properties());
        Some(Change::Event(Event { id, kind, start, end, properties }))
    }

    fn kind(&self) -> Kind {
        match (self.r#type.as_ref().ok().map(String::as_str), self.series_master_id.clone().ok()) {
            (Some("seriesMaster"), _) => Kind::Master,
            (Some("exception"), Some(series)) => Kind::Exception { series },
            (Some("occurrence"), Some(series)) => Kind::Occurrence { series },
            _ => Kind::Single,
        }
    }

    pub fn properties(self) -> Properties {
        let organizer = self.organizer.ok().and_then(|organizer| organizer.email_address?.address);
        let response = self.response_status.ok().and_then(|status| status.response);
        Properties {
            subject: self.subject.ok().unwrap_or_default(),
            show_as: show_as(self.show_as),
            sensitivity: sensitivity(self.sensitivity),
            organizer: organizer.unwrap_or_default(),
            all_day: self.is_all_day.ok().unwrap_or_default(),
            cancelled: self.is_cancelled.ok().unwrap_or_default(),
            declined: response.as_deref() == Some("declined"),
            categories: self.categories.ok().unwrap_or_default(),
        }
    }
}

impl RawPoint {
    pub fn point(&self) -> Option<Point> {
        let text = self.date_time.strip_suffix('Z').unwrap_or(&self.date_time);
        let time = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
        // Times are asked for in UTC; a zone that nobody knows changes nothing about that.
        let name = self.time_zone.as_ref().ok();
        let zone = name.and_then(|name| zone::zone(name)).or_else(|| zone::zone("UTC"))?;
        // The years that Graph knows; beyond them arithmetic could overflow.
        (1..=9999).contains(&time.year()).then_some(Point { time, zone })
    }
}

/// Graph calls *No data* `unknown`; a word that it may have one day says as little. Without any it is taken time.
fn show_as(word: Field<String>) -> ShowAs {
    match word {
        Field::Absent => ShowAs::Busy,
        Field::Unreadable => ShowAs::NoData,
        Field::Is(word) => {
            ShowAs::ALL.into_iter().find(|value| value.name() == word).unwrap_or(ShowAs::NoData)
        }
    }
}

/// A word that this version does not know hides the title: better once too often.
fn sensitivity(word: Field<String>) -> Sensitivity {
    match word {
        Field::Absent => Sensitivity::Normal,
        Field::Unreadable => Sensitivity::Private,
        Field::Is(word) => {
            Sensitivity::ALL.into_iter().find(|value| value.name() == word).unwrap_or(Sensitivity::Private)
        }
    }
}
