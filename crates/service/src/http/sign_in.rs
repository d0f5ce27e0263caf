//! `GET /sign-in`: a browser comes back from Microsoft's login.

use std::fmt::Write;
use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use url::form_urlencoded;

use crate::service::Service;
use crate::source::exchange::sign_in::SignedIn;
use crate::sync::Request;

/// What the login sends back.
#[derive(Default)]
struct Back {
    state: String,
    code: Option<String>,
    error: Option<String>,
}

impl Back {
    fn read(query: &str) -> Self {
        let mut back = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "state" => back.state = value.into_owned(),
                "code" => back.code = Some(value.into_owned()),
                "error" => back.error = Some(value.into_owned()),
                _ => {}
            }
        }
        back
    }
}

/// Says in words what came of it.
pub(super) async fn finish(State(service): State<Arc<Service>>, RawQuery(query): RawQuery) -> Response {
    let Back { state, code, error } = Back::read(query.as_deref().unwrap_or_default());
    let code = match (code, error) {
        (Some(code), None) => Ok(code),
        (_, error) => Err(error.unwrap_or_default()),
    };
    let signed_in = match service.desk.get() {
        Some(desk) => desk.finish(&state, code).await,
        None => SignedIn::Unknown,
    };
    if matches!(signed_in, SignedIn::Done { .. }) {
        // Somebody sits there and wants to see it work.
        service.sync.ask(|reply| Request::Resync(None, reply)).await;
    }
    page(&signed_in)
}

fn page(signed_in: &SignedIn) -> Response {
    let (status, title, text) = match signed_in {
        SignedIn::Done { name, is_other: false } => {
            let name = name.as_deref().unwrap_or("The account");
            (StatusCode::OK, "Signed in", format!("{name} has signed in. Calendars are read from now on. You can close this page."))
        }
        SignedIn::Done { name, is_other: true } => {
            let name = name.as_deref().unwrap_or("Somebody");
            (StatusCode::OK, "Signed in, but as somebody else", format!("Warning: {name} has signed in, which is not the User in the settings. If that is not meant so, sign in again with the other account."))
        }
        SignedIn::Unknown => (
            StatusCode::BAD_REQUEST,
            "Not signed in",
            "This sign-in is not known: it was used before, or it took longer than 10 minutes. Press Sign in in the settings again.".to_owned(),
        ),
        SignedIn::Failed(advice) => (StatusCode::BAD_REQUEST, "Not signed in", advice.text.clone()),
    };
    let mut body = String::new();
    // Memory takes everything.
    let _ = write!(
        body,
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title><h1>{title}</h1><p>{}</p></html>",
        escaped(&text)
    );
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    ];
    (status, headers, body).into_response()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_back_is_read() {
        let back = Back::read("code=a%2Bb&state=s&session_state=x");
        assert_eq!((back.state.as_str(), back.code.as_deref(), back.error), ("s", Some("a+b"), None));
        assert_eq!(Back::read("error=access_denied&state=s").error.as_deref(), Some("access_denied"));
        assert_eq!(Back::read("").state, "");
    }

    #[test]
    fn nothing_that_others_write_becomes_markup() {
        assert_eq!(escaped("<b>&\"</b>"), "&lt;b&gt;&amp;&quot;&lt;/b&gt;");
    }
}
