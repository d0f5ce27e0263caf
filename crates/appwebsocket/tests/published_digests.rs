//! The login vectors that the innovaphone App SDK publishes.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use appwebsocket::{AppLogin, digests_match};
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct Published {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    message: serde_json::Value,
    #[serde(rename = "hashedText")]
    hashed_text: String,
}

/// The published message, with the raw `info` text that the published hash covers.
fn message(vector: &Vector) -> String {
    let mut message = vector.message.clone();
    let fields = message.as_object_mut().unwrap();
    if fields.remove("info").is_none() {
        return message.to_string();
    }
    let start = vector.hashed_text.find('{').unwrap();
    let end = vector.hashed_text.rfind('}').unwrap();
    let info = RawValue::from_string(vector.hashed_text[start..=end].to_owned()).unwrap();
    let rest = message.to_string();
    format!("{},\"info\":{}}}", rest.strip_suffix('}').unwrap(), info.get())
}

#[test]
fn every_published_digest_is_reproduced() {
    let published: Published = serde_json::from_str(include_str!("published-digests.json")).unwrap();
    assert_eq!(published.vectors.len(), 4);
    for vector in &published.vectors {
        let message = message(vector);
        let login: AppLogin<'_> = serde_json::from_str(&message).unwrap();
        let digest = login.credentials().digest("0123456789abcdef", "pwd");
        assert_eq!(digest, vector.message["digest"].as_str().unwrap(), "{}", vector.hashed_text);
        assert!(digests_match(&digest, &login.digest));
    }
}
