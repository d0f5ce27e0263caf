//! The steps of a connection test with Microsoft Graph, made of what the synchronization uses.

use std::time::Duration;

use async_trait::async_trait;
use calendar::settings::{Item, Settings};
use chrono::TimeDelta;
use hyper::header::HeaderValue;
use tokio::time::sleep;
use url::Url;

use super::answer::Page;
use super::client::Graph;
use super::event::{Change, Kind};
use super::search::search;
use crate::source::exchange::{Online, Tokens, Way};
use crate::source::steps::{Outcome, Parts, Step, Steps, Subject, Verdict, reach, roles, tenant, today};
use crate::source::{Advice, Error, Refused, Secrets};

/// Appointments are counted that fall into this time.
const WINDOW: TimeDelta = TimeDelta::hours(48);
/// A wait that Graph asks for is waited for, if it is no longer than that.
const LONGEST_WAIT: Duration = Duration::from_secs(8);
/// The permissions that are needed.
const NEEDED: [&str; 3] = ["Calendars.Read", "MailboxSettings.Read", "User.Read.All"];

/// The steps of one test.
pub struct GraphSteps {
    graph: Graph,
    settings: Settings,
    way: Way,
    /// Asks for a token of Exchange, to see what the application may do there.
    exchange: Online,
    token: Option<HeaderValue>,
    /// Names the mailbox that is tried in requests, once it was read.
    user: Option<String>,
    waits: Vec<Duration>,
    /// Whether the named mailbox outside could not be read.
    is_limited: Option<bool>,
}

impl GraphSteps {
    /// Steps over a backend that nobody else has, so that its token is new.
    pub fn new(
        graph: Graph,
        settings: &Settings,
        secrets: &Secrets,
        exchange: Online,
    ) -> Result<Self, Advice> {
        let password = secrets.get(Item::HttpProxyPassword);
        let login = Some((settings.http_proxy_user.as_str(), &password)).filter(|(user, _)| !user.is_empty());
        Ok(Self {
            way: Way::new(settings, login)?,
            graph,
            settings: settings.clone(),
            exchange,
            token: None,
            user: None,
            waits: Vec::new(),
            is_limited: None,
        })
    }

    async fn reach(&self, parts: &Parts<'_>) -> Outcome {
        let hosts = [self.graph.endpoints.login(), self.graph.endpoints.name()];
        let urls: Vec<Url> = hosts.iter().filter_map(|host| Url::parse(host).ok()).collect();
        reach(&self.way, &urls, false, parts).await
    }

    async fn tenant(&self) -> Outcome {
        let name = &self.settings.tenant_id;
        let address = self.graph.endpoints.discovery(name);
        tenant(&self.graph.transport, &address, name, self.settings.national_cloud).await
    }

    async fn token(&mut self) -> Outcome {
        match self.graph.tokens.fresh().await {
            Ok(super::token::Token(header)) => {
                self.token = Some(header);
                Outcome::ok("Microsoft's login has issued a token.")
            }
            Err(refused) => self.refused(&refused),
        }
    }

    /// The first request of the synchronization, thrown away.
    async fn mailbox(&mut self, address: &str) -> Outcome {
        let (user, page) = match self.calendar(address).await {
            Ok(page) => (address.to_owned(), page),
            Err(refused) if matches!(refused.error, Error::NotFound) => {
                // It may be a further address of somebody.
                match search(&self.graph, "", &[address.to_owned()], window()).await {
                    Ok(Ok((mailbox, page))) => (mailbox.user, page),
                    _ => return self.refused(&refused).fact("mailbox", address),
                }
            }
            Err(refused) => return self.refused(&refused).fact("mailbox", address),
        };
        self.user = Some(user);
        let appointments = page.changes.iter().filter(|change| is_appointment(change)).count();
        Outcome::ok(format!("The calendar of {address} has {appointments} appointments within 48 hours."))
            .fact("mailbox", address)
            .fact("appointments", appointments.to_string())
            .fact("hours", "48")
    }

    async fn lookup(&mut self, address: &str) -> Outcome {
        match self.graph.accounts(&[address]).await {
            Ok(found) => {
                Outcome::ok(format!("The directory has {} accounts with the address {address}.", found.len()))
                    .fact("accounts", found.len().to_string())
            }
            Err(refused) if matches!(refused.error, Error::Forbidden) => warning(&refused, "userReadAll"),
            Err(refused) => self.refused(&refused),
        }
    }

    async fn zone(&mut self) -> Outcome {
        let user = self.user.clone().unwrap_or_default();
        match self.graph.time_zone(&user).await {
            Ok(zone) => {
                Outcome::ok(format!("Whole days of the mailbox are those of {zone}.")).fact("zone", zone)
            }
            Err(refused) if matches!(refused.error, Error::Forbidden) => warning(&refused, "mailboxSettings"),
            Err(refused) => self.refused(&refused),
        }
    }

