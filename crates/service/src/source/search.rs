//! Finding the mailbox of a user.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::MailboxState;
use crate::graph::{Account, Advice, Error, Graph, Page};

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

/// What a search found.
pub enum Found {
    /// A mailbox.
    Mailbox(Box<Mailbox>),
    /// None, and why.
    None(Missing),
}

/// A mailbox that answers.
pub struct Mailbox {
    /// Names it in requests: an address or an id.
    pub user: String,
    /// Names it for people.
    pub name: String,
    /// The first page of its calendar.
    pub page: Page,
    /// That there are others, if so.
    pub warning: Option<Advice>,
}

/// Why there is no mailbox. The greatest reason is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// There is no address to look for.
    NoAddress,
    /// The directory does not know the addresses.
    Unknown,
    /// Nobody may look them up.
    NoDirectory,
    /// There is an account, but it has none.
    NoMailbox,
    /// It is not in Exchange Online.
    Elsewhere,
    /// The application may not read it.
    Forbidden,
}

impl Missing {
    /// The state of the user, with advice. Whether a forbidden mailbox is one or all of them is not known here.
    pub fn state(self, addresses: &[String]) -> (MailboxState, Advice) {
        let addresses = addresses.join(", ");
        let (state, code, text) = match self {
            Self::NoAddress => (
                MailboxState::NoMailbox,
                "noAddress",
                "The user has no e-mail address in the PBX. Add the address of the mailbox to the user's e-mail list.".to_owned(),
            ),
            Self::Unknown => (
                MailboxState::NoMailbox,
                "mailboxUnknown",
                format!(
                    "The tenant knows no account with the address {addresses}. Add the address of the mailbox to the user's e-mail list in the PBX."
                ),
            ),
            Self::NoDirectory => (
                MailboxState::NoMailbox,
                "directoryForbidden",
                format!(
                    "{addresses} is no sign-in name of the tenant, and the application may not look addresses up. Grant the application permission User.Read.All, or add the sign-in name to the user's e-mail list in the PBX."
                ),
            ),
            Self::NoMailbox => (
                MailboxState::NoMailbox,
                "noMailbox",
                format!(
                    "The account of {addresses} has no mailbox. Give it an Exchange licence, or add the address of the right mailbox to the user's e-mail list in the PBX."
                ),
            ),
            Self::Elsewhere => (
                MailboxState::HostedElsewhere,
                "hostedElsewhere",
                format!(
                    "The mailbox of {addresses} is not in Exchange Online: it is on an own server, or the account has no Exchange licence or is deleted."
                ),
            ),
            Self::Forbidden => (
                MailboxState::NotInScope,
                "notInScope",
                format!(
                    "The application may read other mailboxes, but not that of {addresses}. If that is not meant so, add the user to the application's scope in Exchange Online. Asked again every day."
                ),
            ),
        };
        (state, Advice::new(code, text))
    }
}

/// Looks for the mailbox of somebody with these addresses; the first that has one wins. The window is what is read
/// of its calendar.
pub async fn search(
    graph: &Graph,
    directory: &Refusal,
    addresses: &[String],
    window: (i64, i64),
) -> Result<Found, Error> {
    let mut missing = Missing::NoAddress;
    for address in addresses {
        let found = match ask(graph, address, window).await? {
            Ok(page) => Ok((address.clone(), address.clone(), page)),
            // It may be a further address of somebody who signs in with another one.
            Err(Missing::Unknown) => look_up(graph, directory, address, window).await?,
            Err(reason) => Err(reason),
        };
        match found {
            Ok((user, name, page)) => {
                let warning = ambiguity(graph, directory, addresses, &name).await;
                return Ok(Found::Mailbox(Box::new(Mailbox { user, name, page, warning })));
            }
            Err(reason) => missing = missing.max(reason),
        }
    }
    Ok(Found::None(missing))
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
    directory: &Refusal,
    address: &str,
    window: (i64, i64),
) -> Result<Result<Answering, Missing>, Error> {
    let account = match accounts(graph, directory, &[address]).await {
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

async fn accounts(graph: &Graph, directory: &Refusal, addresses: &[&str]) -> Result<Vec<Account>, Error> {
    if directory.holds() {
        return Err(Error::Forbidden);
    }
    let accounts = graph.accounts(addresses).await;
    match &accounts {
        Err(Error::Forbidden) => directory.note(),
        _ => directory.forget(),
    }
    accounts
}

/// Warns if the addresses belong to several accounts. That is a kindness: where the directory does not tell, the
/// mailbox is used all the same.
async fn ambiguity(graph: &Graph, directory: &Refusal, addresses: &[String], used: &str) -> Option<Advice> {
    if addresses.len() < 2 {
        return None;
    }
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let mut accounts = accounts(graph, directory, &addresses).await.ok()?;
    accounts.sort_by(|a, b| a.id.cmp(&b.id));
    accounts.dedup_by(|a, b| a.id == b.id);
    (accounts.len() > 1).then(|| {
        Advice::new(
            "severalMailboxes",
            format!(
                "The addresses {} belong to {} accounts; the calendar of {used} is used. Remove the wrong ones from the user's e-mail list in the PBX, or put the right one first.",
                addresses.join(", "),
                accounts.len()
            ),
        )
    })
}
