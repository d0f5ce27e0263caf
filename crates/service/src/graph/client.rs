//! One request to Graph, from the token to the bytes of the answer.

use std::time::Duration;

use calendar::settings::Settings;
use prometheus::IntCounterVec;
use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Certificate, Proxy, Request, Response, StatusCode, redirect};
use secrecy::SecretString;
use tracing::debug;
use url::Url;

use super::classify;
use super::endpoints::{Endpoints, Overrides};
use super::error::{Advice, Error};
use super::token::{Credential, Registration, Token, Tokens};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// The longest that one request may take.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Who sends nothing for so long will send nothing more. With the longest wait after it that is less than a minute.
const SILENCE: Duration = Duration::from_secs(15);
/// A page of events with everything that we do not read.
const MAX_ANSWER_BYTES: usize = 16 << 20;
/// Times in UTC, bodies as short as they come, few enough events for one page to be small.
const PREFER: &str = r#"outlook.timezone="UTC", outlook.body-content-type="text", odata.maxpagesize=50"#;

/// Microsoft Graph, as one application of one tenant sees it.
pub struct Graph {
    transport: Transport,
    tokens: Tokens,
    pub(super) endpoints: Endpoints,
}

/// The way to Microsoft.
#[derive(Clone)]
pub(super) struct Transport {
    http: reqwest::Client,
    /// Counts requests by status.
    requests: IntCounterVec,
    /// The proxy, without what it may hold of a login.
    proxy: Option<String>,
}

impl Transport {
    fn new(settings: &Settings, requests: IntCounterVec) -> Result<Self, Advice> {
        // Fails if somebody has chosen one already, and then that serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let certificates = Certificate::from_pem_bundle(settings.ca_certificate.as_bytes())
            .map_err(|_| bad_certificate())?;
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("pbx-calendar/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT)
            .read_timeout(SILENCE)
            // A redirect could lead the token to another host.
            .redirect(redirect::Policy::none())
            .no_proxy();
        if !certificates.is_empty() {
            builder = builder.tls_certs_merge(certificates);
        }
        let mut shown = None;
        if !settings.http_proxy.is_empty() {
            let proxy = Proxy::all(&settings.http_proxy).map_err(|_| bad_proxy())?;
            builder = builder.proxy(proxy);
            shown = Some(without_login(&settings.http_proxy));
        }
        let http = builder.build().map_err(|_| bad_certificate())?;
        Ok(Self { http, requests, proxy: shown })
    }

    /// Sends a request. The answer may have any status.
    pub async fn send(&self, request: Request) -> Result<Response, Error> {
        let response = self.http.execute(request).await;
        let status = response.as_ref().map(Response::status);
        self.requests.with_label_values(&[status.as_ref().map_or("none", StatusCode::as_str)]).inc();
        response.map_err(|error| self.error(&error))
    }

    pub fn error(&self, error: &reqwest::Error) -> Error {
        classify::transport(error, self.proxy.as_deref())
    }
}

impl Graph {
    /// Prepares requests with these settings; nothing is sent yet.
    pub fn new(
        settings: &Settings,
        secret: SecretString,
        overrides: &Overrides,
        requests: IntCounterVec,
    ) -> Result<Self, Advice> {
        let endpoints = Endpoints::new(settings.national_cloud, overrides);
        let transport = Transport::new(settings, requests)?;
        let registration = Registration {
            client_id: settings.client_id.clone(),
            tenant: settings.tenant_id.clone(),
            credential: Credential::Secret(secret),
            token_url: endpoints.token(&settings.tenant_id),
            scope: endpoints.scope.clone(),
        };
        Ok(Self { tokens: Tokens::new(registration, transport.clone()), transport, endpoints })
    }

    /// A name for where these calendars come from: what another tenant or cloud stored is not ours.
    pub fn source(settings: &Settings, overrides: &Overrides) -> String {
        let endpoints = Endpoints::new(settings.national_cloud, overrides);
        format!("{} {}", endpoints.name(), settings.tenant_id.to_lowercase())
    }

    /// Takes a new token for the next request: permissions granted since count from then on.
    pub async fn renew_token(&self) {
        self.tokens.forget(None).await;
    }

    /// The answer to a request; `request` is what follows the version in its address.
    pub(super) async fn get(&self, request: &str) -> Result<Vec<u8>, Error> {
        let token = self.tokens.get().await?;
        let mut response = self.send(request, &token).await?;
        if response.status() == StatusCode::UNAUTHORIZED {
            // It may have been revoked, or the clock may be wrong.
            self.tokens.forget(Some(&token)).await;
            let token = self.tokens.get().await?;
            response = self.send(request, &token).await?;
        }
        let (status, headers) = (response.status(), response.headers().clone());
        let body = read(response, MAX_ANSWER_BYTES, &self.transport).await;
        debug!(request = path(request), %status, "Graph");
        if !status.is_success() {
            return Err(classify::status(status, &headers, &body.unwrap_or_default()));
        }
        body
    }

    async fn send(&self, request: &str, token: &Token) -> Result<Response, Error> {
        let headers = HeaderMap::from_iter([
            (AUTHORIZATION, token.0.clone()),
            (ACCEPT, HeaderValue::from_static("application/json")),
            (HeaderName::from_static("prefer"), HeaderValue::from_static(PREFER)),
        ]);
        let request = self.transport.http.get(self.endpoints.request(request)).headers(headers).build();
        self.transport.send(request.map_err(|error| self.transport.error(&error))?).await
    }
}

/// The body of an answer, if it is no longer than that.
pub(super) async fn read(
    mut response: Response,
    limit: usize,
    transport: &Transport,
) -> Result<Vec<u8>, Error> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| transport.error(&error))? {
        if body.len() + chunk.len() > limit {
            return Err(classify::unreadable());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// A request without the tokens in its query.
fn path(request: &str) -> &str {
    request.split_once('?').map_or(request, |(path, _)| path)
}

fn without_login(proxy: &str) -> String {
    let Ok(mut url) = Url::parse(proxy) else { return "in the settings".to_owned() };
    // An address with a host takes both.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.as_str().trim_end_matches('/').to_owned()
}

fn bad_certificate() -> Advice {
    Advice::new(
        "certificate",
        "The certificate authority in the settings cannot be used, and the system's cannot be read. It must be one or more certificates as PEM.",
    )
}

fn bad_proxy() -> Advice {
    Advice::new(
        "proxy",
        "The address of the proxy in the settings cannot be used. It must look like http://proxy.example:3128",
    )
}
