//! Connections to one address, each with its own login. Whoever asks has a connection to themselves until the answer
//! is there.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::{AUTHORIZATION, HOST, HeaderMap, HeaderValue, USER_AGENT};
use hyper::{Method, Request, Response, StatusCode};
use prometheus::IntCounterVec;
use url::Url;

use super::advice::Told;
use super::binding::bindings;
use super::gate::{Gate, Turn};
use super::ntlm::{Challenge, Login, Negotiate};
use super::offer::{Offer, Scheme};
use super::reach;
use super::trouble::Trouble;
use super::way::Way;
use super::wire::{Answer, NoAnswer, Wire, collect};
use crate::source::backend::SignedInAs;
use crate::source::{Advice, Refused};

/// What comes with a refusal is read and forgotten.
const MAX_LOGIN_BYTES: usize = 1 << 20;
/// Exchange's lists of who may come in go by this name.
pub const NAME: HeaderValue = HeaderValue::from_static(concat!("pbx-calendar/", env!("CARGO_PKG_VERSION")));

/// How the server learns who asks.
#[derive(Clone)]
pub enum Auth {
    /// By a password, once a connection.
    Ntlm(Arc<Ntlm>),
    /// By a token in every request.
    Bearer(Arc<dyn Tokens>),
}

/// A login by password, shared by all sessions of a source.
pub struct Ntlm {
    /// Account and password.
    pub login: Login,
    /// Whether a login is bound to its TLS connection.
    pub binds: bool,
    /// Whether a refused login is tried once more the other way, as a connection test does.
    pub tries_other: bool,
    /// Whether that was taken.
    pub works_otherwise: AtomicBool,
    /// Keeps a refused password from being repeated.
    pub gate: Gate,
    /// Whether Autodiscover took the password.
    pub autodiscover: AtomicBool,
    /// Counts handshakes by result.
    pub handshakes: IntCounterVec,
}

impl Ntlm {
    /// Whether the next login is bound.
    fn binds(&self) -> bool {
        self.binds != self.works_otherwise.load(Ordering::Relaxed)
    }
}

/// Where tokens come from.
#[async_trait]
pub trait Tokens: Send + Sync {
    /// A valid token, as the header that carries it.
    async fn token(&self) -> Result<HeaderValue, Trouble>;

    /// The server refuses this one.
    async fn forget(&self, refused: &HeaderValue);

    /// The next one is to be new: rights may have been granted.
    async fn start_over(&self);

    /// A new one, which whoever asks next gets, too; or why there is none, as an administrator is told.
    async fn fresh(&self) -> Result<HeaderValue, Refused>;

    /// Whether somebody has signed in, where that is needed.
    async fn is_signed_in(&self) -> bool {
        true
    }

    /// Who has signed in, where somebody does.
    fn signed_in(&self) -> Option<SignedInAs> {
        None
    }
}

/// What is posted.
#[derive(Clone)]
pub struct Post {
    /// Headers beside those of the connection and the login.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// Connections to one address.
pub struct Session {
    way: Arc<Way>,
    url: Url,
    host: HeaderValue,
    auth: Auth,
    /// What the server offers, once that is known.
    scheme: Mutex<Option<Scheme>>,
    idle: Mutex<Vec<Wire>>,
}

/// A connection with an answer whose body is still to come.
pub type Open = (Wire, Response<Incoming>);

enum Shake {
    Answered(Box<Open>),
    Refused,
}

impl Session {
    /// A session; nothing is sent yet.
    pub fn new(way: Arc<Way>, url: Url, auth: Auth) -> Result<Self, Trouble> {
        let host = host(&url).ok_or_else(|| reach::no_http(&url))?;
        Ok(Self { way, url, host, auth, scheme: Mutex::default(), idle: Mutex::default() })
    }

    /// The address.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Posts something, and reads the answer to its end.
    pub async fn ask(&self, post: &Post, limit: usize) -> Result<Answer, Trouble> {
        let (wire, response) = self.open(post).await?;
        let answer = collect(&self.url, response, limit).await?;
        if wire.is_open() {
            lock(&self.idle).push(wire);
        }
        Ok(answer)
    }

    /// Posts something; whoever called reads the answer, and has the connection to themselves as long as they like.
    pub async fn open(&self, post: &Post) -> Result<Open, Trouble> {
        match &self.auth {
            Auth::Ntlm(ntlm) => self.open_ntlm(ntlm, post).await,
            Auth::Bearer(tokens) => self.open_bearer(tokens.as_ref(), post).await,
        }
    }

