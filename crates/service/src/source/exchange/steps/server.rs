//! The way to the server, and what it is.

use hyper::StatusCode;
use hyper::header::CONTENT_TYPE;

use super::ExchangeSteps;
use crate::source::Advice;
use crate::source::exchange::autodiscover::Undiscovered;
use crate::source::exchange::ews::Call;
use crate::source::exchange::log::Seen;
use crate::source::exchange::offer::Offer;
use crate::source::exchange::servers::Place;
use crate::source::exchange::session::Auth;
use crate::source::exchange::soap::{self, Nothing, Who};
use crate::source::exchange::trouble::Trouble;
use crate::source::steps::{Outcome, Parts, Verdict};

/// Versions of Exchange below this build of 15.2 are no longer supported: that is the first of Exchange Server SE.
const SUPPORTED: (u32, u32, u32) = (15, 2, 2562);

/// The candidate that is being asked.
#[derive(Default)]
struct Asked {
    part: Option<String>,
    sent_to: Option<String>,
    has_found: bool,
}

impl ExchangeSteps {
    /// Finds the server, and tells of each candidate.
    pub(super) async fn autodiscover(&mut self, parts: &Parts<'_>) -> Outcome {
        if let Some(outcome) = self.rests() {
            return outcome;
        }
        let mut asked = Asked::default();
        let found = {
            let search = self.exchange.servers.main();
            tokio::pin!(search);
            loop {
                tokio::select! {
                    biased;
                    Some(seen) = self.seen.recv() => asked.see(seen, parts),
                    found = &mut search => break found,
                }
            }
        };
        while let Ok(seen) = self.seen.try_recv() {
            asked.see(seen, parts);
        }
        match found {
            Ok(place) => {
                let host = place.ews.url().host_str().unwrap_or_default().to_owned();
                self.place = Some(place);
                let outcome = if asked.has_found {
                    Outcome::ok(format!("The server is {host}."))
                } else {
                    Outcome::row(Verdict::Warning, "useEwsUrl")
                };
                outcome.fact("server", host)
            }
            Err(Undiscovered::Online) => Outcome::failed(&Advice::new(
                "mailboxElsewhere",
                "Autodiscover says that the mailbox is in Exchange Online. Move to Microsoft Graph.",
            )),
            Err(Undiscovered::Trouble(trouble)) => self.failed(&trouble),
        }
    }

    /// No test logs in so soon after a refusal.
    fn rests(&self) -> Option<Outcome> {
        let Auth::Ntlm(_) = self.exchange.auth else { return None };
        let left = self.kit.rests(&self.settings.user)?.as_secs() + 1;
        let text = format!(
            "The login was refused in a test a moment ago. So that the account is not locked, the next test may log in in {left} seconds."
        );
        let told = Advice::new("password", text).said("wait");
        Some(Outcome::failed(&told).fact("seconds", left.to_string()))
    }

    /// The server that is asked from now on.
    pub(super) async fn place(&mut self) -> Result<Place, Outcome> {
        if let Some(place) = &self.place {
            return Ok(place.clone());
        }
        match self.exchange.servers.main().await {
            Ok(place) => Ok(self.place.insert(place).clone()),
            Err(Undiscovered::Trouble(trouble)) => Err(self.failed(&trouble)),
            Err(Undiscovered::Online) => Err(Outcome::row(Verdict::Failed, "mailboxElsewhere")),
        }
    }

    /// What the server offers to whoever has no login.
    pub(super) async fn schemes(&mut self) -> Outcome {
        let place = match self.place().await {
            Ok(place) => place,
            Err(outcome) => return outcome,
        };
        let (status, headers) = match place.ews.knock().await {
            Ok(answer) => answer,
            Err(trouble) => return self.failed(&trouble),
        };
        let said = status.as_str().to_owned();
        if status == StatusCode::UNAUTHORIZED {
            let offer = Offer::of(&headers);
            let offered = offer.shown();
            return match offer.scheme() {
                Some(_) => Outcome::ok(format!("The server offers {offered}.")),
                None => Outcome { code: Some(said), ..Outcome::row(Verdict::Failed, "onlyBasic") },
            }
            .fact("offered", offered);
        }
        let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if status.is_redirection() || kind.starts_with("text/html") && !status.is_server_error() {
            return Outcome { code: Some(said), ..Outcome::row(Verdict::Failed, "preAuthentication") };
        }
        if status.is_success() {
            return Outcome::ok("The server wants no login.");
        }
        self.failed(&Trouble::Status(status.as_u16()))
    }

