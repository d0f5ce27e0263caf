//! Who is signing in at the moment.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use calendar::settings::Settings;
use chrono::Utc;
use oauth2::{PkceCodeVerifier, TokenResponse};
use prometheus::IntCounterVec;
use tokio::time::Instant;
use url::Url;

use super::application::{Application, Begun};
use super::keep::{self, Keep, Kept};
use crate::source::transport::Transport;
use crate::source::{Advice, Error, Overrides, Secrets};

/// People find their passwords within this time.
const LASTS: Duration = Duration::from_mins(10);
/// So many sign-ins may be under way.
const MOST: usize = 64;

/// Sign-ins that have begun and not ended.
pub struct Desk {
    overrides: Overrides,
    requests: IntCounterVec,
    keep: Arc<dyn Keep>,
    pending: Mutex<HashMap<String, Pending>>,
}

struct Pending {
    application: Application,
    transport: Transport,
    verifier: PkceCodeVerifier,
    until: Instant,
}

/// What came of a sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignedIn {
    /// It is done.
    Done {
        /// Who signed in.
        name: Option<String>,
        /// Whether that is somebody else than the settings say.
        is_other: bool,
    },
    /// Nobody has begun this one, or it was used before, or took too long.
    Unknown,
    /// It came to nothing.
    Failed(Advice),
}

impl Desk {
    /// A desk at which nobody is. What comes of sign-ins goes into `keep`.
    pub fn new(overrides: Overrides, requests: IntCounterVec, keep: Arc<dyn Keep>) -> Self {
        Self { overrides, requests, keep, pending: Mutex::default() }
    }

    /// Begins one. Where the browser is to go.
    pub fn start(&self, settings: &Settings, secrets: &Secrets) -> Result<Url, Advice> {
        let application = Application::new(settings, secrets, &self.overrides);
        let transport = Transport::new(settings, secrets, self.requests.clone())?;
        let Begun { url, state, verifier } = application.begin()?;
        let until = Instant::now() + LASTS;
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        pending.retain(|_, pending| Instant::now() < pending.until);
        if pending.len() >= MOST
            && let Some(oldest) =
                pending.iter().min_by_key(|(_, pending)| pending.until).map(|(key, _)| key.clone())
        {
            pending.remove(&oldest);
        }
        pending.insert(state, Pending { application, transport, verifier, until });
        Ok(url)
    }

    /// A browser comes back with a code, or with an error of the login.
    pub async fn finish(&self, state: &str, code: Result<String, String>) -> SignedIn {
        let Some(Pending { application, transport, verifier, .. }) = self.take(state, Instant::now()) else {
            return SignedIn::Unknown;
        };
        let code = match code {
            Ok(code) => code,
            Err(error) => return SignedIn::Failed(refused(&error)),
        };
        let answer = match application.redeem(&transport, code, verifier).await {
            Ok(answer) => answer,
            Err(error) => return SignedIn::Failed(advice(error)),
        };
        let Some(token) = answer.refresh_token() else { return SignedIn::Failed(no_refresh_token()) };
        let name = answer.extra_fields().name();
        let kept = Kept {
            token: token.secret().clone().into(),
            name: name.clone(),
            since: Utc::now().timestamp_millis(),
        };
        if let Err(error) = keep::write(&*self.keep, &application.owner, &kept).await {
            return SignedIn::Failed(Advice::new("database", format!("The sign-in cannot be kept: {error}")));
        }
        let is_other = name.as_ref().is_some_and(|name| !name.eq_ignore_ascii_case(&application.user));
        SignedIn::Done { name, is_other }
    }

    /// A sign-in that has begun, once and not too late.
    fn take(&self, state: &str, now: Instant) -> Option<Pending> {
        let pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner).remove(state);
        pending.filter(|pending| now < pending.until)
    }
}

fn advice(error: Error) -> Advice {
    match error {
        Error::NoAccess(advice)
        | Error::Denied(advice)
        | Error::Unreachable(advice)
        | Error::Failed(advice) => advice,
        _ => Advice::new("login", "Microsoft's login is too busy. Sign in again in a moment."),
    }
}

/// What a login sends back instead of a code; of its words only the code comes through.
fn refused(error: &str) -> Advice {
    let word: String = error.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(64).collect();
    Advice::new("login", format!("Microsoft's login has not let you in ({word}). Sign in again."))
}

fn no_refresh_token() -> Advice {
    Advice::new(
        "login",
        "Microsoft's login gives no refresh token. Let the app registration have the permission offline_access, and sign in again.",
    )
}

#[cfg(test)]
mod tests {
    use calendar::settings::SyncType;
    use prometheus::Opts;

    use super::*;
    use crate::source::exchange::sign_in::Memory;

    fn desk() -> Desk {
        let requests = IntCounterVec::new(Opts::new("requests", "Requests."), &["result"]).unwrap();
        Desk::new(Overrides::default(), requests, Arc::new(Memory::default()))
    }

    /// Begins a sign-in, and gives its state.
    fn begin(desk: &Desk) -> String {
        let settings = Settings {
            sync_type: SyncType::Cloud,
            user: "svc@contoso.example".to_owned(),
            client_id: "app".to_owned(),
            redirect_uri: "https://calendar.example/sign-in".to_owned(),
            ..Settings::default()
        };
        let url = desk.start(&settings, &Secrets::default()).unwrap();
        url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned()
    }

    #[test]
    fn a_state_is_good_once_and_for_ten_minutes() {
        let desk = desk();
        let after = |seconds| Instant::now() + Duration::from_secs(seconds);
        let state = begin(&desk);
        assert!(desk.take(&state, after(590)).is_some());
        assert!(desk.take(&state, after(590)).is_none(), "once");
        let state = begin(&desk);
        assert!(desk.take(&state, after(600)).is_none());
        assert!(desk.take(&state, after(0)).is_none(), "nor is it good for another try");
    }

    #[test]
    fn the_oldest_makes_room() {
        let desk = desk();
        let states: Vec<String> = (0..=MOST).map(|_| begin(&desk)).collect();
        let is_there: Vec<bool> =
            states.iter().map(|state| desk.take(state, Instant::now()).is_some()).collect();
        assert_eq!(is_there.iter().filter(|is| **is).count(), MOST);
        assert_eq!(is_there.first(), Some(&false));
    }
}
