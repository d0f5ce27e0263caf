//! Which [`Error`] a failed connection, a status or an error of the token endpoint is.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::StatusCode;
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};
use serde::Deserialize;

use super::foreign;
use crate::json::lenient;
use crate::source::transport::proxy_wants_login;
use crate::source::{Advice, Error};

/// Longest wait that a server is believed to mean.
const MAX_RETRY_AFTER: Duration = Duration::from_hours(1);

/// The account is there, but no mailbox in Exchange Online. The first is also said where there is none at all.
const NOT_ONLINE: [&str; 3] =
    ["MailboxNotEnabledForRESTAPI", "MailboxNotSupportedForRESTAPI", "MailboxNotHostedInExchangeOnline"];

/// Code of advice about a request that the server takes for wrong. It will not take it another time.
pub(super) const REFUSED: &str = "refused";

/// What an answer with an error status means. Only one of Graph itself says something about permissions, mailboxes and
/// users; on the way there are proxies and filters with statuses of their own.
pub(super) fn status(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Error {
    let codes = Codes::of(body);
    match status.as_u16() {
        407 => return Error::Unreachable(proxy_wants_login()),
        429 | 503 | 509 if codes.is_some() || body.is_empty() || headers.contains_key(RETRY_AFTER) => {
            return Error::Throttled(retry_after(headers));
        }
        _ => {}
    }
    let Some(codes) = codes else { return Error::Failed(foreign::graph(status)) };
    match status.as_u16() {
        410 => Error::Gone,
        _ if codes.any(&["syncStateNotFound", "syncStateInvalid", "resyncRequired"]) => Error::Gone,
        401 if codes.any(&["NoPermissionsInAccessToken"]) => Error::Denied(consent_missing()),
        401 if codes.any(&["InvalidAuthenticationToken"]) => Error::Denied(Advice::new(
            "tokenRefused",
            format!(
                "Microsoft Graph refuses the token that Microsoft's login has just issued ({codes}). Check that Microsoft cloud and tenant belong together."
            ),
        )),
        403 => Error::Forbidden,
        404 if codes.any(&NOT_ONLINE) => Error::Elsewhere,
        404 => Error::NotFound,
        400 | 405..=406 | 409..=428 | 430..=499 => Error::Failed(Advice::new(
            REFUSED,
            format!(
                "Microsoft Graph takes a request for wrong: HTTP status {status} ({codes}). It is repeated by itself."
            ),
        )),
        _ => Error::Failed(Advice::new(
            "server",
            format!(
                "Microsoft Graph answers with HTTP status {status} ({codes}). The request is repeated by itself."
            ),
        )),
    }
}

/// What an error of the token endpoint means; `error` and `description` as OAuth names them.
pub(super) fn token(error: &str, description: &str, tenant: &str) -> Advice {
    let code = aadsts(description);
    match code {
        Some(7_000_215) => Advice::new(
            "wrongSecret",
            "Microsoft's login refuses the client secret (AADSTS7000215). Copy the secret's value, not its ID, from the app registration into the settings.",
        ),
        Some(7_000_222) => Advice::new(
            "expiredSecret",
            "The client secret has expired (AADSTS7000222). Create a new one in the app registration under Certificates & secrets, and enter it in the settings.",
        ),
        Some(90_002 | 900_021 | 900_023 | 50_059) => Advice::new(
            "tenantUnknown",
            format!(
                "Microsoft's login knows no tenant {tenant:?}. Check the tenant ID and the Microsoft cloud in the settings."
            ),
        ),
        Some(700_016) => Advice::new(
            "applicationUnknown",
            "The tenant does not know the application (AADSTS700016). Check the client ID; if it belongs to another organization, an administrator of this tenant must consent to it first.",
        ),
        Some(7_000_112) => Advice::new(
            "applicationDisabled",
            "The application is disabled in the tenant (AADSTS7000112). Enable it under Enterprise applications.",
        ),
        Some(65_001 | 650_051 | 650_052 | 650_056 | 650_057 | 7_000_229) => consent_missing(),
        Some(code) => Advice::new(
            "login",
            format!(
                "Microsoft's login gives no token (AADSTS{code}). See https://login.microsoftonline.com/error?code={code}"
            ),
        ),
        None if error == "invalid_client" => Advice::new(
            "wrongSecret",
            "Microsoft's login refuses client ID and secret. Check both in the settings.",
        ),
        None => {
            Advice::new("login", format!("Microsoft's login gives no token: {:?}.", Code(error.to_owned())))
        }
    }
}

fn consent_missing() -> Advice {
    Advice::new(
        "consentMissing",
        "The application has no permissions in the tenant. Add the application permission Calendars.Read to the app registration, and have an administrator grant consent.",
    )
}

/// What to do when no mailbox may be read.
pub fn permission_missing() -> Advice {
    Advice::new(
        "permissionMissing",
        "The application may not read calendars. Add the application permission Calendars.Read of Microsoft Graph to the app registration and grant admin consent, or let the application's scope in Exchange Online cover the users.",
    )
}

/// An answer that breaks off, has no end or is not what was asked for.
pub(super) fn unreadable() -> Error {
    Error::Failed(Advice::new(
        "answer",
        "Microsoft Graph's answer is incomplete, too long or cannot be read. The request is repeated by itself.",
    ))
}

/// The number in `AADSTS7000215: …`.
fn aadsts(description: &str) -> Option<u32> {
    let (_, rest) = description.split_once("AADSTS")?;
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

/// Seconds or a date, which is meant by the clock of the sender.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: HeaderName| headers.get(name)?.to_str().ok().map(str::trim);
    let date = |text| DateTime::parse_from_rfc2822(text).ok().map(|date| date.to_utc());
    let after = text(RETRY_AFTER)?;
    let wait = match after.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => (date(after)? - text(DATE).and_then(date).unwrap_or_else(Utc::now)).to_std().ok()?,
    };
    Some(wait.min(MAX_RETRY_AFTER))
}

