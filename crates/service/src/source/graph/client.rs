//! One request to Graph, from the token to the bytes of the answer.

use calendar::settings::{Item, Settings};
use prometheus::{IntCounterVec, Opts};
use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Response, StatusCode};
use tracing::debug;

use super::endpoints::{Endpoints, Overrides};
use super::failures::Failures;
use super::mailboxes::Mailboxes;
use super::organizer::Organizers;
use super::search::Refusal;
use super::skim::Skimmer;
use super::token::{Credential, Registration, Token, Tokens};
use super::{classify, foreign};
use crate::source::transport::{SLOW, Transport};
use crate::source::{Advice, Error, Refused, Secrets, Wants};

/// A page of events with everything that we do not read.
const MAX_ANSWER_BYTES: usize = 16 << 20;
/// The most that is received of an answer of which not everything is kept.
const MAX_SKIMMED_BYTES: usize = 256 << 20;
/// Times in UTC, bodies as short as they come.
const PREFER: &str = r#"outlook.timezone="UTC", outlook.body-content-type="text", odata.maxpagesize="#;
/// How many entries a page may have: few enough for one to be small, and fewer where one is not.
pub(super) const PAGE_SIZES: [usize; 3] = [50, 10, 1];

/// Microsoft Graph, as one application of one tenant sees it.
pub struct Graph {
    pub(super) transport: Transport,
    pub(super) tokens: Tokens,
    pub(super) endpoints: Endpoints,
    /// Whether addresses may be looked up.
    pub(super) directory: Refusal,
    /// Whether the zones of mailboxes may be read.
    pub(super) mailbox_settings: Refusal,
    /// What is wanted beside appointments.
    pub(super) wants: Wants,
    /// Addresses that fail, by user.
    pub(super) failures: Failures,
    /// Addresses of organizers who are named otherwise.
    pub(super) organizers: Organizers,
    /// How requests name the mailboxes of addresses.
    pub(super) mailboxes: Mailboxes,
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
            wants: Wants::of(settings),
            failures: Failures::default(),
            organizers: Organizers::default(),
            mailboxes: Mailboxes::default(),
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
    pub(super) async fn get(&self, request: &str) -> Result<Vec<u8>, Refused> {
        let response = self.success(request, PAGE_SIZES[0]).await?;
        let status = response.status();
        let body = self.transport.read(response, MAX_ANSWER_BYTES).await?.ok_or_else(classify::unreadable)?;
        Ok(own(status, body)?)
    }

    /// The same with so many entries at most; `None` if the answer is too long, or takes too long.
    pub(super) async fn get_page(&self, request: &str, size: usize) -> Result<Option<Vec<u8>>, Refused> {
        let response = self.success(request, size).await?;
        let status = response.status();
        match self.transport.read(response, MAX_ANSWER_BYTES).await {
            Ok(Some(body)) => Ok(Some(own(status, body)?)),
            Ok(None) => Ok(None),
            Err(Error::Failed(advice)) if advice.code == SLOW => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The same with one entry, of which not everything is kept; and whether that is left out altogether.
    pub(super) async fn skim(&self, request: &str) -> Result<(Vec<u8>, bool), Error> {
        let mut response = self.success(request, 1).await?;
        let mut skimmer = Skimmer::default();
        let mut received = 0;
        while let Some(chunk) = response.chunk().await.map_err(|error| self.transport.error(&error))? {
            received += chunk.len();
            if received > MAX_SKIMMED_BYTES {
                return Err(classify::unreadable());
            }
            skimmer.push(&chunk);
        }
        Ok(skimmer.finish())
    }

    /// Sends a request until it is answered with success.
    async fn success(&self, request: &str, size: usize) -> Result<Response, Refused> {
        let token = self.tokens.get().await?;
        let response = self.send(request, &token, size).await?;
        if response.status().is_success() {
            return Ok(response);
        }
        let (status, headers, body) = self.refusal(response).await;
        if status != StatusCode::UNAUTHORIZED || !classify::is_own(&body) {
            return Err(classify::refused(status, &headers, &body));
        }
        // It may have been revoked, or the clock may be wrong.
        self.tokens.forget(Some(&token)).await;
        let token = self.tokens.get().await?;
        let response = self.send(request, &token, size).await?;
        if response.status().is_success() {
            return Ok(response);
        }
        let (status, headers, body) = self.refusal(response).await;
        Err(classify::refused(status, &headers, &body))
    }

    /// What a refusal says, as far as it arrives.
    async fn refusal(&self, response: Response) -> (StatusCode, HeaderMap, Vec<u8>) {
        let (status, headers) = (response.status(), response.headers().clone());
        let body = self.transport.read(response, MAX_ANSWER_BYTES).await;
        (status, headers, body.ok().flatten().unwrap_or_default())
    }

    async fn send(&self, request: &str, token: &Token, size: usize) -> Result<Response, Error> {
        let prefer = HeaderValue::try_from(format!("{PREFER}{size}")).map_err(|_| classify::unreadable())?;
        let headers = HeaderMap::from_iter([
            (AUTHORIZATION, token.0.clone()),
            (ACCEPT, HeaderValue::from_static("application/json")),
            (HeaderName::from_static("prefer"), prefer),
        ]);
        let built = self.transport.http().get(self.endpoints.request(request)).headers(headers).build();
        let response = self.transport.send(built.map_err(|error| self.transport.error(&error))?).await?;
        debug!(request = path(request), status = %response.status(), "Graph");
        Ok(response)
    }
}

/// An answer, if it can be one of Graph.
fn own(status: StatusCode, body: Vec<u8>) -> Result<Vec<u8>, Error> {
    if foreign::is_foreign(&body) { Err(Error::Failed(foreign::graph(status))) } else { Ok(body) }
}

/// A request without the tokens in its query.
fn path(request: &str) -> &str {
    request.split_once('?').map_or(request, |(path, _)| path)
}