    /// What the server answers to whoever has no login.
    pub async fn knock(&self) -> Result<(StatusCode, HeaderMap), Trouble> {
        let mut wire = Box::pin(self.way.connect(&self.url)).await?;
        let response = wire.send(self.request(None, None)).await;
        let response = response.map_err(|error| error.trouble(&self.url))?;
        Ok((response.status(), response.headers().clone()))
    }

    async fn open_bearer(&self, tokens: &dyn Tokens, post: &Post) -> Result<Open, Trouble> {
        let token = tokens.token().await?;
        let open = self.send_bearer(post, &token).await?;
        if open.1.status() != StatusCode::UNAUTHORIZED {
            return Ok(open);
        }
        // It may have been revoked, or the clock may be wrong.
        tokens.forget(&token).await;
        let open = self.send_bearer(post, &tokens.token().await?).await?;
        if open.1.status() == StatusCode::UNAUTHORIZED {
            return Err(Trouble::NoAccess(token_refused(&self.url)));
        }
        Ok(open)
    }

    async fn send_bearer(&self, post: &Post, token: &HeaderValue) -> Result<Open, Trouble> {
        let request = || self.request(Some(post), Some(token.clone()));
        if let Some(mut wire) = self.take_idle() {
            match wire.send(request()).await {
                Ok(response) => return Ok((wire, response)),
                // The server closes connections that it finds idle.
                Err(NoAnswer::Broke) => {}
                Err(NoAnswer::Silent) => return Err(reach::silent(&self.url)),
            }
        }
        let mut wire = Box::pin(self.way.connect(&self.url)).await?;
        let response = wire.send(request()).await.map_err(|error| error.trouble(&self.url))?;
        Ok((wire, response))
    }

    async fn open_ntlm(&self, ntlm: &Ntlm, post: &Post) -> Result<Open, Trouble> {
        if let Some(mut wire) = self.take_idle() {
            match wire.send(self.request(Some(post), None)).await {
                // Once logged in it should stay so. Where it does not, another connection logs in, once.
                Ok(response) if response.status() != StatusCode::UNAUTHORIZED => return Ok((wire, response)),
                Ok(_) | Err(NoAnswer::Broke) => {}
                Err(NoAnswer::Silent) => return Err(reach::silent(&self.url)),
            }
        }
        // Seldom needed, and large.
        Box::pin(self.log_in(ntlm, post)).await
    }

    /// Logs a new connection in. A refused password is tried once more, and then no longer.
    async fn log_in(&self, ntlm: &Ntlm, post: &Post) -> Result<Open, Trouble> {
        let alone = match ntlm.gate.enter().await? {
            Turn::Together => match self.shake(ntlm, post, ntlm.binds()).await? {
                Shake::Answered(open) => return Ok(*open),
                Shake::Refused => ntlm.gate.enter_alone().await?,
            },
            Turn::Alone(alone) => match self.shake(ntlm, post, ntlm.binds()).await? {
                Shake::Answered(open) => {
                    alone.taken();
                    return Ok(*open);
                }
                Shake::Refused => alone,
            },
        };
        match self.shake(ntlm, post, ntlm.binds() != ntlm.tries_other).await? {
            Shake::Answered(open) => {
                alone.taken();
                if ntlm.tries_other {
                    ntlm.works_otherwise.fetch_xor(true, Ordering::Relaxed);
                }
                Ok(*open)
            }
            Shake::Refused => {
                let autodiscover = ntlm.autodiscover.load(Ordering::Relaxed);
                Err(alone.refused(Told::LoginRefused { autodiscover }.advice()))
            }
        }
    }

    async fn shake(&self, ntlm: &Ntlm, post: &Post, binds: bool) -> Result<Shake, Trouble> {
        let shake = self.handshake(ntlm, post, binds).await;
        let result = match &shake {
            Ok(Shake::Answered(_)) => "accepted",
            Ok(Shake::Refused) => "refused",
            Err(_) => "failed",
        };
        ntlm.handshakes.with_label_values(&[result]).inc();
        shake
    }

