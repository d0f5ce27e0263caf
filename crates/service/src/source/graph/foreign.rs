//! Answers that something on the way gives in Microsoft's place: proxies, filters, portals that want a login. They say
//! nothing about mailboxes, whatever their status.

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use serde_json::Value;

use super::classify;
use crate::json::lenient;
use crate::source::transport::proxy_wants_login;
use crate::source::{Advice, Error};

/// Instead of Graph.
pub(super) fn graph(status: StatusCode) -> Advice {
    advice("Microsoft Graph", status)
}

fn advice(host: &str, status: StatusCode) -> Advice {
    Advice::new(
        "foreignAnswer",
        format!(
            "Something between here and Microsoft, such as a proxy or a filter, answers in the place of {host} (HTTP status {status}). Let the requests of this service pass it unchanged. Until then everything stays as it was read last."
        ),
    )
    .with("host", host)
    .with("status", status.as_u16())
}

/// Whether a body is no JSON object, of which half may be missing.
pub(super) fn is_foreign(body: &[u8]) -> bool {
    body.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{')
}

/// What an answer of the login means that is none.
pub(in crate::source) fn answer(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Error {
    login(status, headers, body).unwrap_or_else(|| Error::Unreachable(advice("Microsoft's login", status)))
}

/// What an answer in the place of a token means; `None` if OAuth can say more.
pub(super) fn login(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Option<Error> {
    let answer: Value = serde_json::from_str(&lenient(body)).unwrap_or_default();
    let is_own = answer.get("access_token").or_else(|| answer.get("error")).is_some_and(Value::is_string);
    match status.as_u16() {
        407 => Some(Error::Unreachable(proxy_wants_login())),
        429 | 503 | 509 if is_own || body.is_empty() || headers.contains_key(RETRY_AFTER) => {
            Some(Error::Throttled(classify::retry_after(headers)))
        }
        _ if !is_own => Some(Error::Unreachable(advice("Microsoft's login", status))),
        200..=299 | 400 | 401 | 403 | 404 => None,
        _ => Some(Error::Failed(
            Advice::new(
                "server",
                format!(
                    "Microsoft's login answers with HTTP status {status}. The request is repeated by itself."
                ),
            )
            .with("status", status.as_u16()),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(status: u16, body: &str) -> Option<Error> {
        login(StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), body.as_bytes())
    }

    #[test]
    fn a_page_in_the_place_of_a_token_says_nothing_about_the_application() {
        for status in [200, 302, 400, 401, 403, 404, 500, 503] {
            for body in ["<html>Sign in</html>", "{}", r#"{"error":{"code":"x"}}"#, "["] {
                let error = of(status, body);
                assert!(
                    matches!(&error, Some(Error::Unreachable(advice)) if advice.code == "foreignAnswer"),
                    "{status} {body}: {error:?}"
                );
            }
        }
        assert!(matches!(of(407, ""), Some(Error::Unreachable(advice)) if advice.code == "proxy"));
    }

    #[test]
    fn what_the_login_says_itself_counts() {
        assert_eq!(of(200, r#"{"access_token":"x"}"#), None);
        assert_eq!(of(401, r#"{"error":"invalid_client"}"#), None);
        assert_eq!(of(503, r#"{"error":"temporarily_unavailable"}"#), Some(Error::Throttled(None)));
        assert_eq!(of(429, ""), Some(Error::Throttled(None)));
        assert!(
            matches!(of(500, r#"{"error":"server_error"}"#), Some(Error::Failed(advice)) if advice.code == "server")
        );
    }
}
