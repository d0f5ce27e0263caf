//! From appointments to events on the wire.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, NaiveDateTime, NaiveTime, SecondsFormat, Utc, Weekday};

use crate::appointment::{Appointment, Details, Series, Time};
use crate::calendar::{Item, View};
use crate::directory::User;
use crate::id::EventId;
use crate::recurrence::Occurrence;
use crate::wire::{
    Attendee, Bare, Body, EmailAddress, Empty, Event, Location, OnlineMeeting, OwnedWireTime, Pattern, Range,
    Reason, Recipient, Recurrence, Removed, ResponseStatus, Row, WireTime,
};
use crate::zone::Zone;

/// Clients have to drop bodies; this one is easy to find in whatever kept it.
const BODY: &str = "<html><head></head><body>Text of graph-sim that no client may keep.</body></html>";

/// How events are to be shown to this caller.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Showing<'a> {
    pub(crate) owner: &'a User,
    pub(crate) home: &'a Zone,
    /// The zone asked for with `Prefer: outlook.timezone`.
    pub(crate) zone: &'a Zone,
    /// `Calendars.ReadBasic` hides them.
    pub(crate) bodies: bool,
    /// Whether bodies are preferred as text.
    pub(crate) as_text: bool,
    /// Whether ids are preferred that stay.
    pub(crate) is_immutable: bool,
}

const EVENT: &str = "#microsoft.graph.event";

impl<'a> Showing<'a> {
    /// An item as it is: a single appointment, or the master of a series.
    pub(crate) fn item(self, view: &'a View<'_>) -> Event<'a> {
        let id = EventId::item(self.owner.id, view.key);
        match view.item.as_ref() {
            Item::Single(appointment) => {
                self.event(view, id, appointment, appointment.time, "singleInstance")
            }
            Item::Series(series) => {
                let mut event = self.event(view, id, &series.first, series.first.time, "seriesMaster");
                event.recurrence = Some(self.recurrence(series));
                event
            }
        }
    }

    /// An occurrence with all its properties: changed ones have their own, the others those of the series.
    pub(crate) fn occurrence(self, view: &'a View<'_>, series: &'a Series, of: &Occurrence<'a>) -> Event<'a> {
        let id = EventId { occurrence: Some(of.date), ..EventId::item(self.owner.id, view.key) };
        let kind = if of.exception.is_some() { "exception" } else { "occurrence" };
        let mut event = self.event(view, id, of.exception.unwrap_or(&series.first), of.time, kind);
        event.series_master_id = Some(EventId::item(self.owner.id, view.key).encode_as(self.is_immutable));
        event
    }

    /// The rows of a series in a delta answer: unchanged occurrences are bare.
    pub(crate) fn occurrence_row(
        self,
        view: &'a View<'_>,
        series: &'a Series,
        of: &Occurrence<'a>,
    ) -> Row<'a> {
        if of.exception.is_some() {
            return Row::Full(Box::new(self.occurrence(view, series, of).in_delta()));
        }
        let master = EventId::item(self.owner.id, view.key);
        let (start, end) = self.times(of.time);
        let time = |date_time| OwnedWireTime { date_time, time_zone: self.zone.name.clone() };
        Row::Bare(Bare {
            odata_type: EVENT,
            etag: etag(&change_key(view)),
            series_master_id: master.encode_as(self.is_immutable),
            kind: "occurrence",
            start: time(start),
            end: time(end),
            id: EventId { occurrence: Some(of.date), ..master }.encode_as(self.is_immutable),
        })
    }

    fn event(
        self,
        view: &View<'_>,
        id: EventId,
        of: &'a Appointment,
        time: Time,
        kind: &'static str,
    ) -> Event<'a> {
        let own = self.owner.mail.as_deref().unwrap_or(&self.owner.user_principal_name);
        let organizer = of.organizer.as_deref().unwrap_or(own);
        let is_organizer = organizer.eq_ignore_ascii_case(own);
        let (start, end) = self.times(time);
        let change_key = change_key(view);
        let id = id.encode_as(self.is_immutable);
        let details = &of.details;
        Event {
            context: None,
            odata_type: None,
            etag: etag(&change_key),
            created_date_time: stamp(view.created),
            last_modified_date_time: stamp(view.modified),
            change_key,
            categories: &of.categories,
            transaction_id: details.transaction_id.as_deref(),
            original_start_time_zone: &self.owner.time_zone,
            original_end_time_zone: &self.owner.time_zone,
            i_cal_u_id: format!("040000008200E00074C5B7101A82E008{:032X}", view.key.to_bits()),
            reminder_minutes_before_start: details.reminder.unwrap_or(15),
            is_reminder_on: details.reminder.is_some(),
            has_attachments: false,
            subject: &of.subject,
            body_preview: self.bodies.then(|| preview(details)),
            importance: "normal",
            sensitivity: of.sensitivity,
            is_all_day: of.is_whole_day(),
            is_cancelled: of.cancelled,
            is_organizer,
            response_requested: true,
            series_master_id: None,
            show_as: of.show_as,
            kind,
            web_link: format!("https://outlook.office365.com/owa/?itemid={id}&exvsurl=1&path=/calendar/item"),
            online_meeting_url: None,
            is_online_meeting: details.join_url.is_some(),
            online_meeting_provider: if details.join_url.is_some() { "teamsForBusiness" } else { "unknown" },
            allow_new_time_proposals: true,
            is_draft: false,
            hide_attendees: false,
            response_status: ResponseStatus {
                response: if is_organizer { "organizer" } else { "accepted" },
                time: "0001-01-01T00:00:00Z",
            },
            body: self.bodies.then(|| self.body(details)),
            start: WireTime { date_time: start, time_zone: &self.zone.name },
            end: WireTime { date_time: end, time_zone: &self.zone.name },
            location: Location {
                display_name: &details.location,
                kind: "default",
                unique_id_type: "unknown",
                address: Empty {},
                coordinates: Empty {},
            },
            locations: [],
            recurrence: None,
            attendees: self.attendees(is_organizer, details),
            organizer: Recipient { email_address: EmailAddress { name: organizer, address: organizer } },
            online_meeting: details.join_url.as_deref().map(|join_url| OnlineMeeting { join_url }),
            id,
        }
    }

    /// Who is invited by somebody else is one of the attendees.
    fn attendees(self, is_organizer: bool, details: &'a Details) -> Vec<Attendee<'a>> {
        let address = self.owner.mail.as_deref().unwrap_or(&self.owner.user_principal_name);
        let invited = Attendee {
            kind: "required",
            status: ResponseStatus { response: "accepted", time: "0001-01-01T00:00:00Z" },
            email_address: EmailAddress { name: &self.owner.display_name, address },
        };
        let of = |address: &'a String| Attendee {
            kind: "required",
            status: ResponseStatus { response: "none", time: "0001-01-01T00:00:00Z" },
            email_address: EmailAddress { name: address, address },
        };
        let others = details.attendees.iter().map(of);
        if is_organizer { others.collect() } else { [invited].into_iter().chain(others).collect() }
    }

    fn body(self, details: &Details) -> Body {
        let meeting = details.join_url.as_deref();
        if details.notes.is_empty() && meeting.is_none() {
            return Body { content_type: "html", content: BODY.to_owned() };
        }
        let link = meeting.map(|url| format!("\n\nJoin: {url}")).unwrap_or_default();
        let text = format!("{}{link}", details.notes);
        if self.as_text {
            return Body { content_type: "text", content: text };
        }
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let content = format!("<html><head></head><body>{escaped}</body></html>");
        Body { content_type: "html", content }
    }

    /// Instants are shown in the zone asked for; dates are midnights in whatever zone, never converted.
    fn times(self, time: Time) -> (String, String) {
        match time {
            Time::Hours { start, end } => (wall(self.zone.local(start)), wall(self.zone.local(end))),
            Time::Days { start, end } => {
                (wall(start.and_time(NaiveTime::MIN)), wall(end.and_time(NaiveTime::MIN)))
            }
        }
    }

    fn recurrence(self, series: &Series) -> Recurrence<'a> {
        let until = series.until.map(|date| date.to_string());
        Recurrence {
            pattern: Pattern {
                kind: "weekly",
                interval: series.interval.max(1),
                month: 0,
                day_of_month: 0,
                days_of_week: series.weekdays(self.home).into_iter().map(weekday).collect(),
                first_day_of_week: "monday",
                index: "first",
            },
            range: Range {
                kind: if until.is_some() { "endDate" } else { "noEnd" },
                start_date: series.first_date(self.home).to_string(),
                end_date: until.unwrap_or_else(|| "0001-01-01".into()),
                recurrence_time_zone: &self.owner.time_zone,
                number_of_occurrences: 0,
            },
        }
    }
}