/// Whether an error is one of Graph itself.
pub(super) fn is_own(body: &[u8]) -> bool {
    Codes::of(body).is_some()
}

/// Error codes of an answer, from the outermost to the most detailed one.
struct Codes(Vec<Code>);

/// A word that somebody else chose.
struct Code(String);

#[derive(Deserialize)]
struct Body {
    error: Detail,
}

#[derive(Deserialize)]
struct Detail {
    code: Option<String>,
    #[serde(alias = "innererror", alias = "innerError")]
    inner_error: Option<Box<Detail>>,
}

impl Codes {
    /// `None` if this is no error of Graph.
    fn of(body: &[u8]) -> Option<Self> {
        let mut detail = Some(Box::new(serde_json::from_str::<Body>(&lenient(body)).ok()?.error));
        let mut codes = Vec::new();
        let outer = detail.as_ref().and_then(|error| error.code.as_ref());
        outer.filter(|code| !code.is_empty())?;
        while let Some(inner) = detail {
            codes.extend(inner.code.map(Code));
            detail = inner.inner_error;
        }
        Some(Self(codes))
    }

    /// Microsoft does not agree with itself about the case of the first letter.
    fn any(&self, names: &[&str]) -> bool {
        self.0.iter().any(|code| names.iter().any(|name| code.0.eq_ignore_ascii_case(name)))
    }
}

impl std::fmt::Display for Codes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0.last() {
            Some(code) => write!(f, "{code:?}"),
            None => f.write_str("no error code"),
        }
    }
}

