//! The messages that the form sends and gets, beside the login, as types with names.

use serde::{Deserialize, Serialize};

use super::values::{Items, Values};

/// The API of everything that is not the AppWebsocket itself, so that a relay can pass it on.
pub const API: &str = "Calendar";
/// The API of an App Platform's own settings.
pub const CONFIG: &str = "Config";

/// A request that says nothing beside its name.
#[derive(Serialize)]
pub struct Nothing {}

/// `WriteConfig`.
#[derive(Serialize)]
pub struct WriteConfig {
    /// What is to be stored.
    #[serde(rename = "ConfigItems")]
    pub items: Items,
    /// The revision that the changes build on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<u64>,
}

/// `ReadConfigResult`, `WriteConfigResult` or `ConfigUpdate`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Config {
    /// The items with their values.
    #[serde(rename = "ConfigItems")]
    pub items: Option<Values>,
    /// Grows with every write.
    pub revision: Option<u64>,
    /// What is wrong with single items.
    pub errors: Vec<Wrong>,
    /// Why a relay has not passed it on.
    pub error: Option<String>,
    result: Option<Outcome>,
}

/// What is wrong with an item.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Wrong {
    /// Name of the item.
    pub item: String,
    /// Code of what is wrong.
    pub error: String,
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Outcome {
    /// It was done.
    #[serde(rename = "ok")]
    Ok,
    /// Somebody else has written since.
    #[serde(rename = "conflict")]
    Conflict,
    /// This login must not.
    AccessDenied,
    /// Anything else.
    #[serde(other)]
    Failed,
}

impl Config {
    /// What became of the request. Only writes and denials say so themselves.
    pub fn outcome(&self) -> Outcome {
        let unsaid = if self.items.is_some() { Outcome::Ok } else { Outcome::Failed };
        self.result.unwrap_or(unsaid)
    }
}

/// `GetConfigItemsResult`, as far as the form needs it: which passwords are stored.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ConfigItems {
    /// The items.
    #[serde(rename = "ConfigItems")]
    pub items: Vec<ConfigItem>,
}

/// An item in it.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ConfigItem {
    /// Its name.
    pub name: String,
    /// Of a password whether one is stored.
    pub password_set: Option<bool>,
}

/// `GetStatusResult` or `StatusUpdate`, as far as the form shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Status {
    /// Of the settings that it is about.
    pub revision: Option<u64>,
    /// `off`, `starting`, `running` or `error`.
    pub sync: String,
    /// A word for what is wrong …
    pub error: Option<String>,
    /// … and English sentences for it, with what to do.
    #[serde(rename = "errorText")]
    pub advice: Option<String>,
    /// How many users are served.
    pub users: usize,
    /// How many of them have a calendar that is read, …
    pub matched: usize,
    /// … and how many have none.
    pub unmatched: usize,
    /// For how many milliseconds the calendar that waits longest has not been read.
    pub age: Option<u64>,
    /// Where the calendars come from.
    pub source: Source,
    /// Which PBXs are connected.
    pub pbx: Pbxs,
    /// Address under which others reach the service, where it has one.
    pub public_url: Option<String>,
}

/// Where the calendars come from: an Exchange server, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Source {
    /// Its name.
    pub server: String,
    /// Its version.
    pub version: String,
    /// How changes are learned of: `streaming` or `polling`.
    pub watching: String,
}

impl Status {
    /// Whether it is about these settings, and either says what comes of them or for what it waits.
    pub fn is_settled(&self, revision: Option<u64>) -> bool {
        let is_waiting = self.error.is_some() || self.awaits_pbx();
        self.revision >= revision && (self.sync != "starting" || is_waiting)
    }

    /// Whether a PBX is to come first.
    pub fn awaits_pbx(&self) -> bool {
        self.sync != "off" && !self.pbx.connected
    }
}

/// Which PBXs are connected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Pbxs {
    /// The name in the settings, empty where there is none.
    pub configured: String,
    /// Whether the configured one is.
    pub connected: bool,
    /// Names of others.
    pub others: Vec<String>,
}

/// What every message has.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Head {
    /// Its name.
    pub mt: String,
    /// Its API.
    api: Option<String>,
    /// The number of the request that it answers, as text.
    src: Option<String>,
}

impl Head {
    /// Whether it is of the service's API, or of none. An App Platform tells of its own settings under the same names.
    pub fn is_ours(&self) -> bool {
        self.api.as_deref().is_none_or(|api| api == API)
    }

    /// The number of the request that the message answers.
    pub fn answers(&self) -> Option<u32> {
        self.src.as_ref()?.parse().ok()
    }
}

