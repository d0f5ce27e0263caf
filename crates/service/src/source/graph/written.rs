//! What is written to Graph for the Calendar API, and what its answers say.

use chrono::{DateTime, NaiveDateTime, SecondsFormat};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json, json};

use super::classify::unreadable;
use crate::json::lenient;
use crate::source::Error;
use crate::source::writing::{Busy, Change, Content, Event, New, Schedule, Shown, Slot, When};

/// The named property that carries a mark. The set is ours alone.
pub(super) const PROPERTY: &str = "String {8d4b1c9e-3f5a-4d0e-9b6c-2a7e51f0c3d8} Name pbxCalendarApi";

/// Reads an answer.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    serde_json::from_str(&lenient(body)).map_err(|_| unreadable())
}

/// An instant as it stands in an address.
pub(super) fn timestamp(instant: i64) -> String {
    DateTime::from_timestamp_millis(instant).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn wall(instant: i64) -> String {
    DateTime::from_timestamp_millis(instant).unwrap_or_default().format("%Y-%m-%dT%H:%M:%S").to_string()
}

fn point(wall: impl Into<String>, zone: &str) -> Json {
    json!({"dateTime": wall.into(), "timeZone": zone})
}

/// The body of `getSchedule`.
pub(super) fn schedule_request(addresses: &[String], from: i64, to: i64) -> Json {
    json!({
        "schedules": addresses,
        "startTime": point(wall(from), "UTC"),
        "endTime": point(wall(to), "UTC"),
        "availabilityViewInterval": 60,
    })
}

/// The event that is created.
pub(super) fn new(new: &New) -> Json {
    let New { mark, when, content, online } = new;
    let mut event = Map::new();
    put_time(&mut event, when);
    put_subject(&mut event, &content.subject);
    put_location(&mut event, &content.location);
    put_notes(&mut event, &content.notes);
    put_shown(&mut event, content.show_as);
    put_private(&mut event, content.private);
    put_reminder(&mut event, content.reminder);
    if *online {
        event.insert("isOnlineMeeting".into(), true.into());
        event.insert("onlineMeetingProvider".into(), "teamsForBusiness".into());
    }
    event.insert("transactionId".into(), mark.transaction.to_string().into());
    let property = json!([{"id": PROPERTY, "value": mark.text}]);
    event.insert("singleValueExtendedProperties".into(), property);
    event.into()
}

/// What changes, and nothing else.
pub(super) fn change(change: &Change) -> Json {
    let mut event = Map::new();
    if let Some(when) = &change.when {
        put_time(&mut event, when);
    }
    if let Some(subject) = &change.subject {
        put_subject(&mut event, subject);
    }
    if let Some(location) = &change.location {
        put_location(&mut event, location);
    }
    if let Some(notes) = &change.notes {
        put_notes(&mut event, notes);
    }
    if let Some(show_as) = change.show_as {
        put_shown(&mut event, show_as);
    }
    if let Some(private) = change.private {
        put_private(&mut event, private);
    }
    if let Some(reminder) = change.reminder {
        put_reminder(&mut event, reminder);
    }
    event.into()
}

fn put_time(event: &mut Map<String, Json>, when: &When) {
    let (start, end) = match when {
        When::Time { start, end } => (point(wall(*start), "UTC"), point(wall(*end), "UTC")),
        When::Days { start, end, zone } => {
            let midnight = |date| point(format!("{date}T00:00:00"), zone);
            (midnight(start), midnight(end))
        }
    };
    event.insert("start".into(), start);
    event.insert("end".into(), end);
    event.insert("isAllDay".into(), matches!(when, When::Days { .. }).into());
}

fn put_subject(event: &mut Map<String, Json>, subject: &str) {
    event.insert("subject".into(), subject.into());
}

fn put_location(event: &mut Map<String, Json>, location: &str) {
    event.insert("location".into(), json!({"displayName": location}));
}

fn put_notes(event: &mut Map<String, Json>, notes: &str) {
    event.insert("body".into(), json!({"contentType": "text", "content": notes}));
}

fn put_shown(event: &mut Map<String, Json>, show_as: Shown) {
    event.insert("showAs".into(), json!(show_as));
}

fn put_private(event: &mut Map<String, Json>, private: bool) {
    event.insert("sensitivity".into(), if private { "private" } else { "normal" }.into());
}

fn put_reminder(event: &mut Map<String, Json>, reminder: Option<u32>) {
    event.insert("isReminderOn".into(), reminder.is_some().into());
    if let Some(minutes) = reminder {
        event.insert("reminderMinutesBeforeStart".into(), minutes.into());
    }
}

/// A start or an end in UTC, as was asked for.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Point {
    date_time: NaiveDateTime,
}

