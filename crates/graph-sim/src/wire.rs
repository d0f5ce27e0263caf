//! The JSON of events, with the fields and the order of the published examples.

use serde::Serialize;

use crate::appointment::{Sensitivity, ShowAs};

/// An element of `value` in a delta answer.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Row<'a> {
    Full(Box<Event<'a>>),
    Bare(Bare),
    Removed(Removed),
}

/// An event with all its properties.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "the fields are those of Microsoft Graph")]
pub(crate) struct Event<'a> {
    #[serde(rename = "@odata.context", skip_serializing_if = "Option::is_none")]
    pub(crate) context: Option<String>,
    #[serde(rename = "@odata.type", skip_serializing_if = "Option::is_none")]
    pub(crate) odata_type: Option<&'static str>,
    #[serde(rename = "@odata.etag")]
    pub(crate) etag: String,
    pub(crate) created_date_time: String,
    pub(crate) last_modified_date_time: String,
    pub(crate) change_key: String,
    pub(crate) categories: &'a [String],
    pub(crate) transaction_id: Option<&'a str>,
    pub(crate) original_start_time_zone: &'a str,
    pub(crate) original_end_time_zone: &'a str,
    pub(crate) i_cal_u_id: String,
    pub(crate) reminder_minutes_before_start: u32,
    pub(crate) is_reminder_on: bool,
    pub(crate) has_attachments: bool,
    pub(crate) subject: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) body_preview: Option<String>,
    pub(crate) importance: &'static str,
    pub(crate) sensitivity: Sensitivity,
    pub(crate) is_all_day: bool,
    pub(crate) is_cancelled: bool,
    pub(crate) is_organizer: bool,
    pub(crate) response_requested: bool,
    pub(crate) series_master_id: Option<String>,
    pub(crate) show_as: ShowAs,
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) web_link: String,
    pub(crate) online_meeting_url: Option<&'static str>,
    pub(crate) is_online_meeting: bool,
    pub(crate) online_meeting_provider: &'static str,
    pub(crate) allow_new_time_proposals: bool,
    pub(crate) is_draft: bool,
    pub(crate) hide_attendees: bool,
    pub(crate) response_status: ResponseStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<Body>,
    pub(crate) start: WireTime<'a>,
    pub(crate) end: WireTime<'a>,
    pub(crate) location: Location<'a>,
    pub(crate) locations: [&'static str; 0],
    pub(crate) recurrence: Option<Recurrence<'a>>,
    pub(crate) attendees: Vec<Attendee<'a>>,
    pub(crate) organizer: Recipient<'a>,
    pub(crate) online_meeting: Option<OnlineMeeting<'a>>,
    pub(crate) id: String,
}

/// Where it takes place in Teams.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OnlineMeeting<'a> {
    pub(crate) join_url: &'a str,
}

/// An occurrence in a delta answer: id, times and master, nothing else.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Bare {
    #[serde(rename = "@odata.type")]
    pub(crate) odata_type: &'static str,
    #[serde(rename = "@odata.etag")]
    pub(crate) etag: String,
    pub(crate) series_master_id: String,
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) start: OwnedWireTime,
    pub(crate) end: OwnedWireTime,
    pub(crate) id: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Removed {
    #[serde(rename = "@odata.type")]
    pub(crate) odata_type: &'static str,
    pub(crate) id: String,
    #[serde(rename = "@removed")]
    pub(crate) why: Reason,
}

#[derive(Debug, Serialize)]
pub(crate) struct Reason {
    pub(crate) reason: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireTime<'a> {
    pub(crate) date_time: String,
    pub(crate) time_zone: &'a str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OwnedWireTime {
    pub(crate) date_time: String,
    pub(crate) time_zone: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct ResponseStatus {
    pub(crate) response: &'static str,
    pub(crate) time: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Body {
    pub(crate) content_type: &'static str,
    pub(crate) content: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Location<'a> {
    pub(crate) display_name: &'a str,
    #[serde(rename = "locationType")]
    pub(crate) kind: &'static str,
    pub(crate) unique_id_type: &'static str,
    pub(crate) address: Empty,
    pub(crate) coordinates: Empty,
}

#[derive(Debug, Serialize)]
pub(crate) struct Empty {}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Recipient<'a> {
    pub(crate) email_address: EmailAddress<'a>,
}

#[derive(Debug, Serialize)]
pub(crate) struct EmailAddress<'a> {
    pub(crate) name: &'a str,
    pub(crate) address: &'a str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Attendee<'a> {
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) status: ResponseStatus,
    pub(crate) email_address: EmailAddress<'a>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Recurrence<'a> {
    pub(crate) pattern: Pattern,
    pub(crate) range: Range<'a>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Pattern {
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) interval: u32,
    pub(crate) month: u32,
    pub(crate) day_of_month: u32,
    pub(crate) days_of_week: Vec<&'static str>,
    pub(crate) first_day_of_week: &'static str,
    pub(crate) index: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Range<'a> {
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) start_date: String,
    pub(crate) end_date: String,
    pub(crate) recurrence_time_zone: &'a str,
    pub(crate) number_of_occurrences: u32,
}
