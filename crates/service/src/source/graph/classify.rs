//! Which [`Error`] a failed connection, a status or an error of the token endpoint is.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use serde::Deserialize;

use crate::source::transport::proxy_wants_login;
use crate::source::{Advice, Error};

/// Longest wait that a server is believed to mean.
const MAX_RETRY_AFTER: Duration = Duration::from_hours(1);

/// The account is there, but no mailbox in Exchange Online. The first is also said where there is none at all.
const NOT_ONLINE: [&str; 3] =
    ["MailboxNotEnabledForRESTAPI", "MailboxNotSupportedForRESTAPI", "MailboxNotHostedInExchangeOnline"];

/// What an answer with an error status means.
pub(super) fn status(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Error {
    let codes = Codes::of(body);
    match status.as_u16() {
        429 | 503 | 509 => Error::Throttled(retry_after(headers)),
        407 => Error::Unreachable(proxy_wants_login()),
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

/// An answer that breaks off or is no JSON.
pub(super) fn unreadable() -> Error {
    Error::Failed(Advice::new(
        "answer",
        "Microsoft Graph's answer is incomplete or cannot be read. The request is repeated by itself.",
    ))
}

/// The number in `AADSTS7000215: …`.
fn aadsts(description: &str) -> Option<u32> {
    let (_, rest) = description.split_once("AADSTS")?;
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

/// Seconds or a date.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = match text.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => (DateTime::parse_from_rfc2822(text).ok()?.to_utc() - Utc::now()).to_std().ok()?,
    };
    Some(wait.min(MAX_RETRY_AFTER))
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
    fn of(body: &[u8]) -> Self {
        let mut detail = serde_json::from_slice::<Body>(body).ok().map(|body| Box::new(body.error));
        let mut codes = Vec::new();
        while let Some(inner) = detail {
            codes.extend(inner.code.map(Code));
            detail = inner.inner_error;
        }
        Self(codes)
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
        assert_eq!(of(410, ""), Error::Gone);
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
        assert!(matches!(of(500, "<html>"), Error::Failed(advice) if advice.code == "server"));
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
        assert!(matches!(wait("Fri, 01 Jan 2100 00:00:00 GMT"), Error::Throttled(Some(MAX_RETRY_AFTER))));
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