impl Point {
    fn instant(&self) -> i64 {
        self.date_time.and_utc().timestamp_millis()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    #[serde(default)]
    content: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    #[serde(default)]
    display_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Meeting {
    #[serde(default)]
    join_url: Option<String>,
}

/// An event.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct EventAnswer {
    id: String,
    #[serde(rename = "@odata.etag")]
    etag: String,
    created_date_time: DateTime<chrono::Utc>,
    start: Point,
    end: Point,
    is_all_day: bool,
    #[serde(default)]
    subject: Option<String>,
    #[serde(default)]
    location: Option<Place>,
    #[serde(default)]
    body: Option<Body>,
    #[serde(default)]
    show_as: Option<Shown>,
    #[serde(default)]
    sensitivity: Option<String>,
    #[serde(default)]
    is_reminder_on: bool,
    #[serde(default)]
    reminder_minutes_before_start: Option<u32>,
    #[serde(default)]
    attendees: Vec<serde::de::IgnoredAny>,
    #[serde(default)]
    online_meeting: Option<Meeting>,
}

/// Several of them.
#[derive(Deserialize)]
pub(super) struct EventsAnswer {
    pub value: Vec<EventAnswer>,
}

impl EventAnswer {
    pub fn event(self) -> Result<Event, Error> {
        let when = if self.is_all_day {
            let (start, end) = (self.start.date_time.date(), self.end.date_time.date());
            When::Days { start, end, zone: String::new() }
        } else {
            When::Time { start: self.start.instant(), end: self.end.instant() }
        };
        let content = Content {
            subject: self.subject.unwrap_or_default(),
            location: self.location.and_then(|place| place.display_name).unwrap_or_default(),
            notes: self.body.map(|body| body.content).unwrap_or_default(),
            show_as: self.show_as.unwrap_or(Shown::Unknown),
            private: self.sensitivity.is_some_and(|word| word == "private" || word == "confidential"),
            reminder: self.reminder_minutes_before_start.filter(|_| self.is_reminder_on),
        };
        Ok(Event {
            id: self.id,
            version: version(&self.etag).ok_or_else(unreadable)?,
            created: self.created_date_time.timestamp_micros(),
            when,
            content,
            has_attendees: !self.attendees.is_empty(),
            join_url: self.online_meeting.and_then(|meeting| meeting.join_url),
        })
    }
}

/// What stands between the quotes of `W/"…"`.
fn version(etag: &str) -> Option<String> {
    etag.strip_prefix("W/\"")?.strip_suffix('"').map(str::to_owned)
}

/// A page of a calendar view.
#[derive(Deserialize)]
pub(super) struct ViewAnswer {
    pub value: Vec<SlotAnswer>,
    #[serde(rename = "@odata.nextLink")]
    pub next: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SlotAnswer {
    id: String,
    created_date_time: DateTime<chrono::Utc>,
    start: Point,
    end: Point,
    is_all_day: bool,
    #[serde(default)]
    is_cancelled: bool,
    #[serde(default)]
    show_as: Option<Shown>,
}

impl SlotAnswer {
    pub fn slot(self) -> Slot {
        Slot {
            id: self.id,
            created: self.created_date_time.timestamp_micros(),
            start: self.start.instant(),
            end: self.end.instant(),
            whole_days: self.is_all_day,
            show_as: self.show_as.unwrap_or(Shown::Unknown),
            cancelled: self.is_cancelled,
        }
    }
}

/// What `getSchedule` answers.
#[derive(Deserialize)]
pub(super) struct ScheduleAnswer {
    value: Vec<ScheduleRow>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ScheduleRow {
    schedule_id: String,
    #[serde(default)]
    schedule_items: Option<Vec<ScheduleItem>>,
    #[serde(default)]
    error: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct ScheduleItem {
    status: Shown,
    start: Point,
    end: Point,
}

impl ScheduleAnswer {
    /// In the order in which they were asked for. Of whom nothing is said nothing is known.
    pub fn schedules(self, addresses: &[String]) -> Vec<Schedule> {
        let mut rows = self.value;
        let of = |address: &String| {
            let place = rows.iter().position(|row| row.schedule_id.eq_ignore_ascii_case(address));
            let row = place.map(|place| rows.swap_remove(place)).filter(|row| row.error.is_none());
            let busy = row.map(|row| row.schedule_items.unwrap_or_default().iter().map(busy).collect());
            Schedule { address: address.clone(), busy }
        };
        addresses.iter().map(of).collect()
    }
}

fn busy(item: &ScheduleItem) -> Busy {
    Busy { start: item.start.instant(), end: item.end.instant(), status: item.status }
}
