//! What is answered where something is wrong: a word for programs, a sentence for people.

use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::http::header::{ALLOW, HeaderName, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use serde::Serialize;

use crate::appointments::{BusyTime, Problem, Why};

/// A refusal.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    body: Box<RefusalBody>,
    header: Option<(HeaderName, HeaderValue)>,
}

/// Its body.
#[derive(Debug, Serialize)]
struct RefusalBody {
    error: &'static str,
    message: String,
    /// The field that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// What is in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    busy: Option<Vec<BusyTime>>,
}

impl Refusal {
    fn new(status: StatusCode, error: &'static str, message: impl Into<String>) -> Self {
        let body = RefusalBody { error, message: message.into(), field: None, busy: None };
        Self { status, body: Box::new(body), header: None }
    }

    fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.header = Some((name, value));
        self
    }

    pub fn insecure() -> Self {
        let message =
            "The Calendar API takes requests over https alone; the token of this one could have been read.";
        Self::new(StatusCode::FORBIDDEN, "insecure", message)
    }

    pub fn unauthorized() -> Self {
        let message =
            "The header Authorization must be `Bearer` and a token of a caller, from the page Calendar API.";
        let refusal = Self::new(StatusCode::UNAUTHORIZED, "unauthorized", message);
        refusal.with(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
    }

    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "notFound", "There is nothing at this address.")
    }

    pub fn method(allowed: &'static str) -> Self {
        let message = format!("This address takes {allowed}.");
        let refusal = Self::new(StatusCode::METHOD_NOT_ALLOWED, "method", message);
        refusal.with(ALLOW, HeaderValue::from_static(allowed))
    }

    pub fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "tooLarge", "A body has at most 32 KiB.")
    }

    pub fn version_missing() -> Self {
        let message =
            "The header If-Match must have the version of the appointment, as it was answered last.";
        Self::new(StatusCode::PRECONDITION_REQUIRED, "versionMissing", message)
    }

    #[cfg(test)]
    pub fn field(&self) -> Option<&str> {
        self.body.field.as_deref()
    }
}

impl From<Problem> for Refusal {
    fn from(Problem { why, message }: Problem) -> Self {
        let mut refusal = Self::new(status(&why), why.word(), message);
        match why {
            Why::Invalid(field) => refusal.body.field = Some(field),
            Why::Conflict(busy) => refusal.body.busy = Some(busy.iter().map(BusyTime::from).collect()),
            Why::Limit(wait) | Why::Unavailable(wait) => return refusal.with(RETRY_AFTER, seconds(wait)),
            _ => {}
        }
        refusal
    }
}

const fn status(why: &Why) -> StatusCode {
    match why {
        Why::Invalid(_) => StatusCode::BAD_REQUEST,
        Why::Mailbox | Why::Right | Why::NotYours | Why::WritingIsOff => StatusCode::FORBIDDEN,
        Why::NotFound => StatusCode::NOT_FOUND,
        Why::Conflict(_) => StatusCode::CONFLICT,
        Why::Changed => StatusCode::PRECONDITION_FAILED,
        Why::KeyReused | Why::NoSuchTime => StatusCode::UNPROCESSABLE_ENTITY,
        Why::Limit(_) => StatusCode::TOO_MANY_REQUESTS,
        Why::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        Why::Unknown => StatusCode::GATEWAY_TIMEOUT,
    }
}

/// Whole seconds, and not none.
fn seconds(wait: Duration) -> HeaderValue {
    HeaderValue::from(wait.as_millis().div_ceil(1000).clamp(1, 86_400) as u32)
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response<Body> {
        let mut response = (self.status, Json(self.body)).into_response();
        if let Some((name, value)) = self.header {
            response.headers_mut().insert(name, value);
        }
        response
    }
}