    async fn outside(&mut self, address: &str) -> Outcome {
        let outcome = match self.calendar(address).await {
            Ok(_) => {
                self.is_limited = Some(false);
                Outcome::row(Verdict::Warning, "tooBroad").saying(format!(
                    "The calendar of {address} can be read, though it should not be. Limit the application to a group, and test again."
                ))
            }
            Err(refused) if matches!(refused.error, Error::Forbidden) => {
                self.is_limited = Some(true);
                Outcome::ok(format!("The calendar of {address} cannot be read, as it should be."))
            }
            Err(refused) => self.refused(&refused),
        };
        outcome.fact("outside", address)
    }

    /// What the token names is granted; what it lacks proves nothing, because grants in Exchange are never there.
    async fn roles(&mut self, subject: &Subject) -> Outcome {
        let Some(granted) = self.token.as_ref().and_then(roles::of) else {
            return Outcome::ok("The token does not tell what it allows.");
        };
        let elsewhere = self.exchange.fresh().await.ok().and_then(|header| roles::of(&header));
        let excess = granted.iter().chain(elsewhere.iter().flatten());
        let excess: Vec<&str> = excess.map(String::as_str).filter(|role| !NEEDED.contains(role)).collect();
        let shown = granted.join(", ");
        if !excess.is_empty() {
            let excess = excess.join(", ");
            return Outcome::row(Verdict::Warning, "tooBroad")
                .saying(format!(
                    "The application has permissions that are not needed: {excess}. Take them away and test again."
                ))
                .fact("excess", excess)
                .fact("roles", shown);
        }
        let opens_all = granted.iter().any(|role| role == "Calendars.Read");
        if opens_all && subject.outside.is_some() && self.is_limited != Some(true) {
            return Outcome::row(Verdict::Warning, "tooBroad")
                .saying("Calendars.Read of Entra opens every mailbox: grants add up. Take it away there once the scope in Exchange works, and test again.")
                .fact("roles", shown);
        }
        Outcome::ok(format!("The token names: {shown}.")).fact("roles", shown)
    }

    fn throttle(&self) -> Outcome {
        if self.waits.is_empty() {
            return Outcome::ok("No wait was asked for.");
        }
        let seconds: u64 = self.waits.iter().map(Duration::as_secs).sum();
        Outcome::row(Verdict::Warning, "throttled")
            .saying(format!("Microsoft asked {} times to wait, {seconds} s in all.", self.waits.len()))
            .fact("waits", self.waits.len().to_string())
            .fact("seconds", seconds.to_string())
    }

    /// A wait that is asked for is waited for, once.
    async fn calendar(&mut self, address: &str) -> Result<Page, Refused> {
        let (start, end) = window();
        let first = self.graph.calendar_view(address, start, end).await;
        let Err(Refused { error: Error::Throttled(wait), .. }) = &first else { return first };
        let wait = wait.unwrap_or(Duration::from_secs(1));
        self.waits.push(wait);
        if wait > LONGEST_WAIT {
            return first;
        }
        sleep(wait).await;
        self.graph.calendar_view(address, start, end).await
    }

    fn refused(&mut self, refused: &Refused) -> Outcome {
        if let Error::Throttled(Some(wait)) = refused.error {
            self.waits.push(wait);
        }
        Outcome::refused(refused)
    }
}

#[async_trait]
impl Steps for GraphSteps {
    async fn run(&mut self, step: Step, subject: &Subject, parts: &Parts<'_>) -> Outcome {
        let tried = subject.mailbox.as_deref();
        match (step, tried) {
            (Step::Reach, _) => self.reach(parts).await,
            (Step::Tenant, _) => self.tenant().await,
            (Step::Token, _) => self.token().await,
            (Step::Mailbox, Some(address)) => self.mailbox(address).await,
            (Step::Lookup, Some(address)) => self.lookup(address).await,
            (Step::Zone, _) => self.zone().await,
            (Step::Outside, _) => self.outside(subject.outside.as_deref().unwrap_or_default()).await,
            (Step::Roles, _) => self.roles(subject).await,
            (Step::Throttle, _) => self.throttle(),
            _ => Outcome::skipped("noMailbox", "There is no mailbox to try. Name one."),
        }
    }
}

fn window() -> (i64, i64) {
    let now = today();
    (now.timestamp_millis(), (now + WINDOW).timestamp_millis())
}

/// Series as such are no appointments.
fn is_appointment(change: &Change) -> bool {
    matches!(change, Change::Event(event) if !matches!(event.kind, Kind::Master))
}

/// Works without it, though not as well.
fn warning(refused: &Refused, word: &'static str) -> Outcome {
    let said = refused.told().and_then(|told| told.said.clone());
    let row = Outcome::row(Verdict::Warning, word);
    Outcome { code: said.or(row.code.clone()), ..row }
}
