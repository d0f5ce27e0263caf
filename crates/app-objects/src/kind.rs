use serde_json::Value as Json;

use crate::transport::body;

/// What an App object is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Over this one the PBX connects to the service.
    Calendar,
    /// The app with which administrators look at the service.
    Admin,
    /// The app in which users see and hide their own calendar.
    My,
}

/// What an App object may be given, as the PBX calls it.
const CHECKMARKS: [&str; 11] = [
    "web",
    "websocket",
    "hidden",
    "pbx",
    "pbxsignal",
    "epsignal",
    "messages",
    "tableusers",
    "admin",
    "services",
    "rcc",
];

/// What an App object needs.
pub struct Granted {
    /// What is to be ticked.
    pub checkmarks: &'static [&'static str],
    /// The APIs that it is given.
    pub apis: &'static [&'static str],
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Calendar, Self::Admin, Self::My];

    /// File name of the app's page: the end of its address, and its name at the service.
    pub fn app(self) -> &'static str {
        match self {
            Self::Calendar => "pbxcalendar-calendar",
            Self::Admin => "pbxcalendar-calendaradmin",
            Self::My => "pbxcalendar-my",
        }
    }

    /// What a new object is called: its name, and its `h323`.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Calendar => ("Calendar", "calendar"),
            Self::Admin => ("Calendar Admin", "calendar-admin"),
            Self::My => ("My Calendar", "my-calendar"),
        }
    }

    /// What the object needs, as the PBX's own page for App objects calls it.
    pub fn granted(self) -> Granted {
        match self {
            Self::Calendar => Granted { checkmarks: &["Websocket"], apis: &["PbxApi", "PbxTableUsers"] },
            Self::Admin | Self::My => Granted { checkmarks: &[], apis: &[] },
        }
    }

    /// Type, address and checkmarks. Each checkmark is told, because the object may have had others before.
    pub fn pseudo(self, url: String) -> Json {
        let granted: &[&str] = match self {
            Self::Calendar => &["websocket", "pbx", "tableusers"],
            Self::Admin | Self::My => &[],
        };
        let mut app = body([("url", Json::String(url))]);
        for name in CHECKMARKS {
            app.insert(name.to_owned(), Json::Bool(granted.contains(&name)));
        }
        Json::Object(body([("type", Json::from("app")), ("app", Json::Object(app))]))
    }
}
