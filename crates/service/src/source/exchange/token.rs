//! Tokens for Exchange Online, of the application by itself.

use async_trait::async_trait;
use calendar::settings::{Item, Settings};
use hyper::header::HeaderValue;
use prometheus::IntCounterVec;

use super::build::online_host;
use super::session::Tokens;
use super::trouble::Trouble;
use crate::source::graph::Overrides;
use crate::source::graph::endpoints::Endpoints;
use crate::source::graph::token::{self, Credential, Registration, Token};
use crate::source::transport::Transport;
use crate::source::{Advice, Error, Refused, Secrets};

/// Tokens of the application.
pub struct Online(token::Tokens);

impl Online {
    /// As the settings say; nothing is asked yet.
    pub fn new(
        settings: &Settings,
        secrets: &Secrets,
        overrides: &Overrides,
        requests: IntCounterVec,
    ) -> Result<Self, Advice> {
        let endpoints = Endpoints::new(settings.national_cloud, overrides);
        let registration = Registration {
            client_id: settings.client_id.clone(),
            credential: Credential::Secret(secrets.get(Item::ClientSecret)),
            token_url: endpoints.token(&settings.tenant_id),
            scope: format!("https://{}/.default", online_host(settings.national_cloud)),
        };
        Ok(Self(token::Tokens::new(registration, Transport::new(settings, secrets, requests)?)))
    }
}

#[async_trait]
impl Tokens for Online {
    async fn token(&self) -> Result<HeaderValue, Trouble> {
        self.0.get().await.map(|Token(header)| header).map_err(trouble)
    }

    async fn forget(&self, refused: &HeaderValue) {
        self.0.forget(Some(&Token(refused.clone()))).await;
    }

    async fn start_over(&self) {
        self.0.forget(None).await;
    }

    async fn fresh(&self) -> Result<HeaderValue, Refused> {
        let Token(header) = self.0.fresh().await.map_err(|refused| Refused {
            told: refused.told().map(|told| match told.code {
                "consentMissing" => Advice { text: consent_missing().text, ..told.clone() },
                _ => told.clone(),
            }),
            error: refused.error,
        })?;
        Ok(header)
    }
}

/// What the login says, as this source tells it.
pub(super) fn trouble(error: Error) -> Trouble {
    match error {
        Error::NoAccess(advice) if advice.code == "consentMissing" => Trouble::NoAccess(consent_missing()),
        Error::NoAccess(advice) | Error::Denied(advice) => Trouble::NoAccess(advice),
        Error::Unreachable(advice) => Trouble::Unreachable(advice),
        Error::Throttled(wait) => Trouble::Busy(wait),
        Error::Failed(advice) => Trouble::Cut(advice),
        Error::Forbidden | Error::NotFound | Error::Elsewhere | Error::Gone => Trouble::Status(403),
    }
}

fn consent_missing() -> Advice {
    Advice::new(
        "consentMissing",
        "The application has no permissions in the tenant. Add the application permission full_access_as_app of Office 365 Exchange Online to the app registration, and have an administrator grant consent.",
    )
}
