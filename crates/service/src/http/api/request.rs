//! What is read of a request, strictly: who is misunderstood must be told.

use axum::body::{Body, to_bytes};
use axum::http::HeaderMap;
use axum::http::header::IF_MATCH;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use url::form_urlencoded;

use super::refusal::Refusal;
use crate::appointments::{Problem, is_key};
use crate::http::own_origin::single;

/// No body is longer.
const MAX_BODY_BYTES: usize = 32 << 10;
const KEY: &str = "Idempotency-Key";

/// The query of `busy`.
#[derive(Debug, Default)]
pub(super) struct BusyQuery {
    pub mailboxes: Vec<String>,
    pub from: String,
    pub to: String,
}

impl BusyQuery {
    pub fn read(query: &str) -> Result<Self, Refusal> {
        let mut read = Self::default();
        let (mut from, mut to) = (None, None);
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let slot = match &*name {
                "mailbox" => {
                    read.mailboxes.push(value.into_owned());
                    continue;
                }
                "from" => &mut from,
                "to" => &mut to,
                other => return Err(Problem::invalid(other, "busy takes mailbox, from and to.").into()),
            };
            if slot.replace(value.into_owned()).is_some() {
                return Err(Problem::invalid(&name, "It must be there once.").into());
            }
        }
        let missing = |name: &'static str| Problem::invalid(name, "from and to must be there.");
        read.from = from.ok_or_else(|| missing("from"))?;
        read.to = to.ok_or_else(|| missing("to"))?;
        Ok(read)
    }
}

/// The key under which something is created once.
pub(super) fn key(headers: &HeaderMap) -> Result<String, Refusal> {
    let key = single(headers, "idempotency-key").filter(|key| is_key(key)).map(str::to_owned);
    let message =
        "The header Idempotency-Key must be 1 to 64 of A-Z, a-z, 0-9, _ and -, another for each appointment.";
    key.ok_or_else(|| Problem::invalid(KEY, message).into())
}

/// The version that the caller knows.
pub(super) fn version(headers: &HeaderMap) -> Result<String, Refusal> {
    let version = single(headers, IF_MATCH.as_str()).ok_or_else(Refusal::version_missing)?;
    let version = version.strip_prefix("W/").unwrap_or(version);
    Ok(version.trim_matches('"').to_owned())
}

/// The JSON of a body.
pub(super) async fn read(body: Body) -> Result<Json, Refusal> {
    let bytes = to_bytes(body, MAX_BODY_BYTES).await.map_err(|_| Refusal::too_large())?;
    let value = serde_json::from_slice(&bytes).ok().filter(Json::is_object);
    value.ok_or_else(|| Problem::invalid("body", "The body must be a JSON object.").into())
}

/// What a body says. The error names the field.
pub(super) fn parse<T: DeserializeOwned>(value: Json) -> Result<T, Refusal> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        // What it says of a value could repeat a title.
        let field = if path == "." { named(&error.inner().to_string()) } else { path };
        let message = "This field is unknown, missing, or of another type. What is taken stands in the documentation of the Calendar API.";
        Problem::invalid(&field, message).into()
    })
}

/// The name in an error that is about a field as such.
fn named(text: &str) -> String {
    text.split('`').nth(1).map_or_else(|| "body".to_owned(), |name| name.chars().take(64).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::appointments::NewDraft;

    #[test]
    fn a_body_says_which_field_is_wrong() {
        let good = json!({"mailbox": "a@b.de", "start": "x", "end": "y", "subject": "z"});
        assert!(parse::<NewDraft>(good.clone()).is_ok());
        for (field, value) in [
            ("attendees", json!([])),
            ("subject", json!(7)),
            ("online", json!("yes")),
            ("onConflict", json!("replace")),
            ("reminderMinutes", json!(-1)),
        ] {
            let mut wrong = good.clone();
            wrong[field] = value;
            let refusal = parse::<NewDraft>(wrong).err().unwrap();
            assert_eq!(refusal.field(), Some(field));
        }
        let mut missing = good;
        missing.as_object_mut().unwrap().remove("mailbox");
        assert_eq!(parse::<NewDraft>(missing).err().unwrap().field(), Some("mailbox"));
    }

    #[test]
    fn a_query_is_taken_as_a_whole_or_not_at_all() {
        let read = |query| BusyQuery::read(query);
        let query =
            read("mailbox=a%40b.de&mailbox=c@d.de&from=2026-11-28T10%3A00%3A00%2B01%3A00&to=y").unwrap();
        assert_eq!(query.mailboxes, ["a@b.de", "c@d.de"]);
        assert_eq!((query.from.as_str(), query.to.as_str()), ("2026-11-28T10:00:00+01:00", "y"));
        for (query, field) in [("to=y", "from"), ("from=x", "to"), ("from=x&to=y&to=z", "to"), ("a=b", "a")] {
            assert_eq!(read(query).err().unwrap().field(), Some(field));
        }
    }
}