/// Nothing but a word comes through: a server must not write sentences into our log.
impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let is_word = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        self.0.chars().filter(is_word).take(64).try_for_each(|c| write!(f, "{c}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: u16, body: &str) -> Error {
        status(StatusCode::from_u16(code).unwrap(), &HeaderMap::new(), body.as_bytes())
    }

    #[test]
    fn published_answers_are_told_apart() {
        let gone = r#"{"error":{"code":"SyncStateNotFound","message":"The sync state generation is not found; generation=149;[highest=157].","innerError":{"request-id":"1137f277","date":"2018-03-23T10:00:00"}}}"#;
        assert_eq!(of(410, gone), Error::Gone);
        assert_eq!(of(400, gone), Error::Gone);
        let inner = r#"{"error":{"code":"generalException","innererror":{"code":"resyncRequired"}}}"#;
        assert_eq!(of(400, inner), Error::Gone);
        let elsewhere = r#"{"error":{"code":"MailboxNotEnabledForRESTAPI","message":"The mailbox is either inactive, soft-deleted, or is hosted on-premise."}}"#;
        assert_eq!(of(404, elsewhere), Error::Elsewhere);
        assert_eq!(
            of(
                404,
                r#"{"error":{"code":"ErrorInvalidUser","message":"The requested user 'x' is invalid."}}"#
            ),
            Error::NotFound
        );
        assert_eq!(of(404, r#"{"error":{"code":"Request_ResourceNotFound"}}"#), Error::NotFound);
        assert_eq!(
            of(
                403,
                r#"{"error":{"code":"ErrorAccessDenied","message":"Access is denied. Check credentials and try again."}}"#
            ),
            Error::Forbidden
        );
        assert_eq!(of(503, ""), Error::Throttled(None));
        let none = r#"{"error":{"code":"NoPermissionsInAccessToken","message":"The token contains no permissions, or permissions can not be understood."}}"#;
        assert!(matches!(of(401, none), Error::Denied(advice) if advice.code == "consentMissing"));
        assert!(matches!(of(407, ""), Error::Unreachable(advice) if advice.code == "proxy"));
        let broken = r#"{"error":{"code":"ErrorInternalServerError","message":"x"}}"#;
        assert!(matches!(of(500, broken), Error::Failed(advice) if advice.code == "server"));
        let wrong = r#"{"error":{"code":"UnknownError","message":""}}"#;
        for status in [400, 405, 409, 414, 422] {
            assert!(matches!(of(status, wrong), Error::Failed(advice) if advice.code == REFUSED), "{status}");
        }
    }

    #[test]
    fn what_is_not_said_by_graph_proves_nothing() {
        let bodies = [
            "",
            "<html><body>Access denied</body></html>",
            "Forbidden",
            r#"{"blocked":true}"#,
            r#"{"error":"forbidden"}"#,
            r#"{"error":{"message":"x"}}"#,
            r#"{"error":{"code":403}}"#,
            r#"{"error":{"code":""}}"#,
            r#"[{"error":{"code":"ErrorAccessDenied"}}]"#,
        ];
        for (status, body) in [400, 401, 403, 404, 410, 451, 500, 502, 504]
            .into_iter()
            .flat_map(|status| bodies.map(|body| (status, body)))
        {
            let error = of(status, body);
            assert!(
                matches!(&error, Error::Failed(advice) if advice.code == "foreignAnswer"),
                "{status} {body}: {error:?}"
            );
        }
        assert!(matches!(of(503, "<html>"), Error::Failed(advice) if advice.code == "foreignAnswer"));
        assert_eq!(of(429, ""), Error::Throttled(None));
    }

    #[test]
    fn what_a_server_writes_reaches_no_log_but_one_word() {
        let body = r#"{"error":{"code":"Bad\nCode: <b>","message":"Geheimer Titel"}}"#;
        let Error::Failed(advice) = of(502, body) else { panic!() };
        assert_eq!(
            advice.text,
            "Microsoft Graph answers with HTTP status 502 Bad Gateway (BadCodeb). The request is repeated by itself."
        );
    }

    #[test]
    fn a_wait_is_given_in_seconds_or_as_a_date() {
        let wait = |text: &str| {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, text.parse().unwrap())]);
            status(StatusCode::TOO_MANY_REQUESTS, &headers, b"")
        };
        assert_eq!(wait("17"), Error::Throttled(Some(Duration::from_secs(17))));
        assert_eq!(wait("Wed, 21 Oct 2015 07:28:00 GMT"), Error::Throttled(None));
        assert_eq!(wait("soon"), Error::Throttled(None));
        assert_eq!(wait("99999999"), Error::Throttled(Some(MAX_RETRY_AFTER)));
        assert_eq!(wait("18446744073709551616"), Error::Throttled(None));
        assert_eq!(wait("18446744073709551615"), Error::Throttled(Some(MAX_RETRY_AFTER)));
        assert!(matches!(wait("Fri, 01 Jan 2100 00:00:00 GMT"), Error::Throttled(Some(MAX_RETRY_AFTER))));
    }

    #[test]
    fn a_date_is_compared_with_the_clock_of_its_sender() {
        let wait = |after: &str, date: &str| {
            let headers =
                HeaderMap::from_iter([(RETRY_AFTER, after.parse().unwrap()), (DATE, date.parse().unwrap())]);
            retry_after(&headers)
        };
        let date = "Wed, 21 Oct 2015 07:28:00 GMT";
        assert_eq!(wait("Wed, 21 Oct 2015 07:28:04 GMT", date), Some(Duration::from_secs(4)));
        assert_eq!(wait("Wed, 21 Oct 2015 07:27:00 GMT", date), None, "before it was sent");
        assert_eq!(wait("Thu, 22 Oct 2015 07:28:00 GMT", date), Some(MAX_RETRY_AFTER));
        assert_eq!(wait("7", date), Some(Duration::from_secs(7)));
        assert_eq!(wait("Wed, 21 Oct 2015 07:28:04 GMT", "today"), None, "as if there were no such date");
    }

    #[test]
    fn errors_of_the_login_are_told_apart() {
        let cases = [
            (
                "invalid_client",
                "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value.\r\nTrace ID: 1",
                "wrongSecret",
            ),
            (
                "invalid_client",
                "AADSTS7000222: The provided client secret keys for app '***' are expired.",
                "expiredSecret",
            ),
            ("invalid_request", "AADSTS90002: Tenant 'contoso.example' not found.", "tenantUnknown"),
            (
                "invalid_request",
                "AADSTS900023: Specified tenant identifier 'x' is neither a valid DNS name, nor a valid external domain.",
                "tenantUnknown",
            ),
            (
                "unauthorized_client",
                "AADSTS700016: Application with identifier 'x' was not found in the directory 'y'.",
                "applicationUnknown",
            ),
            (
                "invalid_grant",
                "AADSTS65001: The user or administrator has not consented to use the application.",
                "consentMissing",
            ),
            (
                "unauthorized_client",
                "AADSTS7000229: The client application is missing service principal in the tenant.",
                "consentMissing",
            ),
            ("unauthorized_client", "AADSTS7000112: Application is disabled.", "applicationDisabled"),
            ("invalid_request", "AADSTS1: new", "login"),
            ("invalid_client", "", "wrongSecret"),
            ("temporarily_unavailable", "AADSTS: ", "login"),
        ];
        for (error, description, code) in cases {
            assert_eq!(token(error, description, "contoso.example").code, code, "{description}");
        }
    }
}
