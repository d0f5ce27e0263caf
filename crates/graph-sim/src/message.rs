//! Requests and answers between the server and the endpoints.

use axum::http::{HeaderMap, Method};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde::Serialize;

/// A request to Microsoft Graph.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: Method,
    /// Path segments after the version, decoded.
    pub(crate) path: Vec<String>,
    pub(crate) query: Query,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// From a path and query such as `/users/anna@contoso.example?$select=id`.
    pub(crate) fn new(method: Method, target: &str, headers: HeaderMap) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let decode = |segment: &str| percent_decode_str(segment).decode_utf8_lossy().into_owned();
        let path = path.split('/').filter(|segment| !segment.is_empty()).map(decode).collect();
        Self { method, path, query: Query::parse(query), headers, body: Vec::new() }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// A preference of the `Prefer` headers, without its quotes.
    pub(crate) fn preference(&self, name: &str) -> Option<&str> {
        let headers = self.headers.get_all("prefer").into_iter().filter_map(|value| value.to_str().ok());
        headers.flat_map(|value| value.split([',', ';'])).find_map(|preference| {
            let (key, value) = preference.split_once('=')?;
            key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
        })
    }
}

/// What may not stand in a path segment as it is; Graph leaves the @ of sign-in names alone.
const SEGMENT: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'/').add(b'<').add(b'>').add(b'?').add(b'`');

/// A segment of a path as it is written in links.
pub(crate) fn segment(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

/// The query of a request. Names are read without letter case, as Graph does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    pub(crate) fn parse(text: &str) -> Self {
        Self(form_urlencoded::parse(text.as_bytes()).into_owned().collect())
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }
}

/// An answer: its body is JSON that is already written.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
    pub(crate) ending: Ending,
}

/// How the answer ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Ending {
    #[default]
    Whole,
    /// The connection is closed in the middle of the body.
    CutOff,
    /// The connection is closed without an answer.
    Dropped,
}

impl Reply {
    pub(crate) fn json(status: u16, body: &impl Serialize) -> Self {
        // What the stand-in writes has string keys alone, so it can always be written.
        let body = serde_json::to_string(body).unwrap_or_default();
        Self { status, headers: Vec::new(), body, ending: Ending::Whole }
    }

    pub(crate) fn text(status: u16, body: &str) -> Self {
        Self { status, headers: Vec::new(), body: body.to_owned(), ending: Ending::Whole }
    }

    pub(crate) fn dropped() -> Self {
        Self { status: 0, headers: Vec::new(), body: String::new(), ending: Ending::Dropped }
    }

    pub(crate) fn with(mut self, header: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((header, value.into()));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_taken_apart_and_decoded() {
        let request = Request::new(Method::GET, "/users/a%40b//x?$Select=id%20&a=b+c", HeaderMap::new());
        assert_eq!(request.path, ["users", "a@b", "x"]);
        assert_eq!(request.query.get("$select"), Some("id "));
        assert_eq!(request.query.get("A"), Some("b c"));
        assert_eq!(request.query.get("b"), None);
    }

    #[test]
    fn preferences_are_found_in_one_header_or_several() {
        let mut headers = HeaderMap::new();
        headers.append("prefer", "odata.maxpagesize=5, outlook.timezone=\"UTC\"".parse().unwrap());
        headers.append("prefer", "IdType=\"ImmutableId\"".parse().unwrap());
        let request = Request::new(Method::GET, "/", headers);
        assert_eq!(request.preference("odata.maxpagesize"), Some("5"));
        assert_eq!(request.preference("Outlook.TimeZone"), Some("UTC"));
        assert_eq!(request.preference("idtype"), Some("ImmutableId"));
        assert_eq!(request.preference("none"), None);
    }
}
