//! One request to Graph, from the token to the bytes of the answer.

use calendar::settings::{Item, Settings};
use prometheus::{IntCounterVec, Opts};
use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Response, StatusCode};
use tracing::debug;

use super::classify;
use super::endpoints::{Endpoints, Overrides};
use super::search::Refusal;
use super::token::{Credential, Registration, Token, Tokens};
use crate::source::transport::Transport;
use crate::source::{Advice, Error, Secrets};

/// A page of events with everything that we do not read.
const MAX_ANSWER_BYTES: usize = 16 << 20;
/// Times in UTC, bodies as short as they come, few enough events for one page to be small.
const PREFER: &str = r#"outlook.timezone="UTC", outlook.body-content-type="text", odata.maxpagesize=50"#;

/// Microsoft Graph, as one application of one tenant sees it.
pub struct Graph {
    transport: Transport,
    tokens: Tokens,
    pub(super) endpoints: Endpoints,
    /// Whether addresses may be looked up.
    pub(super) directory: Refusal,
    /// Whether the zones of mailboxes may be read.
    pub(super) mailbox_settings: Refusal,
}

/// Counts requests by status.
pub fn requests() -> Result<IntCounterVec, prometheus::Error> {
    IntCounterVec::new(
        Opts::new(
            "pbx_calendar_graph_requests_total",
            "Requests to Microsoft Graph and for tokens, by HTTP status; none is no answer.",
        ),
        &["status"],
    )
}

impl Graph {
    /// Prepares requests with these settings; nothing is sent yet.
    pub fn new(
        settings: &Settings,
        secrets: &Secrets,
        overrides: &Overrides,
        requests: IntCounterVec,
    ) -> Result<Self, Advice> {
        let endpoints = Endpoints::new(settings.national_cloud, overrides);
        let transport = Transport::new(settings, secrets, requests)?;
        let registration = Registration {
            client_id: settings.client_id.clone(),
            tenant: settings.tenant_id.clone(),
            credential: Credential::Secret(secrets.get(Item::ClientSecret)),
            token_url: endpoints.token(&settings.tenant_id),
            scope: endpoints.scope.clone(),
        };
        Ok(Self {
            tokens: Tokens::new(registration, transport.clone()),
            transport,
            endpoints,
            directory: Refusal::default(),
            mailbox_settings: Refusal::default(),
        })
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
        let body = self.transport.read(response, MAX_ANSWER_BYTES).await;
        debug!(request = path(request), %status, "Graph");
        if !status.is_success() {
            return Err(classify::status(status, &headers, &body.ok().flatten().unwrap_or_default()));
        }
        body?.ok_or_else(classify::unreadable)
    }

    async fn send(&self, request: &str, token: &Token) -> Result<Response, Error> {
        let headers = HeaderMap::from_iter([
            (AUTHORIZATION, token.0.clone()),
            (ACCEPT, HeaderValue::from_static("application/json")),
            (HeaderName::from_static("prefer"), HeaderValue::from_static(PREFER)),
        ]);
        let request = self.transport.http().get(self.endpoints.request(request)).headers(headers).build();
        self.transport.send(request.map_err(|error| self.transport.error(&error))?).await
    }
}

/// A request without the tokens in its query.
fn path(request: &str) -> &str {
    request.split_once('?').map_or(request, |(path, _)| path)
}