/// What a request bears beside its body.
pub fn envelope(api: &str, mt: &str, number: u32) -> [(&'static str, String); 3] {
    [("mt", mt.to_owned()), ("src", number.to_string()), ("api", api.to_owned())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: serde::de::DeserializeOwned>(text: &str) -> T {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_reply_finds_its_request() {
        let members = envelope(API, "ReadConfig", 17).map(|(name, value)| format!("{name}={value}"));
        assert_eq!(members, ["mt=ReadConfig", "src=17", "api=Calendar"]);
        assert_eq!(read::<Head>(r#"{"mt":"ReadConfigResult","src":"17"}"#).answers(), Some(17));
        for head in [r#"{"src":"x"}"#, r#"{"src":null}"#, "{}"] {
            assert_eq!(read::<Head>(head).answers(), None, "{head}");
        }
    }

    #[test]
    fn what_became_of_a_request() {
        for (text, outcome) in [
            (r#"{"ConfigItems":{}}"#, Outcome::Ok),
            (r#"{"ConfigItems":{},"result":"ok"}"#, Outcome::Ok),
            (r#"{"result":"ok"}"#, Outcome::Ok),
            (r#"{"result":"conflict"}"#, Outcome::Conflict),
            (r#"{"result":"AccessDenied"}"#, Outcome::AccessDenied),
            (r#"{"result":"failed"}"#, Outcome::Failed),
            (r#"{"error":"notAvailable"}"#, Outcome::Failed),
        ] {
            assert_eq!(read::<Config>(text).outcome(), outcome, "{text}");
        }
    }

    #[test]
    fn what_has_another_type_is_an_error_that_says_where() {
        let error = serde_json::from_str::<Config>(r#"{"result":7}"#).unwrap_err();
        assert!(error.to_string().contains("line 1 column 11"), "{error}");
    }

    #[test]
    fn errors_and_revision_of_a_write() {
        let reply: Config = read(
            r#"{"result":"failed","revision":3,"errors":[{"item":"clientId","error":"guid"},{"item":"x"}]}"#,
        );
        let errors: Vec<_> = reply.errors.iter().map(|wrong| (&*wrong.item, &*wrong.error)).collect();
        assert_eq!(errors, [("clientId", "guid"), ("x", "")]);
        assert_eq!(reply.revision, Some(3));
    }

    #[test]
    fn which_passwords_are_stored() {
        let reply: ConfigItems = read(
            r#"{"ConfigItems":[{"name":"user"},{"name":"password","passwordSet":true},{"name":"clientSecret","passwordSet":false}]}"#,
        );
        let stored: Vec<_> = reply.items.iter().map(|item| (&*item.name, item.password_set)).collect();
        assert_eq!(stored, [("user", None), ("password", Some(true)), ("clientSecret", Some(false))]);
    }

    #[test]
    fn a_status_with_and_without_pbx() {
        let status: Status = read(
            r#"{"revision":7,"sync":"running","error":"otherWriter","errorText":"Two write.","users":12,"matched":10,"unmatched":2,
                "source":{"type":"onPremises","server":"ex.example","version":"15.2","watching":"polling"},"age":60000,"publicUrl":"https://a/b","pbx":{"configured":"hq","connected":true,"others":["b1"]},"new":{}}"#,
        );
        let source = Source {
            server: "ex.example".to_owned(),
            version: "15.2".to_owned(),
            watching: "polling".to_owned(),
        };
        let expected = Status {
            revision: Some(7),
            sync: "running".to_owned(),
            error: Some("otherWriter".to_owned()),
            advice: Some("Two write.".to_owned()),
            users: 12,
            matched: 10,
            unmatched: 2,
            age: Some(60_000),
            source,
            pbx: Pbxs { configured: "hq".to_owned(), connected: true, others: vec!["b1".to_owned()] },
            public_url: Some("https://a/b".to_owned()),
        };
        assert_eq!(status, expected);
        assert_eq!(read::<Status>("{}"), Status::default());
    }

    #[test]
    fn a_status_settles_once_it_is_about_what_was_saved() {
        for (text, is_settled) in [
            (r#"{"revision":6,"sync":"running"}"#, false),
            (r#"{"sync":"running"}"#, false),
            (r#"{"revision":7,"sync":"running"}"#, true),
            (r#"{"revision":8,"sync":"off"}"#, true),
            (r#"{"revision":7,"sync":"starting","pbx":{"connected":true}}"#, false),
            (r#"{"revision":7,"sync":"starting","pbx":{"connected":true},"error":"pbxRights"}"#, true),
            (r#"{"revision":7,"sync":"starting","pbx":{"connected":false}}"#, true),
        ] {
            assert_eq!(read::<Status>(text).is_settled(Some(7)), is_settled, "{text}");
        }
    }
}
