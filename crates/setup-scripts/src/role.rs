//! The application permissions that are asked for, and the manifest that asks for them.

use serde_json::json;

/// Microsoft Graph, as an application.
pub const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
/// Exchange Online, as an application.
pub const EXCHANGE: &str = "00000002-0000-0ff1-ce00-000000000000";

/// An application permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    /// Its name.
    pub name: &'static str,
    /// Its ID.
    pub id: &'static str,
    /// Whose it is.
    pub resource: &'static str,
}

/// Reads calendars.
pub const CALENDARS_READ: Role =
    Role { name: "Calendars.Read", id: "798ee544-9d2d-430c-a058-570e29e34338", resource: GRAPH };
/// Looks addresses up.
pub const USER_READ_ALL: Role =
    Role { name: "User.Read.All", id: "df021288-bdef-4463-88db-98f22de89214", resource: GRAPH };
/// Reads the time zones of mailboxes.
pub const MAILBOX_SETTINGS_READ: Role =
    Role { name: "MailboxSettings.Read", id: "40f97065-369a-49f4-947c-6a255697ae91", resource: GRAPH };
/// Opens all mailboxes over Exchange Web Services.
pub const FULL_ACCESS: Role =
    Role { name: "full_access_as_app", id: "dc890d15-9560-4a4c-9b7f-a736ec74ec40", resource: EXCHANGE };

/// What is granted in Entra. Limited to a group, what opens mailboxes is granted in Exchange: grants add up.
pub const fn graph(is_limited: bool) -> &'static [Role] {
    if is_limited { &[USER_READ_ALL] } else { &[CALENDARS_READ, USER_READ_ALL, MAILBOX_SETTINGS_READ] }
}

/// The same for Exchange Web Services.
pub const fn exchange(is_limited: bool) -> &'static [Role] {
    if is_limited { &[] } else { &[FULL_ACCESS] }
}

/// What is pasted into *Manifest* of the registration.
pub fn manifest(roles: &[Role]) -> String {
    let of = |resource: &str| {
        let own = roles.iter().filter(|role| role.resource == resource);
        let access: Vec<_> = own.map(|role| json!({"id": role.id, "type": "Role"})).collect();
        (!access.is_empty()).then(|| json!({"resourceAppId": resource, "resourceAccess": access}))
    };
    let wanted: Vec<_> = [GRAPH, EXCHANGE].into_iter().filter_map(of).collect();
    let text = serde_json::to_string_pretty(&wanted).unwrap_or_default();
    format!("\"requiredResourceAccess\": {text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_names_the_chosen_ones() {
        let text = format!("{{{}}}", manifest(&[CALENDARS_READ, FULL_ACCESS]));
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            read,
            serde_json::json!({"requiredResourceAccess": [
                {"resourceAppId": GRAPH, "resourceAccess": [{"id": CALENDARS_READ.id, "type": "Role"}]},
                {"resourceAppId": EXCHANGE, "resourceAccess": [{"id": FULL_ACCESS.id, "type": "Role"}]},
            ]})
        );
        assert_eq!(manifest(&[]), "\"requiredResourceAccess\": []");
    }
}
