//! Asking one candidate after the other, wherever they send.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION};
use tokio::time::timeout;
use url::Url;

use super::places::{Places, domain, is_online};
use super::plain::{self, Plain, Settings};
use crate::source::exchange::advice::Told;
use crate::source::exchange::log::{Log, Seen};
use crate::source::exchange::reach;
use crate::source::exchange::session::{Auth, Post, Session};
use crate::source::exchange::trouble::Trouble;
use crate::source::exchange::way::Way;
use crate::source::exchange::wire::{Answer, collect};

const PATIENCE: Duration = Duration::from_secs(10);
const MAX_ANSWER_BYTES: usize = 1 << 20;
const MAX_REDIRECTS: usize = 10;

/// A search for the server of a mailbox.
pub struct Search<'a> {
    /// How hosts are reached.
    pub way: &'a Arc<Way>,
    /// Who asks.
    pub auth: Auth,
    /// Which hosts may be asked.
    pub places: Places,
    /// The only host that is asked, if it is known.
    pub only: Option<Url>,
    /// Who is asked before all others.
    pub first: Option<Url>,
    /// The mailbox.
    pub address: String,
    /// Whether the server is wanted that is meant for inside.
    pub internal: bool,
    /// Where candidates are noted.
    pub log: &'a Log,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discovered {
    /// Exchange Web Services.
    pub ews: Url,
    /// Where many mailboxes can be asked for at once, if anywhere.
    pub soap: Option<Url>,
    /// Which mailboxes share servers with this one.
    pub grouping: Option<String>,
    /// Whether the address is the other one of the two.
    pub is_other: bool,
}

/// Why nothing was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undiscovered {
    /// The mailbox is in Exchange Online.
    Online,
    /// Something is in the way.
    Trouble(Trouble),
}

/// What came of one candidate.
enum Miss {
    /// Nothing; the next one may do better.
    Next(String),
    /// It sends to somebody who does not belong to the domain.
    Stranger(String),
    /// There is no use in asking any other.
    Stop(Undiscovered),
}

/// Where to go from an answer.
enum Step {
    Done(Settings),
    Go(Url),
    Address(String),
}

