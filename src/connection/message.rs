//! The messages that the form sends and gets, beside those of the AppWebsocket itself.

use appwebsocket::SessionKey;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value as Json};

/// The API of everything that is not the AppWebsocket itself, so that a relay can pass it on.
const API: &str = "Calendar";

/// A login as the PBX Manager hands it out. Its `info` keeps its text, which the digest covers.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Login {
    domain: Option<String>,
    sip: Option<String>,
    guid: Option<String>,
    dn: Option<String>,
    digest: Option<String>,
    info: Option<Box<RawValue>>,
    key: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AppLogin<'a> {
    mt: &'static str,
    app: &'a str,
    domain: &'a str,
    sip: &'a str,
    guid: &'a str,
    dn: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    info: Option<&'a RawValue>,
    digest: &'a str,
    pbx_obj: &'a str,
}

impl Login {
    /// The message that logs in as `app`.
    pub fn to_message(&self, app: &str) -> String {
        let text = |field: &'_ Option<String>| field.clone().unwrap_or_default();
        to_text(&AppLogin {
            mt: "AppLogin",
            app,
            domain: &text(&self.domain),
            sip: &text(&self.sip),
            guid: &text(&self.guid),
            dn: &text(&self.dn),
            info: self.info.as_deref(),
            digest: &text(&self.digest),
            pbx_obj: "-",
        })
    }

    /// The key for secrets, where the login came with one.
    pub fn session_key(self) -> Option<SessionKey> {
        self.key.filter(|key| !key.is_empty()).map(SessionKey::from_hex)
    }
}

/// `ReadConfigResult`, `WriteConfigResult` and `ConfigUpdate`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Config {
    /// The items with their values.
    #[serde(rename = "ConfigItems")]
    pub items: Map<String, Json>,
    /// Grows with every write.
    pub revision: Option<u64>,
    /// Absent where everything is well and nothing was written.
    pub result: Option<Outcome>,
    /// What is wrong with single items.
    pub errors: Vec<ItemError>,
}

/// What became of a request.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
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

/// What is wrong with an item.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ItemError {
    /// Its name.
    pub item: String,
    /// The code.
    pub error: String,
}

/// `GetConfigItemsResult`, as far as the form needs it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ConfigItems {
    /// The items.
    #[serde(rename = "ConfigItems")]
    pub items: Vec<ItemInfo>,
}

/// What the service tells about one item.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ItemInfo {
    /// Its name.
    pub name: String,
    /// Whether a password is stored.
    pub password_set: bool,
}

/// `GetStatusResult` and `StatusUpdate`, as far as the form shows them.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default)]
pub struct Status {
    /// `off`, `starting`, `running`, `error` or `notSupported`.
    pub sync: String,
    /// Connected PBXs.
    pub pbx: PbxStatus,
    /// How many users are served.
    pub users: u64,
}

/// Which PBXs are connected.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default)]
pub struct PbxStatus {
    /// Whether the configured one is.
    pub connected: bool,
    /// Names of the others.
    pub others: Vec<String>,
}

/// The text of a request with what its reply will bear.
pub fn request(mt: &str, src: u32, mut body: Map<String, Json>) -> String {
    body.insert("mt".to_owned(), Json::from(mt));
    body.insert("api".to_owned(), Json::from(API));
    body.insert("src".to_owned(), Json::from(src.to_string()));
    to_text(&body)
}

/// The number of the request that a message answers.
pub fn answers(src: Option<&RawValue>) -> Option<u32> {
    src?.get().trim_matches('"').parse().ok()
}

/// A message as its type, if it reads as one.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

/// These types hold texts, numbers and maps with text keys, which always serialise.
fn to_text(message: &impl Serialize) -> String {
    serde_json::to_string(message).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_passes_on_what_the_manager_gave_and_keeps_the_key() {
        let given = r#"{"mt":"GetInstanceLoginResult","app":"-","sip":"","domain":"example.com","guid":null,
            "digest":"d1","info":{"z":1,"a":"\u00e4"},"key":"k1"}"#;
        let login: Login = read(given).unwrap();
        assert_eq!(
            login.to_message("-"),
            r#"{"mt":"AppLogin","app":"-","domain":"example.com","sip":"","guid":"","dn":"","info":{"z":1,"a":"\u00e4"},"digest":"d1","pbxObj":"-"}"#
        );
        assert_eq!(login.session_key(), Some(SessionKey::from_hex("k1".to_owned())));
    }

    #[test]
    fn a_login_without_info_and_key() {
        let login: Login = read(r#"{"digest":"d","key":""}"#).unwrap();
        assert!(!login.to_message("-").contains("info"));
        assert_eq!(login.session_key(), None);
    }

    #[test]
    fn a_reply_finds_its_request() {
        let text = request("ReadConfig", 17, Map::new());
        assert_eq!(text, r#"{"api":"Calendar","mt":"ReadConfig","src":"17"}"#);
        let envelope: appwebsocket::Envelope<'_> = serde_json::from_str(&text).unwrap();
        assert_eq!(answers(envelope.src), Some(17));
        assert_eq!(answers(serde_json::from_str(r#""x""#).unwrap()), None);
        assert_eq!(answers(None), None);
    }

    #[test]
    fn outcomes_and_errors_of_a_write() {
        let failed: Config = read(
            r#"{"mt":"WriteConfigResult","result":"failed","errors":[{"item":"clientId","error":"guid"}]}"#,
        )
        .unwrap();
        assert_eq!(failed.result, Some(Outcome::Failed));
        assert_eq!((&*failed.errors[0].item, &*failed.errors[0].error), ("clientId", "guid"));
        for (word, outcome) in [
            ("ok", Outcome::Ok),
            ("conflict", Outcome::Conflict),
            ("AccessDenied", Outcome::AccessDenied),
            ("whatever", Outcome::Failed),
        ] {
            let config: Config = read(&format!(r#"{{"result":"{word}"}}"#)).unwrap();
            assert_eq!(config.result, Some(outcome));
        }
    }
}
