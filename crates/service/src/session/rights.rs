//! What a login may do. Guesses about real PBXs stand here and nowhere else.

use appwebsocket::Credentials;
use serde_json::{Map, Value};

/// The app of the PBX Manager's plugins.
const MANAGER: &str = "-";
/// The app of the administrators.
const ADMIN: &str = "pbxcalendar-calendaradmin";
/// The app in which users see their own calendar.
const MY: &str = "pbxcalendar-my";
/// The app over which the PBX connects.
pub(super) const SERVICE: &str = "pbxcalendar-calendar";

/// Rights of a connection. The password has been checked, it is the same for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rights {
    /// None: before the login, or after one that is none of the others.
    None,
    /// Configures the service.
    Manager,
    /// May become a PBX by sending `PbxInfo` as its first message.
    PbxToBe,
    /// Is a PBX.
    Pbx,
    /// A user, whom his own calendar concerns.
    User,
}

impl Rights {
    /// A guess: that a PBX logs in with neither `sip` nor `guid`, as it leaves them out of other logins.
    pub fn of(login: &Credentials<'_>) -> Self {
        let is_user = !(login.sip.is_empty() && login.guid.is_empty());
        match login.app {
            MANAGER | ADMIN => Self::Manager,
            SERVICE if !is_user && is_of_pbx(login) => Self::PbxToBe,
            _ if is_user => Self::User,
            _ => Self::None,
        }
    }
}

/// Whether the PBX itself can have made this login. Users choose their display names, and the digest of a user's login
/// is also that of one whose name ends where the user's has a colon; so a name with a colon, and an `info` other than
/// the PBX sends, make no PBX.
fn is_of_pbx(login: &Credentials<'_>) -> bool {
    let is_published = |info: &str| {
        serde_json::from_str::<Map<String, Value>>(info)
            .is_ok_and(|info| info.iter().all(|(name, value)| is_published(name, value)))
    };
    !login.dn.contains(':') && login.info.is_none_or(is_published)
}

/// [I] What `info` of the login of a PBX may hold. Of most fields the name alone is published.
fn is_published(name: &str, value: &Value) -> bool {
    match name {
        "appobj" | "appdn" | "appurl" | "pbx" | "cn" | "testmode" => !value.is_object() && !value.is_array(),
        "lics" | "apps" => !value.is_object(),
        _ => false,
    }
}

/// The name under which failed logins of an app are counted: all that we do not know share one.
pub(super) fn counted_as(app: &str) -> &'static str {
    [MANAGER, ADMIN, MY, SERVICE].into_iter().find(|known| *known == app).unwrap_or("other")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_follow_app_and_user() {
        let rights = |app, sip, guid| Rights::of(&Credentials { app, sip, guid, ..Credentials::default() });
        assert_eq!(rights("-", "", ""), Rights::Manager);
        assert_eq!(rights("-", "admin", "00"), Rights::Manager);
        assert_eq!(rights("pbxcalendar-calendaradmin", "anna", "1f"), Rights::Manager);
        assert_eq!(rights("pbxcalendar-calendar", "", ""), Rights::PbxToBe);
        assert_eq!(rights("pbxcalendar-calendar", "anna", ""), Rights::User);
        assert_eq!(rights("pbxcalendar-calendar", "", "1f"), Rights::User);
        assert_eq!(rights("pbxcalendar-calendaradmin2", "anna", ""), Rights::User);
        assert_eq!(rights("PbxCalendar-CalendarAdmin", "", ""), Rights::None);
        assert_eq!(rights("", "", ""), Rights::None);
    }

    #[test]
    fn what_could_be_a_users_login_makes_no_pbx() {
        let rights = |dn, info| Rights::of(&Credentials { app: SERVICE, dn, info, ..Credentials::default() });
        let published = r#"{"appobj":"calendar","appdn":"Calendar","appurl":"https://x/","pbx":"master","cn":"c",
            "testmode":true,"lics":["a"],"apps":[{"name":"x"}]}"#;
        for info in [None, Some("{}"), Some(published)] {
            assert_eq!(rights("Calendar", info), Rights::PbxToBe, "{info:?}");
        }
        assert_eq!(rights("Calendar:Anna", None), Rights::None);
        for info in [
            r#"{"unlicensed":true}"#,
            r#"{"pbx":{"name":"master"}}"#,
            r#"{"cn":["a"]}"#,
            r#"{"apps":{}}"#,
            r#"{"groups":[]}"#,
            "[]",
            "null",
            "1",
        ] {
            assert_eq!(rights("Calendar", Some(info)), Rights::None, "{info}");
        }
    }
}
