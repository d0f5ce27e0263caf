//! What Microsoft's login answers instead of a token.

use std::fmt::{self, Display, Formatter};

use oauth2::ErrorResponse;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::classify;
use crate::source::Advice;

/// An error of the login. Its sentences are read for a number alone: they name what nobody else needs to know.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(in crate::source) struct LoginError {
    /// The word of OAuth.
    pub error: String,
    #[serde(default)]
    error_description: Option<String>,
    /// The numbers that stand behind `AADSTS`.
    #[serde(default, deserialize_with = "numbers")]
    error_codes: Vec<u32>,
}

impl ErrorResponse for LoginError {}

impl LoginError {
    /// Reads an answer; `None` if it is no error of the login.
    pub fn read(body: &[u8]) -> Option<Self> {
        serde_json::from_str(&crate::json::lenient(body)).ok()
    }

    /// The number, which older answers have in their description alone.
    pub fn number(&self) -> Option<u32> {
        let described = || classify::aadsts(self.error_description.as_deref()?);
        self.error_codes.first().copied().or_else(described)
    }

    /// What it means.
    pub fn advice(&self) -> Advice {
        classify::token(&self.error, self.number())
    }
}

/// Whatever else stands there is no reason not to read the rest.
fn numbers<'de, D: Deserializer<'de>>(value: D) -> Result<Vec<u32>, D::Error> {
    let value = Value::deserialize(value)?;
    let numbers = value.as_array().map(Vec::as_slice).unwrap_or_default();
    Ok(numbers.iter().filter_map(|number| u32::try_from(number.as_u64()?).ok()).collect())
}

impl Display for LoginError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", crate::source::remedy::word(&self.error))
    }
}

impl fmt::Debug for LoginError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoginError").field("number", &self.number()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_from_their_list_else_from_the_description() {
        let number = |body: &str| LoginError::read(body.as_bytes()).and_then(|error| error.number());
        let both = r#"{"error":"invalid_client","error_codes":[7000215],"error_description":"AADSTS1: x"}"#;
        assert_eq!(number(both), Some(7_000_215));
        assert_eq!(number(r#"{"error":"x","error_description":"AADSTS90002: y"}"#), Some(90_002));
        for odd in [r#"{"error":"x","error_codes":"y"}"#, r#"{"error":"x","error_codes":[-1,null,"5"]}"#] {
            assert_eq!(number(odd), None);
        }
        assert!(LoginError::read(b"<html>").is_none());
        let shown =
            format!("{:?} {0}", LoginError::read(br#"{"error":"a b\n","error_description":"c"}"#).unwrap());
        assert_eq!(shown, "LoginError { number: None, .. } ab");
    }
}
