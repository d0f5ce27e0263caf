//! Access tokens in the name of whoever has signed in.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use hyper::header::HeaderValue;
use oauth2::TokenResponse;
use prometheus::IntCounterVec;
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;
use tokio::time::Instant;
use tracing::{info, warn};

use super::application::{Answer, Application};
use super::keep::{self, Keep};
use crate::source::backend::SignedInAs;
use crate::source::exchange::advice::Told;
use crate::source::exchange::session::Tokens;
use crate::source::exchange::token::trouble;
use crate::source::exchange::trouble::Trouble;
use crate::source::graph::token::{life, serves};
use crate::source::transport::Transport;
use crate::source::{Advice, Overrides, Refused, Secrets};

/// Tokens of a person.
pub struct Delegated {
    application: Application,
    transport: Transport,
    keep: Arc<dyn Keep>,
    state: Mutex<State>,
    /// Whether what somebody else has kept is gone.
    has_cleaned: AtomicBool,
    /// Who has signed in, as far as that is known.
    signed_in: std::sync::Mutex<Option<SignedInAs>>,
}

#[derive(Default)]
struct State {
    token: Option<(HeaderValue, Instant)>,
    /// Hash of a refresh token that is no longer any good: it is not tried again.
    refused: Option<[u8; 32]>,
}

impl Delegated {
    /// As the settings say; nothing is asked yet.
    pub fn new(
        settings: &calendar::settings::Settings,
        secrets: &Secrets,
        overrides: &Overrides,
        requests: IntCounterVec,
        keep: Arc<dyn Keep>,
    ) -> Result<Self, Advice> {
        let transport = Transport::new(settings, secrets, requests)?;
        let application = Application::new(settings, secrets, overrides);
        Ok(Self {
            application,
            transport,
            keep,
            state: Mutex::default(),
            has_cleaned: AtomicBool::new(false),
            signed_in: std::sync::Mutex::default(),
        })
    }

    async fn renew(&self, state: &mut State) -> Result<HeaderValue, Trouble> {
        let owner = &self.application.owner;
        // Once: a source that is about to end, as the settings have changed, must not take away what is new.
        if !self.has_cleaned.swap(true, Ordering::Relaxed)
            && let Err(error) = keep::drop_of_others(&*self.keep, owner).await
        {
            warn!(%error, "an old sign-in cannot be removed from the database");
        }
        let kept = keep::read(&*self.keep, owner).await.unwrap_or_else(|error| {
            warn!(%error, "the sign-in cannot be read from the database");
            None
        });
        let sign_in = || {
            self.set_signed_in(None);
            Trouble::NoAccess(Told::SignIn.advice())
        };
        let kept = kept.ok_or_else(sign_in)?;
        let hash: [u8; 32] = Sha256::digest(kept.token.expose_secret()).into();
        if state.refused == Some(hash) {
            return Err(sign_in());
        }
        self.set_signed_in(kept.name.clone().map(|name| SignedInAs { name, since: kept.since }));
        let answer = match self.application.renew(&self.transport, &kept.token).await.map_err(trouble)? {
            Ok(answer) => answer,
            Err(advice) => {
                state.refused = Some(hash);
                self.set_signed_in(None);
                return Err(Trouble::NoAccess(advice));
            }
        };
        if let Some(next) = answer.refresh_token()
            && let Err(error) = keep::write(&*self.keep, owner, &kept.renewed(next.secret())).await
        {
            // The one before is good until it is not used for a long time.
            warn!(%error, "the renewed sign-in cannot be kept");
        }
        let (header, life) = bearer(&answer).ok_or_else(sign_in)?;
        info!(life_s = life.as_secs(), "token for Exchange Online issued");
        state.token = Some((header.clone(), Instant::now() + serves(life)));
        Ok(header)
    }

    fn set_signed_in(&self, signed_in: Option<SignedInAs>) {
        *self.signed_in.lock().unwrap_or_else(PoisonError::into_inner) = signed_in;
    }
}

#[async_trait]
impl Tokens for Delegated {
    async fn token(&self) -> Result<HeaderValue, Trouble> {
        // Whoever comes next waits for this renewal.
        let mut state = self.state.lock().await;
        match &state.token {
            Some((header, renew)) if Instant::now() < *renew => Ok(header.clone()),
            _ => self.renew(&mut state).await,
        }
    }

    async fn forget(&self, refused: &HeaderValue) {
        self.state.lock().await.token.take_if(|(header, _)| header == refused);
    }

    async fn start_over(&self) {
        *self.state.lock().await = State::default();
    }

    async fn is_signed_in(&self) -> bool {
        let kept = keep::read(&*self.keep, &self.application.owner).await;
        kept.is_ok_and(|kept| kept.is_some())
    }

    async fn fresh(&self) -> Result<HeaderValue, Refused> {
        let mut state = self.state.lock().await;
        *state = State::default();
        self.renew(&mut state).await.map_err(|trouble| trouble.into_error().into())
    }

    fn signed_in(&self) -> Option<SignedInAs> {
        self.signed_in.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn bearer(answer: &Answer) -> Option<(HeaderValue, Duration)> {
    let mut header = HeaderValue::try_from(format!("Bearer {}", answer.access_token().secret())).ok()?;
    header.set_sensitive(true);
    Some((header, life(answer.expires_in())))
}
