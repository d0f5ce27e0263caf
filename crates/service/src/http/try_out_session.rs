//! Which browser may use the try-out page without a password: the first one that comes with the token of the address
//! that `--try-out` prints. Other users of this machine, and other pages in that browser, do not know it.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};

use appwebsocket::digests_match;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Response, StatusCode, Uri};
use axum::response::IntoResponse;
use sha2::{Digest, Sha256};

use super::own_origin::OwnOrigin;
use crate::client::Client;
use crate::keyfile::Key;

/// Name of the token in the address.
const TOKEN: &str = "token";

/// What `--try-out` needs to know its browser.
pub(crate) struct TryOut {
    origin: OwnOrigin,
    /// For one browser.
    token: String,
    is_used: AtomicBool,
    /// Signs sessions. It outlives the process, so that a restart leaves the browser where it was.
    key: Key,
    /// Browsers do not keep cookies of different ports apart, so that the port is in the name.
    cookie: String,
}

impl TryOut {
    pub fn new(address: SocketAddr, tls: bool, key: Key) -> Self {
        Self {
            origin: OwnOrigin::new(address, tls),
            token: random(),
            is_used: AtomicBool::new(false),
            key,
            cookie: format!("pbx-calendar-try-out-{}", address.port()),
        }
    }

    /// The address for the one browser.
    pub fn url(&self, url: &str) -> String {
        format!("{url}?{TOKEN}={}", self.token)
    }

    /// Answers a request for the page that carries a token; `None` if it carries none.
    pub fn enter(&self, client: Client, uri: &Uri, headers: &HeaderMap) -> Option<Response<Body>> {
        let query = uri.query().unwrap_or_default();
        let token = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == TOKEN)?.1;
        let is_right = self.origin.check(client, headers).is_ok() && digests_match(&token, &self.token);
        if is_right && self.has_session(headers) {
            return Some(without_token(None));
        }
        if !is_right || self.is_used.swap(true, Ordering::AcqRel) {
            let line = "this address has been used by another browser; restart the service for a new one, or open the \
                        page without the token and enter the instance password\n";
            return Some((StatusCode::FORBIDDEN, line).into_response());
        }
        let session = random();
        let cookie = format!(
            "{}={session}.{}; Path=/; HttpOnly; SameSite=Strict",
            self.cookie,
            self.signature(&session)
        );
        Some(without_token(Some(cookie)))
    }

    /// Whether the request comes from the one browser.
    pub fn has_session(&self, headers: &HeaderMap) -> bool {
        let cookies = headers.get_all(COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
        let mut cookies =
            cookies.flat_map(|cookies| cookies.split(';')).filter_map(|cookie| cookie.split_once('='));
        cookies.any(|(name, value)| {
            let signed = value.trim().split_once('.');
            name.trim() == self.cookie
                && signed
                    .is_some_and(|(session, signature)| digests_match(&self.signature(session), signature))
        })
    }

    /// What everybody gets but the page of the one browser.
    pub fn check(&self, client: Client, headers: &HeaderMap) -> Result<(), &'static str> {
        self.origin.check(client, headers)?;
        if self.has_session(headers) {
            return Ok(());
        }
        Err("this browser has not opened the address with the token that the service printed")
    }

    fn signature(&self, session: &str) -> String {
        // The inner hash gives the outer one an input of a fixed length.
        let session = Sha256::digest(session);
        hex::encode(Sha256::new().chain_update(self.key).chain_update(session).finalize())
    }
}

/// To the page itself, so that the token is not left in the address.
fn without_token(cookie: Option<String>) -> Response<Body> {
    let mut response =
        (StatusCode::SEE_OTHER, [(LOCATION, "/"), (CACHE_CONTROL, "no-store")]).into_response();
    response.headers_mut().extend(cookie.and_then(|cookie| Some((SET_COOKIE, cookie.try_into().ok()?))));
    response
}

fn random() -> String {
    hex::encode(rand::random::<[u8; 16]>())
}