impl Search<'_> {
    /// Searches.
    pub async fn run(&self) -> Result<Discovered, Undiscovered> {
        let (mut outcomes, mut stranger) = (Vec::new(), None);
        for candidate in self.candidates() {
            let origin = candidate.origin().ascii_serialization();
            self.log.seen(|| Seen::Asked(origin.clone()));
            match self.follow(candidate.clone()).await {
                Ok(found) => {
                    self.log.seen(|| Seen::Found);
                    self.log.candidate(&candidate, "found");
                    return Ok(found);
                }
                Err(Miss::Stop(undiscovered)) => {
                    self.log.seen(|| match &undiscovered {
                        Undiscovered::Trouble(trouble) => Seen::Stopped(Some(trouble.clone())),
                        Undiscovered::Online => Seen::Stopped(None),
                    });
                    self.log.candidate(&candidate, "stopped");
                    return Err(undiscovered);
                }
                Err(Miss::Next(outcome)) => {
                    self.log.seen(|| Seen::Nothing(outcome.clone()));
                    self.log.candidate(&candidate, "nothing");
                    outcomes.push(format!("{origin}: {outcome}"));
                }
                Err(Miss::Stranger(host)) => {
                    self.log.seen(|| Seen::Stranger(host.clone()));
                    self.log.candidate(&candidate, "sends to a stranger");
                    outcomes.push(format!("{origin}: sends to {host}"));
                    stranger = stranger.or(Some((host, origin)));
                }
            }
        }
        let told = match &stranger {
            Some((host, from)) => Told::Redirect { host, from },
            None => Told::Autodiscover { outcomes: &outcomes },
        };
        Err(Undiscovered::Trouble(Trouble::NoAccess(told.advice())))
    }

    fn candidates(&self) -> Vec<Url> {
        match &self.only {
            Some(only) => vec![only.clone()],
            None => self.first.iter().cloned().chain(self.places.candidates()).collect(),
        }
    }

    /// Asks a candidate, and whoever it sends to.
    async fn follow(&self, mut url: Url) -> Result<Discovered, Miss> {
        let mut address = self.address.clone();
        let mut asked: Vec<(Url, String)> = Vec::new();
        while asked.len() <= MAX_REDIRECTS {
            let step = if self.places.may_see_credentials(&url) {
                self.ask(&url, &address).await?
            } else {
                Step::Go(self.redirect_without_credentials(&url).await?)
            };
            asked.push((url.clone(), address.clone()));
            url = match step {
                Step::Done(settings) => return self.take(&url, settings),
                Step::Go(target) => target,
                Step::Address(other) if is_online(&other) => return Err(Miss::Stop(Undiscovered::Online)),
                Step::Address(other) => {
                    let same = domain(&other) == domain(&address);
                    address = other;
                    if same { url } else { Self::first_of(&address)? }
                }
            };
            self.log.seen(|| Seen::Sent(url.origin().ascii_serialization()));
            if url.scheme() != "https" {
                return Err(Miss::Next("redirects to an address without TLS".to_owned()));
            }
            if !self.places.trusts(&url) {
                return Err(Miss::Stranger(url.host_str().unwrap_or_default().to_owned()));
            }
            if asked.iter().any(|(other, for_whom)| *other == url && *for_whom == address) {
                return Err(Miss::Next("redirects in circles".to_owned()));
            }
        }
        Err(Miss::Next("redirects too often".to_owned()))
    }

    fn first_of(address: &str) -> Result<Url, Miss> {
        let candidates = Places::new(address, "").candidates();
        candidates.into_iter().next().ok_or_else(|| Miss::Next("redirects to no address".to_owned()))
    }

    /// Asks with a login, if one is offered that does not show the password.
    async fn ask(&self, url: &Url, address: &str) -> Result<Step, Miss> {
        let session = Session::new(Arc::clone(self.way), url.clone(), self.auth.clone());
        let session = session.map_err(|trouble| self.missed(trouble))?;
        let headers =
            HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=utf-8"))]);
        let post = Post { headers, body: plain::request(address) };
        let asked = timeout(PATIENCE, session.ask(&post, MAX_ANSWER_BYTES)).await;
        let answer =
            asked.unwrap_or_else(|_| Err(reach::silent(url))).map_err(|trouble| self.missed(trouble))?;
        if answer.status.is_redirection() {
            return location(url, &answer.headers).map(Step::Go).ok_or_else(|| status(answer.status));
        }
        // Applications that were let in by Exchange itself may not ask, and nobody else knows better.
        if matches!(self.auth, Auth::Bearer(_)) && matches!(answer.status.as_u16(), 401 | 403) {
            return Err(Miss::Stop(Undiscovered::Trouble(Trouble::Status(answer.status.as_u16()))));
        }
        if answer.status != StatusCode::OK {
            return Err(status(answer.status));
        }
        if let Auth::Ntlm(ntlm) = &self.auth {
            ntlm.autodiscover.store(true, Ordering::Relaxed);
        }
        Self::step(&answer)
    }

    fn step(answer: &Answer) -> Result<Step, Miss> {
        match plain::read(&answer.body) {
            Ok(Plain::Settings(settings)) => Ok(Step::Done(settings)),
            Ok(Plain::Address(address)) => Ok(Step::Address(address)),
            Ok(Plain::Url(url)) => {
                Url::parse(&url).map(Step::Go).map_err(|_| Miss::Next("redirects to no address".to_owned()))
            }
            Ok(Plain::Error(code)) => Err(Miss::Next(format!("knows no such mailbox (error {code})"))),
            Err(_) => Err(Miss::Next("answers with something else".to_owned())),
        }
    }

    /// Asks without credentials, body or cookies. Only a redirect counts.
    async fn redirect_without_credentials(&self, url: &Url) -> Result<Url, Miss> {
        let asked = async {
            let mut wire = Box::pin(self.way.connect(url)).await?;
            let response = wire.send(self.way.get(url)).await.map_err(|error| error.trouble(url))?;
            collect(url, response, MAX_ANSWER_BYTES).await
        };
        let answer = timeout(PATIENCE, asked).await.unwrap_or_else(|_| Err(reach::silent(url)));
        let answer = answer.map_err(|trouble| self.missed(trouble))?;
        let target = Some(answer.status).filter(StatusCode::is_redirection);
        target.and_then(|_| location(url, &answer.headers)).ok_or_else(|| status(answer.status))
    }

    /// Chooses between the two addresses of the server.
    fn take(&self, asked: &Url, settings: Settings) -> Result<Discovered, Miss> {
        let Settings { external, internal, grouping, .. } = settings;
        let (wanted, other) = if self.internal { (internal, external) } else { (external, internal) };
        let is_other = wanted.is_none();
        let ews = wanted.or(other).ok_or_else(|| Miss::Next("names no Exchange Web Services".to_owned()))?;
        let ews = Url::parse(&ews).ok().filter(|url| url.scheme() == "https" && url.host().is_some());
        let ews = ews.ok_or_else(|| Miss::Next("names an address without TLS".to_owned()))?;
        if matches!(self.auth, Auth::Bearer(_)) && !self.places.may_see_credentials(&ews) {
            return Err(Miss::Next("names a server outside of Exchange Online".to_owned()));
        }
        let mut soap = asked.clone();
        soap.set_path("/autodiscover/autodiscover.svc");
        Ok(Discovered { ews, soap: Some(soap), grouping, is_other })
    }

    /// A refused password ends the search, so that it is not refused by the next one as well. Where only one host is
    /// asked, its trouble is the answer.
    fn missed(&self, trouble: Trouble) -> Miss {
        match trouble {
            Trouble::NoAccess(advice) if advice.code != "basicOnly" => {
                Miss::Stop(Undiscovered::Trouble(Trouble::NoAccess(advice)))
            }
            trouble if self.only.is_some() => Miss::Stop(Undiscovered::Trouble(trouble)),
            Trouble::Unreachable(advice) | Trouble::Cut(advice) | Trouble::NoAccess(advice) => {
                let cause = advice.text.split(". ").next().unwrap_or_default().to_owned();
                Miss::Next(cause)
            }
            Trouble::Status(code) => Miss::Next(format!("HTTP status {code}")),
            Trouble::Busy(_) => Miss::Next("is too busy".to_owned()),
            Trouble::Code(failure) => Miss::Next(failure.code),
        }
    }
}

fn status(status: StatusCode) -> Miss {
    Miss::Next(format!("HTTP status {}", status.as_u16()))
}

fn location(url: &Url, headers: &HeaderMap) -> Option<Url> {
    url.join(headers.get(LOCATION)?.to_str().ok()?).ok()
}
