//! How answers are made.

use serde::Serialize;
use serde_json::value::RawValue;

/// What a request wants to find in its answer.
#[derive(Clone, Copy)]
pub(super) struct Request<'a> {
    pub mt: &'a str,
    pub api: Option<&'a str>,
    pub src: Option<&'a RawValue>,
}

/// A message to the client. Without a body it is the envelope alone.
#[derive(Serialize)]
pub(super) struct Outgoing<'a, T> {
    pub mt: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api: Option<&'a str>,
    #[serde(flatten)]
    pub body: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub src: Option<&'a RawValue>,
}

impl<T: Serialize> Outgoing<'_, T> {
    pub fn to_text(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

/// No body.
#[derive(Serialize)]
pub(super) struct Nothing {}

/// The body of a plain result.
#[derive(Serialize)]
pub(super) struct Outcome {
    pub result: &'static str,
}

/// The body of an error.
#[derive(Serialize)]
pub(super) struct Failure {
    pub error: &'static str,
}