    /// One login, and one more with the other choice of Extended Protection where it is refused.
    pub(super) async fn login(&mut self) -> Outcome {
        if let Some(outcome) = self.rests() {
            return outcome;
        }
        let body = soap::get_own_folder();
        if let Err(outcome) = self.first_request(&body).await {
            return outcome;
        }
        match &self.exchange.auth {
            Auth::Ntlm(ntlm) if ntlm.works_otherwise.load(std::sync::atomic::Ordering::Relaxed) => {
                let other = if ntlm.binds { "never" } else { "always" };
                Outcome::row(Verdict::Failed, "channelBinding").fact("channelBinding", other)
            }
            _ => Outcome::ok("The server takes user and password."),
        }
    }

    /// The first request with a token.
    pub(super) async fn ews(&mut self, tried: Option<&str>) -> Outcome {
        // An application has to act for somebody.
        let body = match &self.exchange.client_id {
            Some(_) if self.is_application() => {
                soap::get_folder(&Who::Smtp(tried.unwrap_or(&self.settings.user).to_owned()))
            }
            _ => soap::get_own_folder(),
        };
        match self.first_request(&body).await {
            Ok(()) => Outcome::ok("Exchange Web Services answer."),
            Err(outcome) => outcome,
        }
    }

    /// Whatever Exchange itself answers, it answers.
    async fn first_request(&mut self, body: &bytes::Bytes) -> Result<(), Outcome> {
        let place = self.place().await?;
        let anchor = self.account().to_owned();
        let call = Call { operation: "GetFolder", body, anchor: &anchor, jar: None };
        match place.ews.one::<Nothing>(call).await {
            Ok(Nothing) | Err(Trouble::Code(_)) => Ok(()),
            Err(Trouble::NoAccess(told)) if told.code == "serverTooOld" => {
                self.is_too_old = true;
                Ok(())
            }
            Err(Trouble::NoAccess(told)) if told.code == "accountWithoutMailbox" => Ok(()),
            Err(trouble) => Err(self.failed(&trouble)),
        }
    }

    /// Whether the version that the server tells is served, and supported.
    pub(super) fn version(&self) -> Outcome {
        let version = self.exchange.state.version();
        let mut numbers = version.split('.').map(|number| number.parse().unwrap_or_default());
        let mut next = || numbers.next().unwrap_or_default();
        let build = (next(), next(), next());
        let outcome = if version.is_empty() {
            Outcome::skipped("noVersion", "The server has not told its version.")
        } else if self.is_too_old {
            Outcome::row(Verdict::Failed, "tooOld")
        } else if build < SUPPORTED {
            Outcome::row(Verdict::Warning, "outOfSupport")
        } else {
            Outcome::ok(format!("The server is of version {version}."))
        };
        outcome.fact("version", version)
    }
}

impl Asked {
    fn see(&mut self, seen: Seen, parts: &Parts<'_>) {
        let outcome = match seen {
            Seen::Asked(candidate) => {
                parts.begin(&candidate);
                self.part = Some(candidate);
                self.sent_to = None;
                return;
            }
            Seen::Sent(to) => {
                self.sent_to = Some(to);
                return;
            }
            Seen::Found => {
                self.has_found = true;
                Outcome::ok("It has led to the server.")
            }
            Seen::Nothing(why) => {
                let status = why.strip_prefix("HTTP status ").map(str::to_owned);
                let told = Advice::new("autodiscover", format!("No server is found there: {why}."));
                let outcome = Outcome::failed(&told);
                match status {
                    Some(status) => Outcome { code: Some(status.clone()), ..outcome }.fact("status", status),
                    None => outcome,
                }
            }
            Seen::Stranger(host) => {
                let text = format!(
                    "It sends to the host {host}, which does not belong to the domain and was not asked. If it is right, enter https://{host} as Autodiscover URL."
                );
                self.sent_to.get_or_insert(host);
                Outcome::failed(&Advice::new("autodiscover", text).said("redirect"))
            }
            Seen::Stopped(Some(trouble)) => Outcome::failed(&trouble.told()),
            Seen::Stopped(None) => Outcome::row(Verdict::Failed, "mailboxElsewhere"),
        };
        let outcome = match self.sent_to.take() {
            Some(to) => outcome.fact("redirect", to),
            None => outcome,
        };
        if let Some(part) = self.part.take() {
            parts.end(&part, &outcome);
        }
    }
}
