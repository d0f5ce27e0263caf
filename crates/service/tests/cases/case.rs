//! What a file says. A field that nobody knows is a mistake in the file.

use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
pub struct Case {
    pub situation: String,
    pub right: String,
    #[serde(flatten)]
    pub r#type: Type,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
#[allow(clippy::large_enum_variant, reason = "there is one of them in a test")]
pub enum Type {
    Sync(Sync),
    Explain(Explain),
    Present(Present),
    /// Played by a browser.
    Element {},
}

/// The service between a Graph and a PBX.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sync {
    pub pbx: Vec<PbxUser>,
    pub users: Vec<User>,
    #[serde(default)]
    pub settings: Map<String, Value>,
    /// Length of the text that every event carries.
    #[serde(default)]
    pub pad: usize,
    /// Everything goes through a proxy that wants a login.
    #[serde(default)]
    pub proxy407: bool,
    #[serde(default)]
    pub faults: Vec<Fault>,
    pub steps: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PbxUser {
    pub h323: String,
    #[serde(default)]
    pub dn: Option<String>,
    #[serde(default)]
    pub emails: Vec<String>,
}

/// Somebody in the tenant.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct User {
    pub upn: String,
    pub id: Option<String>,
    pub mail: Option<String>,
    /// Further addresses; `smtp:` unless they say otherwise.
    #[serde(default)]
    pub proxies: Vec<String>,
    #[serde(default)]
    pub mailbox: Mailbox,
    pub time_zone: Option<String>,
    #[serde(default)]
    pub events: Vec<Map<String, Value>>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mailbox {
    #[default]
    Online,
    None,
    Denied,
}

/// What is answered instead of what Graph would.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    pub r#match: Match,
    /// For ever without it.
    pub times: Option<usize>,
    pub status: u16,
    #[serde(default)]
    pub headers: Map<String, Value>,
    /// A text goes out as it is, everything else as JSON.
    #[serde(default)]
    pub body: Value,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Match {
    pub kind: Kind,
    pub user: Option<String>,
}

/// A kind of request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Token,
    /// The first page of a window.
    First,
    /// A delta link.
    Link,
    /// A next link.
    Page,
    /// An event by its id.
    Master,
    /// The settings of a mailbox.
    Tz,
    /// A search for users.
    Directory,
    Any,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub enum Step {
    Expect {
        expect: Expected,
        within: u64,
        #[serde(default, rename = "why")]
        _why: String,
    },
    Keep {
        keep: Expected,
        r#for: u64,
    },
    Fault {
        fault: Fault,
    },
    Clear {
        #[serde(rename = "clear")]
        _clear: u8,
    },
    Put {
        put: String,
        event: Map<String, Value>,
    },
    Resync {
        #[serde(rename = "resync")]
        _resync: u8,
    },
    Write {
        write: Map<String, Value>,
        answer: Map<String, Value>,
    },
    Ask {
        ask: String,
        #[serde(default)]
        with: Map<String, Value>,
        answer: String,
    },
    Sleep {
        sleep: u64,
    },
}

/// All that is said must be so.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    #[serde(default)]
    pub user: String,
    pub activity: Option<String>,
    /// A pattern.
    pub note: Option<String>,
    pub state: Option<String>,
    /// What the status tells as error.
    pub status: Option<String>,
}

#[derive(Deserialize)]
pub struct Explain {
    #[serde(default)]
    pub settings: Map<String, Value>,
    pub appointments: Value,
    pub now: String,
    pub want: Map<String, Value>,
}

#[derive(Deserialize)]
pub struct Present {
    pub note: String,
    pub locale: String,
    pub zone: String,
    pub now: String,
    pub want: String,
}
