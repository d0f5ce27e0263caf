//! Files as answers: type, encoding, `ETag`.

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    ETAG, HOST, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use sha2::{Digest, Sha256};

use super::encoding::Encoding;

/// A file to be sent.
pub(super) struct Asset {
    pub content_type: &'static str,
    pub encoding: Encoding,
    pub body: Bytes,
    /// A hash of what is sent, so the encodings of a file differ.
    pub etag: HeaderValue,
    /// Who may show the file in a frame, if it is a page.
    pub frames: Frames,
}

/// Pages that may show a page in a frame.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Frames {
    /// Pages of the service itself. The try-out page logs in by itself, so it must not be clicked on unseen.
    Own,
    /// Any: apps are shown in frames of the PBX's client, on another origin.
    Any,
}

impl Asset {
    /// The answer to a request with these headers.
    pub fn response(self, request: &HeaderMap) -> Response<Body> {
        let fresh = is_known(request, &self.etag);
        let policy = self.policy(request);
        let mut response = Response::new(if fresh { Body::empty() } else { Body::from(self.body) });
        if fresh {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        if let Some(name) = self.encoding.name() {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        headers.insert(ETAG, self.etag);
        headers.extend(policy.map(|policy| (CONTENT_SECURITY_POLICY, policy)));
        response
    }

    /// Scripts and styles of the service alone, none of them inline; sockets to the service.
    fn policy(&self, request: &HeaderMap) -> Option<HeaderValue> {
        if !self.content_type.starts_with("text/html") {
            return None;
        }
        // Some browsers do not take 'self' as covering websockets.
        let host = request.get(HOST).and_then(|host| host.to_str().ok()).filter(|host| is_plain_host(host));
        let sockets = host.map(|host| format!(" ws://{host} wss://{host}")).unwrap_or_default();
        let frames = if self.frames == Frames::Own { "; frame-ancestors 'self'" } else { "" };
        let policy = format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
             connect-src 'self'{sockets}; base-uri 'none'; form-action 'none'{frames}"
        );
        HeaderValue::try_from(policy).ok()
    }
}

/// The `ETag` of a file.
pub(super) fn etag(body: &[u8]) -> HeaderValue {
    etag_of_hash(&Sha256::digest(body))
}

/// The same where the hash is known.
pub(super) fn etag_of_hash(hash: &[u8]) -> HeaderValue {
    // Hexadecimal digits always make a header.
    HeaderValue::try_from(format!("\"{}\"", hex::encode(hash))).unwrap_or(HeaderValue::from_static("\"\""))
}

/// The type of a file by its name. Text is UTF-8 throughout.
pub(super) fn content_type(path: &str) -> &'static str {
    match mime_guess::from_path(path).first_raw() {
        Some("text/html") => "text/html; charset=utf-8",
        Some("text/css") => "text/css; charset=utf-8",
        Some("text/javascript" | "application/javascript") => "text/javascript; charset=utf-8",
        // TypeScript is taken for a video, which has the same suffix.
        Some("text/plain" | "text/markdown" | "video/vnd.dlna.mpeg-tts") => "text/plain; charset=utf-8",
        Some(other) => other,
        None => "application/octet-stream",
    }
}

/// Whether the client already has this version.
fn is_known(request: &HeaderMap, etag: &HeaderValue) -> bool {
    let values = request.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut known = values.flat_map(|value| value.split(',')).map(str::trim);
    known.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == etag)
}

/// Whether the value of `Host` can stand in a policy without changing its meaning.
fn is_plain_host(host: &str) -> bool {
    !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".:-[]".contains(&byte))
}
