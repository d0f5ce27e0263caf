//! Finding the mailbox of a user.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::answer::Page;
use super::client::Graph;
use super::mailbox::Account;
use crate::source::Error;
use crate::source::backend::{Mailbox, Missing};

/// What is forbidden once is not tried for everybody else as well.
const REFUSAL_LASTS: Duration = Duration::from_hours(1);

/// Something that the application may not do in this tenant, as far as we know.
#[derive(Debug, Default)]
pub struct Refusal(Mutex<Option<Instant>>);

impl Refusal {
    /// Whether it was refused lately.
    pub fn holds(&self) -> bool {
        self.with(|since| since.is_some_and(|since| since.elapsed() < REFUSAL_LASTS))
    }

    /// It was refused.
    pub fn note(&self) {
        self.with(|since| *since = Some(Instant::now()));
    }

    /// It may be tried again.
    pub fn forget(&self) {
        self.with(|since| *since = None);
    }

    fn with<T>(&self, work: impl FnOnce(&mut Option<Instant>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A mailbox that answers, with the first page of its calendar; or why there is none.
pub(super) type Searched = Result<(Mailbox, Page), Missing>;

/// Looks for the mailbox of somebody with these addresses; the first that has one wins. The window is what is read
/// of its calendar.
pub(super) async fn search(
    graph: &Graph,
    addresses: &[String],
    window: (i64, i64),
) -> Result<Searched, Error> {
    let mut missing = Missing::NoAddress;
    for address in addresses {
        let found = match ask(graph, address, window).await? {
            Ok(page) => Ok((address.clone(), address.clone(), page)),
            // It may be a further address of somebody who signs in with another one.
            Err(Missing::Unknown) => look_up(graph, address, window).await?,
            Err(reason) => Err(reason),
        };
        match found {
            Ok((user, name, page)) => {
                let warning = ambiguity(graph, addresses, &name).await;
                return Ok(Ok((Mailbox { user, name, warning }, page)));
            }
            Err(reason) => missing = missing.max(reason),
        }
    }
    Ok(Err(missing))
}

/// Asks a mailbox for its calendar. What it says of this mailbox alone is no error.
async fn ask(graph: &Graph, user: &str, (start, end): (i64, i64)) -> Result<Result<Page, Missing>, Error> {
    match graph.calendar_view(user, start, end).await {
        Ok(page) => Ok(Ok(page)),
        Err(Error::NotFound) => Ok(Err(Missing::Unknown)),
        Err(Error::Elsewhere) => Ok(Err(Missing::Elsewhere)),
        Err(Error::Forbidden) => Ok(Err(Missing::Forbidden)),
        Err(error) => Err(error),
    }
}

type Answering = (String, String, Page);

async fn look_up(
    graph: &Graph,
    address: &str,
    window: (i64, i64),
) -> Result<Result<Answering, Missing>, Error> {
    let account = match accounts(graph, &[address]).await {
        Ok(accounts) => accounts.into_iter().next(),
        Err(Error::Forbidden) => return Ok(Err(Missing::NoDirectory)),
        Err(error) => return Err(error),
    };
    let Some(account) = account else { return Ok(Err(Missing::Unknown)) };
    Ok(match ask(graph, &account.id, window).await? {
        Ok(page) => Ok((account.id, account.user_principal_name.unwrap_or_else(|| address.to_owned()), page)),
        Err(Missing::Unknown) => Err(Missing::NoMailbox),
        Err(reason) => Err(reason),
    })
}

async fn accounts(graph: &Graph, addresses: &[&str]) -> Result<Vec<Account>, Error> {
    if graph.directory.holds() {
        return Err(Error::Forbidden);
    }
    let accounts = graph.accounts(addresses).await;
    match &accounts {
        Err(Error::Forbidden) => graph.directory.note(),
        _ => graph.directory.forget(),
    }
    accounts
}

/// Warns if the addresses belong to several accounts. That is a kindness: where the directory does not tell, the
/// mailbox is used all the same.
async fn ambiguity(graph: &Graph, addresses: &[String], used: &str) -> Option<String> {
    if addresses.len() < 2 {
        return None;
    }
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let mut accounts = accounts(graph, &addresses).await.ok()?;
    accounts.sort_by(|a, b| a.id.cmp(&b.id));
    accounts.dedup_by(|a, b| a.id == b.id);
    (accounts.len() > 1).then(|| {
        format!(
            "The addresses {} belong to {} accounts; the calendar of {used} is used. Remove the wrong ones from the user's e-mail list in the PBX, or put the right one first.",
            addresses.join(", "),
            accounts.len()
        )
    })
}
