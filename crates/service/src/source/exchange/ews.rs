//! Exchange Web Services at one address: a request, its answer, and what the answer means.

use std::sync::Arc;
use std::time::Instant;

use hyper::StatusCode;
use hyper::header::{ACCEPT_ENCODING, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::advice::Told;
use super::jar::Jar;
use super::log::{Line, Log, word};
use super::reach;
use super::session::{Auth, Open, Post, Session};
use super::soap::{self, Content, Response, Version};
use super::state::State;
use super::trouble::{Failure, Trouble};
use super::way::Way;
use super::wire::Answer;

/// A view of a thousand appointments, each with all that was asked for.
const MAX_ANSWER_BYTES: usize = 8 << 20;
/// Exchange 2013.
const OLDEST: u32 = 15;
const ANCHOR: HeaderName = HeaderName::from_static("x-anchormailbox");
const AFFINITY: HeaderName = HeaderName::from_static("x-preferserveraffinity");
/// Why Exchange Online does not let an application in.
const POLICY: HeaderName = HeaderName::from_static("x-ews-policy-reason");
const CAS_ERROR: HeaderName = HeaderName::from_static("x-caserrorcode");

/// Exchange Web Services at one address.
pub struct Ews {
    session: Session,
    log: Arc<Log>,
    state: Arc<State>,
}

/// What is asked.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    /// Name of the operation.
    pub operation: &'static str,
    /// The request.
    pub body: &'a bytes::Bytes,
    /// By which mailbox the server finds the way to another one.
    pub anchor: &'a str,
    /// Cookies of a group whose requests belong to one server.
    pub jar: Option<&'a Jar>,
}

impl Ews {
    /// Exchange Web Services at this address; nothing is sent yet.
    pub fn new(
        way: Arc<Way>,
        url: Url,
        auth: Auth,
        log: Arc<Log>,
        state: Arc<State>,
    ) -> Result<Self, Trouble> {
        Ok(Self { session: Session::new(way, url, auth)?, log, state })
    }

    /// The address.
    pub fn url(&self) -> &Url {
        self.session.url()
    }

    /// What the server answers to whoever has no login.
    pub async fn knock(&self) -> Result<(StatusCode, HeaderMap), Trouble> {
        self.session.knock().await
    }

    /// The only response message of an answer.
    pub async fn one<T: Content>(&self, call: Call<'_>) -> Result<T, Trouble> {
        let mut responses = self.all::<T>(call).await?;
        let response = responses.pop().ok_or_else(|| reach::unreadable(self.url(), 200))?;
        response.into_result().map_err(meaning)
    }

    /// All response messages of an answer.
    pub async fn all<T: Content>(&self, call: Call<'_>) -> Result<Vec<Response<T>>, Trouble> {
        let (post, line) = (Self::post(call, true), Line::new(call.operation, call.anchor));
        let began = Instant::now();
        let answer = self.session.ask(&post, MAX_ANSWER_BYTES).await;
        let read = answer.as_ref().map_err(Clone::clone).and_then(|answer| self.read(answer, call.jar));
        let failed = |responses: &Vec<Response<T>>| {
            responses.iter().find_map(|r| r.failure.as_ref()).map(|f| f.code.clone())
        };
        let code = read.as_ref().map_or_else(
            |trouble| word(Some(trouble)),
            |responses| failed(responses).unwrap_or_else(|| word(None)),
        );
        self.log.request(&line, began, &answer, &code);
        read
    }

    /// An answer that is read as it comes.
    pub async fn open(&self, call: Call<'_>) -> Result<Open, Trouble> {
        let (post, line) = (Self::post(call, false), Line::new(call.operation, call.anchor));
        let began = Instant::now();
        let open = self.session.open(&post).await;
        self.log.opened(&line, began, &open);
        let (wire, response) = open?;
        if response.status() == StatusCode::OK {
            if let Some(jar) = call.jar {
                jar.take(response.headers());
            }
            return Ok((wire, response));
        }
        let answer = super::wire::collect(self.url(), response, MAX_ANSWER_BYTES).await?;
        match self.read::<soap::Nothing>(&answer, call.jar) {
            Err(trouble) => Err(trouble),
            Ok(_) => Err(Trouble::Status(answer.status.as_u16())),
        }
    }

    /// What an envelope of a stream says about the server.
    pub fn note(&self, version: Option<&Version>) {
        if let Some(version) = version {
            self.state.set_version(&version.text);
        }
    }

