//! Which [`Error`] a failed connection, a status or an error of the token endpoint is.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::StatusCode;
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};
use serde::Deserialize;

use super::foreign;
use crate::json::lenient;
use crate::source::remedy::{Remedy, word};
use crate::source::transport::proxy_wants_login;
use crate::source::{Advice, Error, Refused};

/// Longest wait that a server is believed to mean.
const MAX_RETRY_AFTER: Duration = Duration::from_hours(1);

/// The account is there, but no mailbox in Exchange Online. The first is also said where there is none at all.
const NOT_ONLINE: [&str; 3] =
    ["MailboxNotEnabledForRESTAPI", "MailboxNotSupportedForRESTAPI", "MailboxNotHostedInExchangeOnline"];

/// Code of advice about a request that the server takes for wrong. It will not take it another time.
pub(super) const REFUSED: &str = "refused";

/// What an answer with an error status means, and what is told of it.
pub(super) fn refused(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Refused {
    let error = self::status(status, headers, body);
    let told = match (&error, Codes::of(body)) {
        (Error::Throttled(_), codes) => {
            let said = codes.as_ref().map_or_else(|| status.as_str().to_owned(), Codes::said);
            Remedy::named("throttled").map(|remedy| remedy.told(&said, &said))
        }
        (_, None) => None,
        (Error::Failed(advice) | Error::Denied(advice), Some(codes)) => {
            Some(advice.clone().said(&codes.said()))
        }
        (_, Some(codes)) => {
            let said = codes.said();
            let known = codes.sign(body).and_then(Remedy::named).or_else(|| Remedy::of_graph(&said));
            let unknown = || {
                let text = format!("Microsoft Graph answers with HTTP status {} ({said}).", status.as_u16());
                Advice::new(REFUSED, text).said(&said)
            };
            Some(known.map_or_else(unknown, |remedy| remedy.told(&said, &said)))
        }
    };
    Refused { error, told }
}

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
        401 => match Remedy::of_graph(&codes.said()) {
            Some(remedy) => Error::Denied(remedy.told(&codes.said(), &codes.said())),
            None => Error::Failed(unexpected(status, &codes)),
        },
        403 => Error::Forbidden,
        404 if codes.any(&NOT_ONLINE) => Error::Elsewhere,
        404 => Error::NotFound,
        400 | 405..=406 | 409..=428 | 430..=499 => Error::Failed(Advice::new(
            REFUSED,
            format!(
                "Microsoft Graph takes a request for wrong: HTTP status {status} ({codes}). It is repeated by itself."
            ),
        )
        .with("status", status.as_u16())
        .with("said", codes.said())),
        _ => Error::Failed(unexpected(status, &codes)),
    }
}

fn unexpected(status: StatusCode, codes: &Codes) -> Advice {
    Advice::new(
        "server",
        format!(
            "Microsoft Graph answers with HTTP status {status} ({codes}). The request is repeated by itself."
        ),
    )
    .with("status", status.as_u16())
    .with("said", codes.said())
}

/// What an error of the token endpoint means: the word of OAuth, and the number behind `AADSTS`.
pub(super) fn token(error: &str, number: Option<u32>) -> Advice {
    let unknown = |said: &str, more: &str| {
        Advice::new("login", format!("Microsoft's login gives no token ({said}).{more}"))
    };
    match number {
        Some(number) => {
            let said = number.to_string();
            let shown = format!("AADSTS{number}");
            if let Some(remedy) = Remedy::of_login(number) {
                return remedy.told(&said, &shown);
            }
            let more = format!(" See https://login.microsoftonline.com/error?code={number}");
            unknown(&shown, &more).said(&said)
        }
        None if error == "invalid_client" => Advice::new(
            "wrongSecret",
            "Microsoft's login refuses client ID and secret. Check both in the settings.",
        )
        .said(error),
        None => unknown(&word(error), "").said(&word(error)),
    }
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
pub(super) fn aadsts(description: &str) -> Option<u32> {
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
    /// Read for signs of what keeps the application out, and never shown.
    message: Option<String>,
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

    /// The code that says most, as one word: one of which it is known what to do, else the innermost.
    fn said(&self) -> String {
        let known = self.0.iter().find(|code| Remedy::of_graph(&code.0).is_some());
        known.or(self.0.last()).map_or_else(String::new, |code| word(&code.0))
    }

    /// What keeps the application from a mailbox where the code alone does not say it. *Seen* in the field, undocumented.
    fn sign(&self, body: &[u8]) -> Option<&'static str> {
        let message = serde_json::from_str::<Body>(&lenient(body)).ok()?.error.message?;
        if !self.any(&["ErrorAccessDenied"]) {
            None
        } else if message.contains("[RAOP]") {
            Some("accessPolicy")
        } else if message.contains("Access to OData is disabled") {
            Some("userAgent")
        } else {
            None
        }
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
        f.write_str(&word(&self.0))
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
            ("invalid_client", Some(7_000_215), "wrongSecret", "7000215"),
            ("unauthorized_client", Some(7_000_229), "principalMissing", "7000229"),
            ("invalid_request", Some(900_023), "tenantUnknown", "900023"),
            ("invalid_request", Some(1), "login", "1"),
            ("invalid_client", None, "wrongSecret", "invalid_client"),
            ("temporarily\nunavailable", None, "login", "temporarilyunavailable"),
        ];
        for (error, number, code, said) in cases {
            let advice = token(error, number);
            assert_eq!((advice.code, advice.said.as_deref()), (code, Some(said)), "{advice:?}");
        }
        assert!(token("x", Some(7_000_222)).text.contains("(AADSTS7000222)"));
        assert!(token("x", Some(4711)).text.contains("error?code=4711"));
    }

    #[test]
    fn what_keeps_an_application_out_is_told_apart() {
        let told = |status: u16, body: &str| {
            let status = StatusCode::from_u16(status).unwrap();
            let told = refused(status, &HeaderMap::new(), body.as_bytes()).told.unwrap();
            (told.code, told.said.unwrap_or_default())
        };
        let access = |message: &str| {
            told(403, &format!(r#"{{"error":{{"code":"ErrorAccessDenied","message":"{message}"}}}}"#))
        };
        for (message, code) in [
            ("Access is denied. Check credentials and try again.", "permissionMissing"),
            (
                "Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.",
                "accessPolicy",
            ),
            ("Access to OData is disabled.", "userAgent"),
        ] {
            assert_eq!(access(message), (code, "ErrorAccessDenied".to_owned()));
        }
        for (status, code, advice) in [
            (403, "Authorization_RequestDenied", "userReadAll"),
            (401, "OrganizationFromTenantGuidNotFound", "resourceMissing"),
            (401, "Authorization_IdentityNotFound", "consentMissing"),
            (401, "InvalidAuthenticationToken", "tokenRefused"),
            (404, "Request_ResourceNotFound", "noMailbox"),
            (404, "MailboxNotHostedInExchangeOnline", "mailboxElsewhere"),
            (403, "SomethingNew", "refused"),
            (404, "Whatever", "refused"),
            (500, "ErrorInternalServerError", "server"),
            (429, "ApplicationThrottled", "throttled"),
        ] {
            let body = format!(r#"{{"error":{{"code":"{code}","message":"Geheimer Titel"}}}}"#);
            assert_eq!(told(status, &body), (advice, code.to_owned()));
        }
    }
}