    /// Three messages on one connection, the last one with the first real request.
    async fn handshake(&self, ntlm: &Ntlm, post: &Post, binds: bool) -> Result<Shake, Trouble> {
        let mut wire = Box::pin(self.way.connect(&self.url)).await?;
        let known = *lock(&self.scheme);
        let scheme = match known {
            Some(scheme) => scheme,
            None => match self.offered(&mut wire, post).await? {
                Ok(scheme) => scheme,
                Err(response) => return Ok(Shake::Answered(Box::new((wire, response)))),
            },
        };
        let negotiate = Negotiate::new();
        let request = self.request(None, Some(scheme.header(negotiate.bytes())));
        let response = wire.send(request).await.map_err(|error| error.trouble(&self.url))?;
        if response.status() != StatusCode::UNAUTHORIZED {
            return Ok(Shake::Answered(Box::new((wire, response))));
        }
        let offer = Offer::of(response.headers());
        let challenge = offer.message(scheme).and_then(|message| Challenge::read(message).ok());
        let Some(challenge) = challenge else {
            *lock(&self.scheme) = None;
            let offered = format!("{} without NTLM", offer.shown());
            return Err(Trouble::NoAccess(Told::BasicOnly { offered: &offered }.advice()));
        };
        collect(&self.url, response, MAX_LOGIN_BYTES).await?;
        let bindings = wire.certificate().filter(|_| binds).and_then(bindings);
        let host = self.url.host_str().unwrap_or_default();
        let message = challenge.authenticate(&negotiate, &ntlm.login, host, bindings);
        let request = self.request(Some(post), Some(scheme.header(&message)));
        let response = wire.send(request).await.map_err(|error| error.trouble(&self.url))?;
        if response.status() == StatusCode::UNAUTHORIZED {
            return Ok(Shake::Refused);
        }
        Ok(Shake::Answered(Box::new((wire, response))))
    }

    /// Asks what is offered. Whoever answers without a login has answered.
    async fn offered(
        &self,
        wire: &mut Wire,
        post: &Post,
    ) -> Result<Result<Scheme, Response<Incoming>>, Trouble> {
        let broken = |error: NoAnswer| error.trouble(&self.url);
        let response = wire.send(self.request(None, None)).await.map_err(broken)?;
        if response.status().is_success() {
            collect(&self.url, response, MAX_LOGIN_BYTES).await?;
            return wire.send(self.request(Some(post), None)).await.map(Err).map_err(broken);
        }
        if response.status() != StatusCode::UNAUTHORIZED {
            return Ok(Err(response));
        }
        let offer = Offer::of(response.headers());
        let Some(scheme) = offer.scheme() else {
            return Err(Trouble::NoAccess(Told::BasicOnly { offered: &offer.shown() }.advice()));
        };
        collect(&self.url, response, MAX_LOGIN_BYTES).await?;
        *lock(&self.scheme) = Some(scheme);
        Ok(Ok(scheme))
    }

    /// A request with this post, or an empty one.
    fn request(&self, post: Option<&Post>, authorization: Option<HeaderValue>) -> Request<Full<Bytes>> {
        let body = post.map(|post| post.body.clone()).unwrap_or_default();
        let mut request = Request::new(Full::new(body));
        *request.method_mut() = Method::POST;
        if let Some(post) = post {
            request.headers_mut().clone_from(&post.headers);
        }
        // A path that is part of an address is one here as well.
        *request.uri_mut() = path(&self.url).parse().unwrap_or_default();
        request.headers_mut().insert(HOST, self.host.clone());
        request.headers_mut().insert(USER_AGENT, NAME);
        if let Some(authorization) = authorization {
            request.headers_mut().insert(AUTHORIZATION, authorization);
        }
        request
    }

    fn take_idle(&self) -> Option<Wire> {
        let mut idle = lock(&self.idle);
        while let Some(wire) = idle.pop() {
            if wire.is_open() {
                return Some(wire);
            }
        }
        None
    }
}

/// The host with its port, where that is not the usual one.
pub fn host(url: &Url) -> Option<HeaderValue> {
    let host = url.host_str()?;
    let text = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    HeaderValue::try_from(text).ok()
}

fn path(url: &Url) -> String {
    url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
}

fn token_refused(url: &Url) -> Advice {
    Advice::new(
        "tokenRefused",
        format!(
            "{} refuses the token that Microsoft's login has just issued. Check that Microsoft cloud and tenant belong together, and that the application has the permission full_access_as_app with admin consent.",
            url.host_str().unwrap_or_default()
        ),
    )
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
