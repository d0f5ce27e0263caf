//! `AppChallenge` and `AppLogin`.

use std::borrow::Cow;

use appwebsocket::{AppChallengeResult, AppLogin, AppLoginResult, SessionKey, digests_match};
use rand::RngExt;
use secrecy::{ExposeSecret, SecretString};
use tracing::{error, info, warn};

use super::reply::Request;
use super::rights::{Rights, counted_as};
use super::{Login, Session};
use crate::sync::Who;

/// Other services use digits alone.
const CHALLENGE_DIGITS: usize = 16;
/// Grows when a package on an App Platform, or a form, of before would misunderstand.
const PROTOCOL: u32 = 1;
/// Of a name that a stranger may choose, so much goes to the log.
const LOGGED_CHARS: usize = 64;

impl Session {
    /// `AppChallenge`: a new challenge, the one before is no longer valid.
    pub(super) fn app_challenge(&mut self, request: Request<'_>) {
        let mut random = rand::rng();
        let challenge: String = (0..CHALLENGE_DIGITS).map(|_| random.random_range('0'..='9')).collect();
        self.reply(request, AppChallengeResult { challenge: challenge.as_str().into() });
        self.challenge = Some(challenge);
    }

    /// `AppLogin`. A connection logs in once; who wants other rights opens another one.
    pub(super) async fn app_login(&mut self, request: Request<'_>, text: &str) {
        let challenge = self.challenge.take().filter(|_| self.login.is_none());
        let login: Option<AppLogin<'_>> = serde_json::from_str(text).ok();
        let (Some(challenge), Some(login)) = (challenge, login) else {
            return self.reply(request, AppLoginResult::default());
        };
        let app: String = login.app.chars().take(LOGGED_CHARS).collect();
        if login.credentials().is_ambiguous() {
            self.count_login("failed");
            warn!(address = %self.client.address, ?app, "login refused: a field holds a colon");
            return self.reply(request, AppLoginResult::default());
        }
        let counted_as = counted_as(&login.app);
        let stop = self.service.stop.clone();
        let turn = self.service.throttle.attempt(self.client.address, counted_as);
        let Some(turn) = stop.run_until_cancelled(turn).await else { return };
        let Some(attempt) = turn else {
            self.count_login("refused");
            return self.reply(request, too_many());
        };
        let Some(password) = self.instance_password().await else {
            return self.reply(request, AppLoginResult::default());
        };
        let credentials = login.credentials();
        if !digests_match(&credentials.digest(&challenge, password.expose_secret()), &login.digest) {
            attempt.failed();
            self.count_login("failed");
            warn!(address = %self.client.address, ?app, "login failed");
            return self.reply(request, AppLoginResult::default());
        }
        attempt.succeeded();
        self.count_login("ok");
        self.place.logged_in();
        self.rights = Rights::of(&credentials);
        self.config.begin(self.service.configuration.watch().borrow().revision);
        self.login = Some(Login {
            key: SessionKey::new(&challenge, password.expose_secret()),
            password: self.service.password.valid(&password),
            who: Who { guid: login.guid.to_string(), sip: login.sip.to_string() },
        });
        info!(address = %self.client.address, ?app, rights = ?self.rights, "login");
        let domain = (!login.domain.is_empty()).then_some(login.domain);
        self.reply(request, welcome(domain));
    }

    fn count_login(&self, result: &str) {
        self.service.metrics.logins.with_label_values(&[result]).inc();
    }

    /// The instance password, read anew for each login: `set-password` counts at once.
    pub(super) async fn instance_password(&self) -> Option<SecretString> {
        match self.service.configuration.store().instance_password().await {
            Ok(password) => password,
            Err(error) => {
                error!("{error:#}");
                None
            }
        }
    }
}

/// Whoever has logged in learns what this is: a relay hands passwords to nobody else.
fn welcome(domain: Option<Cow<'_, str>>) -> AppLoginResult<'_> {
    AppLoginResult {
        ok: true,
        domain,
        service: Some("pbx-calendar".into()),
        version: Some(env!("CARGO_PKG_VERSION").into()),
        protocol: Some(PROTOCOL),
        ..AppLoginResult::default()
    }
}

/// Nothing has been checked: the password may be right.
fn too_many() -> AppLoginResult<'static> {
    AppLoginResult {
        error: Some("tooManyAttempts".into()),
        error_text: Some("Too many logins from this address wait already. Try again in a moment.".into()),
        ..AppLoginResult::default()
    }
}