    fn post(call: Call<'_>, compressed: bool) -> Post {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=utf-8"));
        let id = uuid::Uuid::from_u128(rand::random()).to_string();
        set(&mut headers, HeaderName::from_static("client-request-id"), &id);
        set(&mut headers, ANCHOR, call.anchor);
        if compressed {
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        }
        if let Some(jar) = call.jar {
            headers.insert(AFFINITY, HeaderValue::from_static("true"));
            if let Some(mut cookies) = jar.header() {
                cookies.set_sensitive(true);
                headers.insert(COOKIE, cookies);
            }
        }
        Post { headers, body: call.body.clone() }
    }

    fn read<T: Content>(&self, answer: &Answer, jar: Option<&Jar>) -> Result<Vec<Response<T>>, Trouble> {
        let status = answer.status.as_u16();
        let envelope = soap::read::<T>(&answer.body);
        if let Ok(envelope) = &envelope
            && let Some(version) = &envelope.version
        {
            self.note(Some(version));
            if version.major < OLDEST {
                return Err(Trouble::NoAccess(Told::ServerTooOld.advice()));
            }
        }
        match (status, envelope) {
            // What Exchange says counts, whatever the status.
            (_, Ok(envelope)) => {
                if let Some(jar) = jar {
                    jar.take(&answer.headers);
                }
                envelope.outcome.map_err(meaning)
            }
            (401, _) => Err(Trouble::NoAccess(Told::LoginRefused { autodiscover: false }.advice())),
            (429 | 503, _) => Err(Trouble::Busy(None)),
            (407, _) => Err(reach::proxy_login(false)),
            (200 | 300..=399, _) => Err(reach::unreadable(self.url(), status)),
            (500, _) if answer.headers.contains_key(&CAS_ERROR) => {
                let cause = answer.headers.get(&CAS_ERROR).and_then(|value| value.to_str().ok());
                Err(meaning(Failure::new(cause.unwrap_or_default())))
            }
            _ => {
                let reason = answer.headers.get(&POLICY).and_then(|reason| reason.to_str().ok());
                self.state.set_policy(reason);
                Err(Trouble::Status(status))
            }
        }
    }
}

/// What a failure means that concerns more than the request. All others stay what they are.
pub fn meaning(failure: Failure) -> Trouble {
    let inner = || failure.value("InnerErrorResponseCode").is_some_and(is_busy);
    match failure.code.as_str() {
        code if is_busy(code) => Trouble::Busy(failure.back_off()),
        // The server wraps what it does not want to say.
        "ErrorInternalServerError" if inner() || failure.back_off().is_some() => {
            Trouble::Busy(failure.back_off())
        }
        "ErrorInvalidServerVersion" => Trouble::NoAccess(Told::ServerTooOld.advice()),
        "ErrorMissingEmailAddress" => {
            Trouble::NoAccess(Told::AccountWithoutMailbox.advice().said(&failure.code))
        }
        _ => Trouble::Code(failure),
    }
}

fn is_busy(code: &str) -> bool {
    matches!(code, "ErrorServerBusy" | "ErrorTooManyObjectsOpened")
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    // An address that no header can hold is no address that anybody has.
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn failure(code: &str, values: &[(&str, &str)]) -> Failure {
        let values = values.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Failure { values, ..Failure::new(code) }
    }

    #[test]
    fn busy_servers_are_known_whatever_they_are_wrapped_in() {
        let wait = ("BackOffMilliseconds", "297749");
        let exactly = Trouble::Busy(Some(Duration::from_millis(297_749)));
        assert_eq!(meaning(failure("ErrorServerBusy", &[wait])), exactly);
        let inner = ("InnerErrorResponseCode", "ErrorServerBusy");
        assert_eq!(meaning(failure("ErrorInternalServerError", &[inner, wait])), exactly);
        assert_eq!(meaning(failure("ErrorServerBusy", &[])), Trouble::Busy(None));
        let long = failure("ErrorServerBusy", &[("BackOffMilliseconds", "999999999")]);
        assert_eq!(meaning(long), Trouble::Busy(Some(Duration::from_hours(1))));
        let internal = failure("ErrorInternalServerError", &[]);
        assert_eq!(meaning(internal.clone()), Trouble::Code(internal));
    }

    #[test]
    fn what_concerns_everybody_is_told_so() {
        for (code, told) in [
            ("ErrorInvalidServerVersion", "serverTooOld"),
            ("ErrorMissingEmailAddress", "accountWithoutMailbox"),
        ] {
            assert!(matches!(meaning(failure(code, &[])), Trouble::NoAccess(advice) if advice.code == told));
        }
    }
}
