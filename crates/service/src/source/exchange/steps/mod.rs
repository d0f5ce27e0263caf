//! The steps of a connection test with Exchange, made of what the synchronization uses.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `server` | the way to it: Autodiscover, schemes, login, version |
//! | `mailboxes` | who may be read |
//! | `stream` | whether changes are told |

mod mailboxes;
mod server;
mod stream;

use std::time::Duration;

use async_trait::async_trait;
use calendar::settings::{Item, Settings, SyncType};
use hyper::header::HeaderValue;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::Instant;
use url::Url;

use super::autodiscover::Places;
use super::backend::Exchange;
use super::build::{Kit, online_host};
use super::log::Seen;
use super::servers::Place;
use super::session::Auth;
use super::sign_in::tenant_of;
use super::trouble::Trouble;
use super::way::Way;
use crate::source::graph::endpoints::Endpoints;
use crate::source::remedy::Remedy;
use crate::source::steps::{Outcome, Parts, Step, Steps, Subject, Verdict, reach, roles, tenant};
use crate::source::transport::Transport;
use crate::source::{Advice, Overrides, Secrets};

/// After a refused login the next test logs in after so long at the earliest: accounts lock.
const REST: Duration = Duration::from_mins(1);

/// The steps of one test.
pub struct ExchangeSteps {
    exchange: Exchange,
    seen: UnboundedReceiver<Seen>,
    settings: Settings,
    kit: Kit,
    way: Way,
    /// Asks what Microsoft's login says of the tenant.
    transport: Transport,
    endpoints: Endpoints,
    place: Option<Place>,
    token: Option<HeaderValue>,
    /// The server has told a version below all that are served.
    is_too_old: bool,
    /// Requests that the server was too busy for.
    waits: usize,
}

impl ExchangeSteps {
    /// Steps over a backend that nobody else has. `make` makes it.
    pub fn new(
        settings: &Settings,
        secrets: &Secrets,
        overrides: &Overrides,
        transport: Transport,
        kit: &Kit,
        make: impl FnOnce(&Kit) -> Result<Exchange, Advice>,
    ) -> Result<Self, Advice> {
        let (watched, seen) = kit.watched();
        let password = secrets.get(Item::HttpProxyPassword);
        let login = Some((settings.http_proxy_user.as_str(), &password)).filter(|(user, _)| !user.is_empty());
        Ok(Self {
            exchange: make(&watched)?,
            seen,
            settings: settings.clone(),
            kit: kit.clone(),
            way: Way::new(settings, login)?,
            transport,
            endpoints: Endpoints::new(settings.national_cloud, overrides),
            place: None,
            token: None,
            is_too_old: false,
            waits: 0,
        })
    }

    fn is_online(&self) -> bool {
        self.settings.sync_type != SyncType::OnPremises
    }

    async fn reach(&self, parts: &Parts<'_>) -> Outcome {
        let Settings { ews_url, autodiscover_url, national_cloud, .. } = &self.settings;
        let known = [ews_url, autodiscover_url].into_iter().find(|url| !url.is_empty());
        let mut urls: Vec<Url> = known.and_then(|url| Url::parse(url).ok()).into_iter().collect();
        if self.is_online() {
            if urls.is_empty() {
                urls.extend(Url::parse(&format!("https://{}/", online_host(*national_cloud))));
            }
            if let Ok(login) = Url::parse(self.endpoints.login()) {
                urls.insert(0, login);
            }
            return reach(&self.way, &urls, false, parts).await;
        }
        let is_guess = urls.is_empty();
        if is_guess {
            let places = Places::new(self.account(), "");
            urls.extend(places.candidates().into_iter().filter(|url| url.scheme() == "https"));
        }
        reach(&self.way, &urls, is_guess, parts).await
    }

    /// The address for which Autodiscover is asked.
    fn account(&self) -> &str {
        let Settings { user, discovery_mailbox, .. } = &self.settings;
        if user.contains('@') { user } else { discovery_mailbox }
    }

    async fn tenant(&self) -> Outcome {
        let name = tenant_of(&self.settings);
        tenant(&self.transport, &self.endpoints.discovery(&name), &name, self.settings.national_cloud).await
    }

    async fn sign_in(&self) -> Outcome {
        match &self.exchange.auth {
            Auth::Bearer(tokens) if !tokens.is_signed_in().await => {
                Outcome::row(Verdict::Failed, "signIn").fact("user", self.settings.user.as_str())
            }
            _ => Outcome::ok("Somebody has signed in."),
        }
    }

