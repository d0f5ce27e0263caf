//! The messages that the form sends and gets, beside the login. They are read by hand: a derived reader for each of
//! these few shapes would add more to the download than all of this.

use serde_json::{Map, Value as Json};

/// A message: a JSON object.
pub type Message = Map<String, Json>;

/// The API of everything that is not the AppWebsocket itself, so that a relay can pass it on.
const API: &str = "Calendar";
/// Asks whether a login that the PBX makes would be valid.
const CHECK_LOGIN: &str = "AppCheckLogin";

/// `ReadConfigResult`, `WriteConfigResult` or `ConfigUpdate`.
#[derive(Debug)]
pub struct Config {
    /// The items with their values.
    pub items: Message,
    /// Grows with every write.
    pub revision: Option<u64>,
    /// What became of the request.
    pub outcome: Outcome,
    /// What is wrong with single items: name and code.
    pub errors: Vec<(String, String)>,
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Ok,
    /// Somebody else has written since.
    Conflict,
    /// This login must not.
    AccessDenied,
    /// Anything else.
    Failed,
}

impl From<Message> for Config {
    fn from(mut message: Message) -> Self {
        let items = message.get_mut("ConfigItems").map(Json::take);
        let outcome = match message.get("result").and_then(Json::as_str) {
            // Only writes and denials have a result.
            None if items.is_some() => Outcome::Ok,
            Some("ok") => Outcome::Ok,
            Some("conflict") => Outcome::Conflict,
            Some("AccessDenied") => Outcome::AccessDenied,
            _ => Outcome::Failed,
        };
        Self {
            items: match items {
                Some(Json::Object(items)) => items,
                _ => Message::new(),
            },
            revision: message.get("revision").and_then(Json::as_u64),
            outcome,
            errors: list(message.get("errors"))
                .iter()
                .map(|error| (text(error, "item"), text(error, "error")))
                .collect(),
        }
    }
}

/// Of a `GetConfigItemsResult`: the names of the passwords, and whether one is stored.
pub fn passwords(message: &Message) -> impl Iterator<Item = (&str, bool)> {
    list(message.get("ConfigItems")).iter().filter_map(|item| {
        let is_stored = item.get("passwordSet")?.as_bool()?;
        Some((item.get("name")?.as_str()?, is_stored))
    })
}

/// `GetStatusResult` or `StatusUpdate`, as far as the form shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// `off`, `starting`, `running`, `error` or `notSupported`.
    pub sync: String,
    /// A word for what is wrong …
    pub error: String,
    /// … and English sentences for it, with what to do.
    pub advice: String,
    /// How many users are served.
    pub users: usize,
    /// How many of them have a calendar that is read, …
    pub matched: usize,
    /// … and how many have none.
    pub unmatched: usize,
    /// For how many milliseconds the calendar that waits longest has not been read.
    pub age: usize,
    /// Whether the configured PBX is connected.
    pub is_pbx_connected: bool,
    /// Names of other PBXs that are.
    pub other_pbxs: Vec<String>,
    /// Address under which others reach the service, where it has one.
    pub public_url: Option<String>,
}

impl From<Message> for Status {
    fn from(message: Message) -> Self {
        let pbx = message.get("pbx");
        let of_pbx = |name| pbx.and_then(|pbx| pbx.get(name));
        let text = |name| message.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
        let number = |name| {
            let number = message.get(name).and_then(Json::as_u64).unwrap_or_default();
            usize::try_from(number).unwrap_or(usize::MAX)
        };
        Self {
            sync: text("sync"),
            error: text("error"),
            advice: text("errorText"),
            users: number("users"),
            matched: number("matched"),
            unmatched: number("unmatched"),
            age: number("age"),
            is_pbx_connected: of_pbx("connected").and_then(Json::as_bool).unwrap_or_default(),
            other_pbxs: list(of_pbx("others")).iter().filter_map(Json::as_str).map(str::to_owned).collect(),
            public_url: message.get("publicUrl").and_then(Json::as_str).map(str::to_owned),
        }
    }
}

fn list(json: Option<&Json>) -> &[Json] {
    json.and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn text(json: &Json, name: &str) -> String {
    json.get(name).and_then(Json::as_str).unwrap_or_default().to_owned()
}

/// A request, with the number that its reply will bear.
pub fn request(mt: &str, number: u32, mut body: Message) -> Json {
    body.insert("mt".to_owned(), Json::from(mt));
    // A message of the AppWebsocket itself has no API.
    if mt != CHECK_LOGIN {
        body.insert("api".to_owned(), Json::from(API));
    }
    body.insert("src".to_owned(), Json::from(number.to_string()));
    Json::Object(body)
}

/// Name of a message.
pub fn name(message: &Message) -> &str {
    message.get("mt").and_then(Json::as_str).unwrap_or_default()
}

/// The number of the request that a message answers.
pub fn answers(message: &Message) -> Option<u32> {
    message.get("src")?.as_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> Message {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_reply_finds_its_request() {
        let text = request("ReadConfig", 17, Message::new()).to_string();
        assert_eq!(text, r#"{"api":"Calendar","mt":"ReadConfig","src":"17"}"#);
        assert_eq!(answers(&message(&text)), Some(17));
        let text = request(CHECK_LOGIN, 1, Message::new()).to_string();
        assert_eq!(text, r#"{"mt":"AppCheckLogin","src":"1"}"#);
        for src in [r#""x""#, "17", "null", "{}"] {
            assert_eq!(answers(&message(&format!(r#"{{"src":{src}}}"#))), None, "{src}");
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
            (r#"{"result":7}"#, Outcome::Failed),
            (r#"{"error":"notAvailable"}"#, Outcome::Failed),
        ] {
            assert_eq!(Config::from(message(text)).outcome, outcome, "{text}");
        }
    }

    #[test]
    fn errors_and_revision_of_a_write() {
        let reply = Config::from(message(
            r#"{"result":"failed","revision":3,"errors":[{"item":"clientId","error":"guid"},{"item":5},7]}"#,
        ));
        let errors: Vec<_> = reply.errors.iter().map(|(item, code)| (&**item, &**code)).collect();
        assert_eq!(errors, [("clientId", "guid"), ("", ""), ("", "")]);
        assert_eq!(reply.revision, Some(3));
    }

    #[test]
    fn which_passwords_are_stored() {
        let reply = message(
            r#"{"ConfigItems":[{"name":"user"},{"name":"password","passwordSet":true},{"name":"clientSecret","passwordSet":false}]}"#,
        );
        assert_eq!(passwords(&reply).collect::<Vec<_>>(), [("password", true), ("clientSecret", false)]);
    }

    #[test]
    fn a_status_with_and_without_pbx() {
        let status = Status::from(message(
            r#"{"sync":"running","error":"otherWriter","errorText":"Two write.","users":12,"matched":10,"unmatched":2,
                "age":60000,"publicUrl":"https://a/b","pbx":{"configured":"hq","connected":true,"others":["b1",2]}}"#,
        ));
        let expected = Status {
            sync: "running".to_owned(),
            error: "otherWriter".to_owned(),
            advice: "Two write.".to_owned(),
            users: 12,
            matched: 10,
            unmatched: 2,
            age: 60_000,
            is_pbx_connected: true,
            other_pbxs: vec!["b1".to_owned()],
            public_url: Some("https://a/b".to_owned()),
        };
        assert_eq!(status, expected);
        assert_eq!(Status::from(Message::new()), Status::default());
    }
}
