use serde::Serialize;

/// The activities that clients know.
pub(crate) const ACTIVITIES: [&str; 4] = ["", "away", "busy", "dnd"];

/// The contact under which a calendar app writes.
pub(crate) const CALENDAR: &str = "calendar:";

/// One entry of a user's presence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Presence {
    /// Who speaks: `tel:` the user, `im:` the client, `calendar:` a calendar app.
    pub contact: String,
    /// Whether the user can be reached there; the PBX sets it.
    pub status: String,
    /// Empty for available, `away`, `busy` or `dnd`.
    pub activity: String,
    /// The text shown.
    pub note: String,
}

impl Presence {
    /// An open presence.
    pub fn new(contact: &str, activity: &str, note: &str) -> Self {
        Self { contact: contact.into(), status: "open".into(), activity: activity.into(), note: note.into() }
    }

    /// A calendar app's presence.
    pub fn calendar(activity: &str, note: &str) -> Self {
        Self::new(CALENDAR, activity, note)
    }
}

/// Puts a presence at the head, in place of the one of the same contact: what was set last is shown.
pub(crate) fn put(presences: &mut Vec<Presence>, presence: Presence) {
    presences.retain(|other| other.contact != presence.contact);
    presences.insert(0, presence);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_entry_is_the_first_and_the_only_one_of_its_contact() {
        let mut presences = Vec::new();
        put(&mut presences, Presence::calendar("", "Free"));
        put(&mut presences, Presence::new("tel:", "away", "Lunch"));
        put(&mut presences, Presence::calendar("busy", "Meeting"));
        assert_eq!(
            presences,
            [Presence::calendar("busy", "Meeting"), Presence::new("tel:", "away", "Lunch")]
        );
    }
}
