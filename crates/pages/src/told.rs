use serde::Deserialize;

/// What the form is told by the service, and by a relay where there is one.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Told {
    /// Whether the configured PBX is connected, where that is known.
    pub pbx_connected: Option<bool>,
    /// The page of the assistant that is to be shown, empty for none.
    pub way: String,
    /// The passwords that are there, stored or typed, by the names of their items.
    pub secrets: Vec<String>,
    /// Address under which others reach the service, where it has one.
    pub public_url: Option<String>,
    /// The state of the users whom another page has led to.
    pub users_in: Option<String>,
    /// What the service says of itself, once it has said something.
    pub status: Option<Status>,
    /// What stands between form and service.
    pub relay: Option<Relay>,
}

impl Told {
    /// Where the calendars come from, where that is known.
    pub fn source(&self) -> Option<&Source> {
        self.status.as_ref()?.source.as_ref()
    }
}

/// `GetStatusResult`, as far as the pages show it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Status {
    /// `off`, `starting`, `running` or `error`.
    pub sync: String,
    /// A word for what is wrong …
    pub error: Option<String>,
    /// … and English sentences for it, with what to do.
    pub error_text: Option<String>,
    /// The configured PBX.
    pub pbx: Pbx,
    /// Where the calendars come from.
    pub source: Option<Source>,
    /// How many users the PBX has told of.
    pub users: usize,
    /// How many of them have a mailbox that is read, …
    pub matched: usize,
    /// … and how many have none.
    pub unmatched: usize,
    /// How many have a presence of ours.
    pub shown: usize,
    /// When a mailbox was read last.
    pub last_sync: Option<f64>,
}

/// The configured PBX.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Pbx {
    /// Whether it is connected.
    pub connected: bool,
}

/// Where the calendars come from.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Source {
    /// Whether it answers; unknown at first.
    pub connected: Option<bool>,
    /// Who has signed in,
    pub signed_in_as: Option<String>,
    /// and since when, in milliseconds since the epoch.
    pub signed_in_since: Option<f64>,
}

/// What a relay on an App Platform says of itself and of its link to the service.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Relay {
    /// The number of its build.
    pub build: Option<f64>,
    /// The protocol that it speaks.
    pub protocol: Option<f64>,
    /// How the link stands: `up`, or why not.
    pub link: String,
    /// The address of the service that it was given.
    pub url: Option<String>,
    /// The version of the service, once it has said so.
    pub service_version: Option<String>,
    /// The protocol that the service speaks.
    pub service_protocol: Option<f64>,
    /// Since when the link stands so, in milliseconds since the epoch.
    pub since: Option<f64>,
    /// When it is tried again.
    pub next: Option<f64>,
}
