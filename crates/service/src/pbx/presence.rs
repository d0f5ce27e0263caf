//! A presence under the contact of calendars, and the messages about it.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::PBX_API;

/// The contact under which calendars write.
const CONTACT: &str = "calendar:";
/// The one under which users themselves do.
const BY_HAND: &str = "tel:";

/// What colleagues see of a user's calendar.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Presence {
    /// Empty for free.
    pub activity: String,
    pub note: String,
}

/// The note holds a title, which belongs into no log.
impl fmt::Debug for Presence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Presence").field("activity", &self.activity).finish_non_exhaustive()
    }
}

impl Presence {
    pub fn new(activity: &str, note: &str) -> Self {
        Self { activity: activity.to_owned(), note: note.to_owned() }
    }

    /// [I] There is no message that removes a presence. Both texts empty is the only documented way to say
    /// nothing; whether the PBX then drops the entry is unknown.
    pub fn cleared() -> Self {
        Self::new("", "")
    }

    pub fn is_cleared(&self) -> bool {
        self.activity.is_empty() && self.note.is_empty()
    }
}

#[derive(Serialize)]
struct SetPresence<'a> {
    api: &'static str,
    mt: &'static str,
    sip: &'a str,
    guid: &'a str,
    contact: &'static str,
    activity: &'a str,
    note: &'a str,
}

/// `SetPresence`. Without `src`: its published schema has none and allows nothing else.
pub(super) fn set_presence(sip: &str, guid: &str, presence: &Presence) -> String {
    let Presence { activity, note } = presence;
    let message =
        SetPresence { api: PBX_API, mt: "SetPresence", sip, guid, contact: CONTACT, activity, note };
    // Texts always serialize.
    serde_json::to_string(&message).unwrap_or_default()
}

pub(super) fn subscribe(sip: &str, src: &str) -> String {
    json!({"api": PBX_API, "mt": "SubscribePresence", "sip": sip, "src": src}).to_string()
}

pub(super) fn unsubscribe(sip: &str, src: &str) -> String {
    json!({"api": PBX_API, "mt": "UnsubscribePresence", "sip": sip, "src": src}).to_string()
}

/// One entry of a `PresenceUpdate`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Entry {
    contact: String,
    activity: String,
    note: String,
}

/// The calendar's entry among those of a `PresenceUpdate`. What cannot be read is none of ours.
pub(super) fn calendar_entry(presence: &Value) -> Option<Presence> {
    entry(presence, CONTACT)
}

/// Whether a user has set a presence by hand.
pub(super) fn is_set_by_hand(presence: &Value) -> bool {
    entry(presence, BY_HAND).is_some_and(|entry| !entry.is_cleared())
}

fn entry(presence: &Value, contact: &str) -> Option<Presence> {
    let mut entries = presence.as_array()?.iter().filter_map(|entry| Entry::deserialize(entry).ok());
    let entry = entries.find(|entry| entry.contact == contact)?;
    Some(Presence { activity: entry.activity, note: entry.note })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn set_presence_has_exactly_the_published_fields() {
        let text = set_presence("anna", "1f", &Presence::new("busy", "Über \"7\" until 12:30 #busy"));
        let expected = json!({
            "api": "PbxApi", "mt": "SetPresence", "sip": "anna", "guid": "1f", "contact": "calendar:",
            "activity": "busy", "note": "Über \"7\" until 12:30 #busy",
        });
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), expected);
    }

    #[test]
    fn the_calendar_s_entry_is_found_among_others_and_among_rubbish() {
        let presence = json!([
            "text", {"contact": "tel:", "activity": "away", "note": "Lunch"}, {"contact": 7}, {},
            {"contact": "calendar:", "status": "open", "activity": "busy", "note": "x"},
        ]);
        assert_eq!(calendar_entry(&presence), Some(Presence::new("busy", "x")));
        assert!(is_set_by_hand(&presence));
        let taken_back =
            json!([{"contact": "tel:", "activity": "", "note": ""}, {"contact": "im:", "activity": "dnd"}]);
        assert!(!is_set_by_hand(&taken_back) && !is_set_by_hand(&json!(null)));
        for none in
            [json!([]), json!(null), json!("x"), json!([{"contact": "im:", "activity": "", "note": ""}])]
        {
            assert_eq!(calendar_entry(&none), None);
        }
    }

    #[test]
    fn a_note_does_not_show_in_debug_output() {
        assert_eq!(format!("{:?}", Presence::new("busy", "Secret")), "Presence { activity: \"busy\", .. }");
    }
}
