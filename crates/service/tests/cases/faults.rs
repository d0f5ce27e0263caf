//! What is answered instead of what Graph would.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response};
use chrono::{TimeDelta, Utc};
use serde_json::Value;

use crate::case::{Fault, Kind};

#[derive(Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    pub fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The first that concerns such a request. `user` is whom it names, and the sign-in name of that user.
    pub fn strike(&mut self, kind: Kind, user: [&str; 2]) -> Option<Response<Body>> {
        let fault = self.0.iter_mut().find(|fault| fault.concerns(kind, user))?;
        if let Some(times) = &mut fault.times {
            *times -= 1;
        }
        Some(fault.answer())
    }
}

impl Fault {
    fn concerns(&self, kind: Kind, user: [&str; 2]) -> bool {
        self.times != Some(0)
            && (self.r#match.kind == kind || self.r#match.kind == Kind::Any)
            && self
                .r#match
                .user
                .as_ref()
                .is_none_or(|of| user.iter().any(|name| name.eq_ignore_ascii_case(of)))
    }

    fn answer(&self) -> Response<Body> {
        let (kind, text) = match &self.body {
            Value::Null => ("text/plain", String::new()),
            Value::String(page) => ("text/html", page.clone()),
            json => ("application/json", json.to_string()),
        };
        let mut response = Response::new(Body::from(text));
        *response.status_mut() = self.status.try_into().unwrap();
        response.headers_mut().insert("content-type", kind.parse().unwrap());
        for (name, value) in &self.headers {
            let name: HeaderName = name.parse().unwrap();
            response.headers_mut().insert(name, header(value));
        }
        response
    }
}

/// A header as it is, or an instant so many seconds from now (`+604`).
fn header(value: &Value) -> HeaderValue {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let seconds = text.starts_with(['+', '-']).then(|| text.parse::<i64>().ok()).flatten();
    let date = |seconds| Utc::now() + TimeDelta::seconds(seconds);
    seconds
        .map_or(text, |seconds| date(seconds).format("%a, %d %b %Y %H:%M:%S GMT").to_string())
        .parse()
        .unwrap()
}
