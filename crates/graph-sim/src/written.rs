//! What clients write of an event: read as strictly as Graph reads it.

use std::collections::BTreeMap;

use chrono::{NaiveDateTime, NaiveTime};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::appointment::{Appointment, Sensitivity, ShowAs, Time};
use crate::error::Refusal;
use crate::zone::Zone;

/// The writable fields of an event that the stand-in knows. Of recurrence and the like it knows nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub(crate) struct Written {
    subject: Option<String>,
    body: Option<Body>,
    start: Option<At>,
    end: Option<At>,
    is_all_day: Option<bool>,
    location: Option<Place>,
    show_as: Option<ShowAs>,
    sensitivity: Option<Sensitivity>,
    is_reminder_on: Option<bool>,
    reminder_minutes_before_start: Option<u32>,
    is_online_meeting: Option<bool>,
    online_meeting_provider: Option<String>,
    attendees: Option<Vec<Attendee>>,
    transaction_id: Option<String>,
    single_value_extended_properties: Option<Vec<Property>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Body {
    content_type: String,
    content: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct At {
    date_time: String,
    time_zone: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Place {
    display_name: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attendee {
    email_address: Address,
}

#[derive(Debug, Deserialize)]
struct Address {
    address: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Property {
    id: String,
    value: String,
}

/// Reads a body, and says like Graph what is wrong with it.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body)
        .map_err(|error| Refusal::new(400, "RequestBodyRead", format!("The request body is wrong: {error}.")))
}

fn invalid(message: &'static str) -> Refusal {
    Refusal::new(400, "ErrorPropertyValidationFailure", message)
}

impl At {
    /// The wall clock and its zone.
    fn wall(&self) -> Result<(NaiveDateTime, Zone), Refusal> {
        let zone = Zone::named(&self.time_zone).ok_or_else(|| {
            let message = format!(
                "A valid TimeZone value must be specified. The following TimeZone value is not supported: '{}'.",
                self.time_zone
            );
            Refusal::new(400, "TimeZoneNotSupportedException", message)
        })?;
        let wall = self.date_time.parse::<NaiveDateTime>();
        Ok((wall.map_err(|_| invalid("A DateTime value is not valid."))?, zone))
    }

    /// The instant that is meant.
    pub(crate) fn instant(&self) -> Result<chrono::DateTime<chrono::Utc>, Refusal> {
        let (wall, zone) = self.wall()?;
        Ok(zone.instant(wall))
    }
}

impl Written {
    /// An event that did not exist before.
    pub(crate) fn into_new(self, teams: bool, number: u64) -> Result<Appointment, Refusal> {
        if self.start.is_none() || self.end.is_none() {
            return Err(invalid("Start and End of an event are required."));
        }
        let now = chrono::DateTime::UNIX_EPOCH;
        let mut event = Appointment::new("", now, now);
        event.details.transaction_id.clone_from(&self.transaction_id);
        let properties = self.single_value_extended_properties.iter().flatten();
        let mut named = BTreeMap::new();
        for Property { id, value } in properties {
            if !is_named(id) {
                return Err(Refusal::new(400, "ErrorInvalidProperty", "The property id is malformed."));
            }
            named.insert(id.to_lowercase(), value.clone());
        }
        event.details.properties = named;
        // Where the calendar does not offer the provider, Graph makes an event that is no online meeting.
        let provider = self.online_meeting_provider.as_deref().unwrap_or("teamsForBusiness");
        let is_online = self.is_online_meeting == Some(true) && teams && provider == "teamsForBusiness";
        self.apply(&mut event)?;
        event.details.join_url =
            is_online.then(|| format!("https://teams.microsoft.com/l/meetup-join/{number}"));
        Ok(event)
    }

    /// Changes an event; what is left out stays.
    pub(crate) fn change(self, event: &mut Appointment) -> Result<(), Refusal> {
        if self.transaction_id.is_some() {
            return Err(invalid("The TransactionId of an event cannot be changed."));
        }
        if self.single_value_extended_properties.is_some() || self.is_online_meeting.is_some() {
            return Err(Refusal::left_out("this property in a change"));
        }
        if self.body.is_some() {
            // The link is part of the old body.
            event.details.join_url = None;
        }
        self.apply(event)
    }

    fn apply(self, event: &mut Appointment) -> Result<(), Refusal> {
        event.time = self.time(event.time)?;
        let details = &mut event.details;
        if let Some(subject) = self.subject {
            event.subject = subject;
        }
        if let Some(body) = self.body {
            if !body.content_type.eq_ignore_ascii_case("text") {
                return Err(Refusal::left_out("bodies as HTML"));
            }
            details.notes = body.content;
        }
        if let Some(place) = self.location {
            details.location = place.display_name;
        }
        event.show_as = self.show_as.unwrap_or(event.show_as);
        event.sensitivity = self.sensitivity.unwrap_or(event.sensitivity);
        let minutes = self.reminder_minutes_before_start.or(details.reminder).unwrap_or(15);
        match self.is_reminder_on {
            Some(false) => details.reminder = None,
            Some(true) => details.reminder = Some(minutes),
            None => details.reminder = details.reminder.map(|_| minutes),
        }
        if let Some(attendees) = self.attendees {
            details.attendees = attendees.into_iter().map(|one| one.email_address.address).collect();
        }
        Ok(())
    }

    fn time(&self, before: Time) -> Result<Time, Refusal> {
        let (Some(start), Some(end)) = (&self.start, &self.end) else {
            if self.start.is_some() || self.end.is_some() || self.is_all_day.is_some() {
                return Err(Refusal::left_out("a change of one end alone"));
            }
            return Ok(before);
        };
        let ((start, zone), (end, end_zone)) = (start.wall()?, end.wall()?);
        let is_all_day = self.is_all_day.unwrap_or(matches!(before, Time::Days { .. }));
        let time = if is_all_day {
            if start.time() != NaiveTime::MIN || end.time() != NaiveTime::MIN {
                return Err(invalid(
                    "The Event.Start property for an all-day event needs to be set to midnight.",
                ));
            }
            if start >= end {
                return Err(invalid("The duration of an event marked as all day must be at least 24 hours."));
            }
            Time::Days { start: start.date(), end: end.date() }
        } else {
            Time::Hours { start: zone.instant(start), end: end_zone.instant(end) }
        };
        if time.is_possible() { Ok(time) } else { Err(invalid("The end of an event is before its start.")) }
    }
}

/// `String {GUID} Name x`, the one form that is known here.
fn is_named(id: &str) -> bool {
    let mut words = id.splitn(4, ' ');
    let (kind, set, name) = (words.next(), words.next(), words.next());
    let set = set.and_then(|set| set.strip_prefix('{')?.strip_suffix('}'));
    kind == Some("String")
        && set.is_some_and(|set| uuid::Uuid::parse_str(set).is_ok())
        && name == Some("Name")
        && words.next().is_some_and(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_properties_have_one_form() {
        assert!(is_named("String {3fa0c1c5-9a6b-4d29-9a76-0d9f5a1b6c11} Name pbxCalendar"));
        for id in [
            "",
            "String 0x1234",
            "String {x} Name a",
            "Integer {3fa0c1c5-9a6b-4d29-9a76-0d9f5a1b6c11} Name a",
        ] {
            assert!(!is_named(id), "{id}");
        }
    }
}