    async fn token(&mut self) -> Outcome {
        let Auth::Bearer(tokens) = &self.exchange.auth else { return Outcome::ok("No token is needed.") };
        match tokens.fresh().await {
            Ok(header) => {
                self.token = Some(header);
                Outcome::ok("Microsoft's login has issued a token.")
            }
            Err(refused) => Outcome::refused(&refused),
        }
    }

    fn roles(&self) -> Outcome {
        let Some(granted) = self.token.as_ref().and_then(roles::of) else {
            return Outcome::ok("The token does not tell what it allows.");
        };
        let shown = granted.join(", ");
        let excess: Vec<&str> =
            granted.iter().map(String::as_str).filter(|role| *role != "full_access_as_app").collect();
        if excess.is_empty() {
            return Outcome::ok(format!("The token names: {shown}.")).fact("roles", shown);
        }
        let excess = excess.join(", ");
        Outcome::row(Verdict::Warning, "tooBroad")
            .saying(format!(
                "The application has permissions that are not needed: {excess}. Take them away and test again."
            ))
            .fact("excess", excess)
            .fact("roles", shown)
    }

    fn throttle(&self) -> Outcome {
        match self.waits {
            0 => Outcome::ok("No wait was asked for."),
            waits => Outcome::row(Verdict::Warning, "throttled").fact("waits", waits.to_string()),
        }
    }

    /// What a request came to that did not do what it should.
    fn failed(&mut self, trouble: &Trouble) -> Outcome {
        match trouble {
            Trouble::Busy(_) => self.waits += 1,
            Trouble::Status(status @ (403 | 404)) => return self.closed(*status),
            Trouble::NoAccess(told) if told.code == "loginRefused" => {
                self.kit.note_refusal(&self.settings.user);
                return Outcome { code: Some("401".to_owned()), ..Outcome::failed(told) };
            }
            _ => {}
        }
        Outcome::failed(&trouble.told())
    }

    /// The server, or Exchange Online, lets nobody in.
    fn closed(&self, status: u16) -> Outcome {
        use super::state::Policy;
        let word = match self.exchange.state.policy() {
            Some(Policy::Blocked) => "ewsBlocked",
            Some(Policy::Disabled) | None => "ewsDisabled",
        };
        let said = status.to_string();
        let client = self.exchange.client_id.clone().unwrap_or_default();
        match Remedy::named(word) {
            Some(remedy) => {
                Outcome::failed(&remedy.told(&said, &format!("HTTP status {said}"))).fact("client", client)
            }
            None => Outcome::row(Verdict::Failed, word),
        }
    }
}

#[async_trait]
impl Steps for ExchangeSteps {
    async fn run(&mut self, step: Step, subject: &Subject, parts: &Parts<'_>) -> Outcome {
        let named = subject.mailbox.as_deref();
        match (step, named) {
            (Step::Reach, _) => self.reach(parts).await,
            (Step::Tenant, _) => self.tenant().await,
            (Step::SignIn, _) => self.sign_in().await,
            (Step::Token, _) => self.token().await,
            (Step::Autodiscover, _) => self.autodiscover(parts).await,
            (Step::Schemes, _) => self.schemes().await,
            (Step::Login, _) => self.login().await,
            (Step::Ews, _) => self.ews(named).await,
            (Step::Version, _) => self.version(),
            (Step::Roles, _) => self.roles(),
            (Step::Throttle, _) => self.throttle(),
            _ if self.is_too_old => Outcome::skipped("tooOld", "The server is too old for it."),
            (Step::OwnMailbox, _) => self.own_mailbox().await,
            (Step::Outside, _) => self.outside(subject.outside.as_deref().unwrap_or_default()).await,
            (Step::Impersonation, Some(address)) => self.impersonation(address).await,
            (Step::Appointments, Some(address)) => self.appointments(address).await,
            (Step::Streaming, Some(address)) => self.streaming(address, subject.watch, parts).await,
            _ => Outcome::skipped("noMailbox", "There is no mailbox to try. Name one."),
        }
    }
}

impl Kit {
    /// A connection test was refused the login of an account.
    fn note_refusal(&self, account: &str) {
        let mut refused = self.refused.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        refused.retain(|_, at| at.elapsed() < REST);
        refused.insert(account.to_lowercase(), Instant::now());
    }

    /// For how long no test may log in with an account.
    fn rests(&self, account: &str) -> Option<Duration> {
        let refused = self.refused.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let at = refused.get(&account.to_lowercase())?;
        REST.checked_sub(at.elapsed()).filter(|left| !left.is_zero())
    }
}
