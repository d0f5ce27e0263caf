//! Whose mailbox it is.

use std::sync::atomic::{AtomicBool, Ordering};

use calendar::settings::NameResolving;
use tokio::sync::Semaphore;

use super::autodiscover::{Undiscovered, is_online};
use super::ews::Call;
use super::servers::{Place, Servers};
use super::soap::{self, Nothing, Resolution, Resolutions, Who};
use super::trouble::Trouble;
use crate::source::backend::Missing;

/// The directory is asked by so many at once.
const RESOLVERS: usize = 2;

/// Finds mailboxes.
pub struct Users {
    /// Who asks the directory.
    account: String,
    /// Whether an application asks in the account's place.
    is_application: bool,
    resolving: NameResolving,
    /// The account cannot look names up.
    is_blind: AtomicBool,
    resolvers: Semaphore,
}

/// A mailbox that seems to be the right one.
pub struct Candidate {
    /// In whose place it is read.
    pub who: Who,
    /// Its server.
    pub place: Place,
}

/// What came of looking.
pub enum Look {
    /// A mailbox.
    Mailbox(Candidate),
    /// None.
    None(Missing),
}

impl Users {
    /// `account` asks the directory, where that is wanted; an application does so in its place.
    pub fn new(account: &str, is_application: bool, resolving: NameResolving) -> Self {
        Self {
            account: account.to_owned(),
            is_application,
            resolving,
            is_blind: AtomicBool::new(false),
            resolvers: Semaphore::new(RESOLVERS),
        }
    }

    /// Names may be looked up again.
    pub fn start_over(&self) {
        self.is_blind.store(false, Ordering::Relaxed);
    }

    /// Whether names cannot be looked up, though they should.
    pub fn is_blind(&self) -> bool {
        self.is_blind.load(Ordering::Relaxed)
    }

    /// Looks for the mailbox with this address.
    pub async fn look(&self, servers: &std::sync::Arc<Servers>, address: &str) -> Result<Look, Trouble> {
        if self.resolving == NameResolving::User && !self.is_blind() {
            match self.resolve(servers, address).await? {
                Some(Ok(main)) if is_online(&main) => return Ok(Look::None(Missing::Elsewhere)),
                Some(Ok(main)) => return locate(servers, Who::Primary(main)).await,
                Some(Err(missing)) => return Ok(Look::None(missing)),
                None => self.is_blind.store(true, Ordering::Relaxed),
            }
        }
        self.try_address(servers, address).await
    }

    /// The main address of the mailbox with this one, as the directory knows it. `None` if the account may not ask.
    async fn resolve(
        &self,
        servers: &Servers,
        address: &str,
    ) -> Result<Option<Result<String, Missing>>, Trouble> {
        let place = match servers.main().await {
            Ok(place) => place,
            Err(Undiscovered::Online) => return Ok(Some(Err(Missing::Elsewhere))),
            Err(Undiscovered::Trouble(trouble)) => return Err(trouble),
        };
        let _permit = self.resolvers.acquire().await;
        let who = self.is_application.then(|| Who::Smtp(self.account.clone()));
        let body = soap::resolve_names(who.as_ref(), &format!("smtp:{address}"));
        let call = Call { operation: "ResolveNames", body: &body, anchor: &self.account, jar: None };
        match place.ews.one::<Resolutions>(call).await {
            Ok(Resolutions(found)) => {
                Ok(Some(owner(&found, address).map(str::to_owned).ok_or(Missing::Unknown)))
            }
            Err(trouble) => match trouble.code() {
                Some("ErrorNameResolutionNoResults") => Ok(Some(Err(Missing::Unknown))),
                Some("ErrorNameResolutionNoMailbox") => Ok(None),
                // There is nobody in whose place the application could ask.
                Some("ErrorNonExistentMailbox") if self.is_application => Ok(None),
                _ => Err(trouble),
            },
        }
    }

    /// Whether somebody's calendar can be opened by this address.
    async fn try_address(&self, servers: &std::sync::Arc<Servers>, address: &str) -> Result<Look, Trouble> {
        let candidate = match locate(servers, Who::Smtp(address.to_owned())).await? {
            Look::Mailbox(candidate) => candidate,
            none @ Look::None(_) => return Ok(none),
        };
        let body = soap::get_folder(&candidate.who);
        let call = Call { operation: "GetFolder", body: &body, anchor: candidate.who.address(), jar: None };
        match candidate.place.ews.one::<Nothing>(call).await {
            Ok(Nothing) => Ok(Look::Mailbox(candidate)),
            Err(trouble) => missing(&trouble).map(Look::None).ok_or(trouble),
        }
    }
}

/// The server of a mailbox, and its main address if that is known by now.
async fn locate(servers: &std::sync::Arc<Servers>, who: Who) -> Result<Look, Trouble> {
    match servers.of(who.address()).await {
        Ok(place) => {
            let who = match (&who, &place.address) {
                (Who::Smtp(_), Some(main)) => Who::Primary(main.clone()),
                _ => who,
            };
            Ok(Look::Mailbox(Candidate { who, place }))
        }
        Err(Undiscovered::Online) => Ok(Look::None(Missing::Elsewhere)),
        Err(Undiscovered::Trouble(trouble)) => Err(trouble),
    }
}

/// What it says of one mailbox that it cannot be opened; `None` if it concerns more.
pub fn missing(trouble: &Trouble) -> Option<Missing> {
    match trouble.code()? {
        "ErrorNonExistentMailbox" => Some(Missing::NoMailbox),
        "ErrorImpersonateUserDenied" | "ErrorImpersonationDenied" | "ErrorAccessDenied" => {
            Some(Missing::Forbidden)
        }
        _ => None,
    }
}

/// The main address of whoever has this one. Entries match beginnings, too, and so other people.
fn owner<'a>(found: &'a [Resolution], address: &str) -> Option<&'a str> {
    let is_mailbox = |resolution: &&Resolution| resolution.mailbox.kind == "Mailbox";
    let has = |resolution: &&Resolution| {
        let own = std::iter::once(&resolution.mailbox.address).chain(&resolution.addresses);
        own.into_iter().any(|other| other.eq_ignore_ascii_case(address))
    };
    let named = found.iter().filter(is_mailbox).find(has);
    let only = found.first().filter(|_| found.len() == 1).filter(is_mailbox);
    named.or(only).map(|resolution| resolution.mailbox.address.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::soap::names::Entry;
    use super::*;

    fn resolution(address: &str, kind: &str, others: &[&str]) -> Resolution {
        let mailbox = Entry { address: address.to_owned(), kind: kind.to_owned(), ..Entry::default() };
        Resolution { mailbox, addresses: others.iter().map(|other| (*other).to_owned()).collect() }
    }

    #[test]
    fn other_people_do_not_count() {
        let found = [
            resolution("anna.list@x", "PublicDL", &["anna@x"]),
            resolution("annabel@x", "Mailbox", &[]),
            resolution("a.mueller@x", "Mailbox", &["Anna@X"]),
        ];
        assert_eq!(owner(&found, "anna@x"), Some("a.mueller@x"));
        assert_eq!(owner(&found[..2], "anna@x"), None);
        assert_eq!(
            owner(&found[1..2], "anna@x"),
            Some("annabel@x"),
            "the only one: not all addresses are listed"
        );
        assert_eq!(owner(&found[..1], "anna@x"), None, "a list");
        assert_eq!(owner(&[], "anna@x"), None);
    }
}
