//! Messages of the AppWebsocket as both sides of this crate take them apart and put them together.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::violation::{Rule, Violation};

/// A received message.
#[derive(Debug)]
pub(crate) struct Message {
    pub mt: String,
    pub api: Option<String>,
    pub src: Option<String>,
    /// All other fields.
    pub body: Map<String, Value>,
}

/// Why a message was refused; the code is what the result says.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub code: u32,
    pub text: String,
    /// What it broke. Absent where nobody did wrong: a user deleted a moment ago, a fault asked for by a test.
    pub rule: Option<Rule>,
}

impl Refusal {
    pub(crate) fn new(rule: Rule, text: impl Into<String>) -> Self {
        Self { code: 1, text: text.into(), rule: Some(rule) }
    }

    pub(crate) fn blameless(code: u32, text: impl Into<String>) -> Self {
        Self { code, text: text.into(), rule: None }
    }

    pub(crate) fn violation(&self, mt: &str) -> Option<Violation> {
        self.rule.map(|rule| Violation::new(rule, format!("{mt}: {}", self.text)))
    }
}

impl Message {
    /// Reads an envelope. What is wrong with it is said in words.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let mut body: Map<String, Value> =
            serde_json::from_str(text).map_err(|error| format!("no JSON object: {error}"))?;
        let mut text_of = |name: &str| match body.remove(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(format!("{name} is no string: {other}")),
        };
        let mt = text_of("mt")?.ok_or("the message has no mt")?;
        let (api, src) = (text_of("api")?, text_of("src")?);
        Ok(Self { mt, api, src, body })
    }

    /// The fields as the type says they must be.
    pub(crate) fn fields<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        serde_json::from_value(Value::Object(self.body.clone()))
            .map_err(|error| Refusal::new(Rule::Shape, error.to_string()))
    }

    /// The result message: `fields`, an object, under the envelope that answers this one.
    pub(crate) fn result(&self, fields: Value) -> Value {
        envelope(&format!("{}Result", self.mt), self.api.as_deref(), self.src.as_deref(), fields)
    }

    /// The result that says why nothing was done.
    pub(crate) fn refused(&self, refusal: &Refusal) -> Value {
        self.result(json!({ "error": refusal.code, "errorText": refusal.text }))
    }
}

/// A message of `fields`, which is an object.
pub(crate) fn envelope(mt: &str, api: Option<&str>, src: Option<&str>, mut fields: Value) -> Value {
    if let Some(object) = fields.as_object_mut() {
        object.insert("mt".into(), mt.into());
        object.extend(api.map(|api| ("api".into(), api.into())));
        object.extend(src.map(|src| ("src".into(), src.into())));
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_an_object_with_a_name() {
        for (text, problem) in [
            ("{", "no JSON object: EOF while parsing an object at line 1 column 1"),
            ("[]", "no JSON object: invalid type: sequence, expected a map at line 1 column 0"),
            ("{}", "the message has no mt"),
            (r#"{"mt":1}"#, "mt is no string: 1"),
            (r#"{"mt":"A","src":{"a":1}}"#, r#"src is no string: {"a":1}"#),
            (r#"{"mt":"A","api":null}"#, "api is no string: null"),
        ] {
            assert_eq!(Message::read(text).unwrap_err(), problem);
        }
    }

    #[test]
    fn a_result_echoes_api_and_src() {
        let message = Message::read(r#"{"mt":"A","api":"B","src":"c","more":1}"#).unwrap();
        assert_eq!(message.result(json!({"x": 2})), json!({"mt":"AResult","api":"B","src":"c","x":2}));
        let message = Message::read(r#"{"mt":"A"}"#).unwrap();
        assert_eq!(message.result(json!({})), json!({"mt":"AResult"}));
    }
}