impl Event<'_> {
    /// Delta answers name the type of every element.
    pub(crate) fn in_delta(mut self) -> Self {
        self.odata_type = Some(EVENT);
        self
    }
}

/// What is deleted, or no longer in the window, has its id alone.
pub(crate) fn removed(id: EventId) -> Row<'static> {
    Row::Removed(Removed { odata_type: EVENT, id: id.encode(), why: Reason { reason: "deleted" } })
}

fn preview(details: &Details) -> String {
    match details.notes.as_str() {
        "" => "Text of graph-sim that no client may keep.".to_owned(),
        notes => notes.chars().take(255).collect(),
    }
}

pub(crate) fn change_key(view: &View<'_>) -> String {
    let mut bytes = view.key.to_bits().to_be_bytes().to_vec();
    bytes.extend_from_slice(&view.changed.to_be_bytes());
    STANDARD.encode(bytes)
}

pub(crate) fn etag(change_key: &str) -> String {
    format!("W/\"{change_key}\"")
}

fn stamp(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Micros, true)
}

fn wall(local: NaiveDateTime) -> String {
    local.format("%Y-%m-%dT%H:%M:%S.0000000").to_string()
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "monday",
        Weekday::Tue => "tuesday",
        Weekday::Wed => "wednesday",
        Weekday::Thu => "thursday",
        Weekday::Fri => "friday",
        Weekday::Sat => "saturday",
        Weekday::Sun => "sunday",
    }
}
