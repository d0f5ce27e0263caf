//! `AppChallenge` and `AppLogin`.

use std::time::Duration;

use appwebsocket::{AppChallengeResult, AppLogin, AppLoginResult, SessionKey, digests_match};
use rand::RngExt;
use secrecy::{ExposeSecret, SecretString};
use tokio::time::sleep;
use tracing::{error, info, warn};

use super::connection::Connection;
use super::reply::Request;
use super::rights::{Rights, counted_as};
use crate::throttle::Source;

/// Other services use digits alone.
const CHALLENGE_DIGITS: usize = 16;
/// Of a name that a stranger may choose, so much goes to the log.
const LOGGED_CHARS: usize = 64;

impl Connection {
    /// `AppChallenge`: a new challenge, the one before is no longer valid.
    pub fn app_challenge(&mut self, request: Request<'_>) {
        let mut random = rand::rng();
        let challenge: String = (0..CHALLENGE_DIGITS).map(|_| random.random_range('0'..='9')).collect();
        self.reply(request, AppChallengeResult { challenge: challenge.as_str().into() });
        self.challenge = Some(challenge);
    }

    /// `AppLogin`. A connection logs in once; who wants other rights opens another one.
    pub async fn app_login(&mut self, request: Request<'_>, text: &str) {
        let challenge = self.challenge.take().filter(|_| self.session_key.is_none());
        let login: Option<AppLogin<'_>> = serde_json::from_str(text).ok();
        let (Some(challenge), Some(login)) = (challenge, login) else {
            return self.reply(request, AppLoginResult::default());
        };
        let source = Source::new(self.client.address, counted_as(&login.app));
        if !self.wait(self.service.throttle.delay(&source)).await {
            return;
        }
        let Some(password) = self.instance_password().await else {
            return self.reply(request, AppLoginResult::default());
        };
        let password = password.expose_secret();
        let credentials = login.credentials();
        let app: String = login.app.chars().take(LOGGED_CHARS).collect();
        if !digests_match(&credentials.digest(&challenge, password), &login.digest) {
            self.service.throttle.failed(source);
            self.service.metrics.logins.with_label_values(&["failed"]).inc();
            warn!(address = %self.client.address, ?app, "login failed");
            return self.reply(request, AppLoginResult::default());
        }
        self.service.throttle.succeeded(&source);
        self.service.metrics.logins.with_label_values(&["ok"]).inc();
        self.rights = Rights::of(&credentials);
        self.config.begin(self.service.configuration.watch().borrow().revision);
        self.session_key = Some(SessionKey::new(&challenge, password));
        info!(address = %self.client.address, ?app, rights = ?self.rights, "login");
        let domain = (!login.domain.is_empty()).then_some(login.domain);
        self.reply(request, AppLoginResult { ok: true, domain, ..AppLoginResult::default() });
    }

    /// The instance password, read anew for each login: `set-password` counts at once.
    pub async fn instance_password(&self) -> Option<SecretString> {
        match self.service.configuration.store().instance_password().await {
            Ok(password) => password,
            Err(error) => {
                error!("{error:#}");
                None
            }
        }
    }

    /// Waits, unless the service ends meanwhile.
    async fn wait(&self, delay: Duration) -> bool {
        tokio::select! {
            () = self.service.stop.cancelled() => false,
            () = sleep(delay) => true,
        }
    }
}
