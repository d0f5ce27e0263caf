//! Finding the mailbox of a user.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::answer::Page;
use super::classify::REFUSED;
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
    guid: &str,
    addresses: &[String],
    window: (i64, i64),
) -> Result<Searched, Error> {
    let finder = Finder { graph, guid, window };
    let mut missing = Missing::NoAddress;
    let mut failure = None;
    for address in addresses {
        match finder.find(address).await? {
            Answer::Page(found) => {
                let Answering { user, name, page } = *found;
                graph.failures.forget_user(guid);
                let warning = ambiguity(graph, addresses, &name).await;
                return Ok(Ok((Mailbox { user, name, warning }, page)));
            }
            Answer::None(reason) => missing = missing.max(reason),
            Answer::Failed(error) => failure = failure.or(Some(error)),
        }
    }
    // Where one address only fails there may still be a mailbox.
    failure.map_or(Ok(Err(missing)), Err)
}

struct Finder<'a> {
    graph: &'a Graph,
    guid: &'a str,
    window: (i64, i64),
}

/// What asking came to.
enum Answer {
    /// There is a mailbox.
    Page(Box<Answering>),
    /// There is none.
    None(Missing),
    /// That is not known, and has failed so often that the next address is tried.
    Failed(Error),
}

struct Answering {
    user: String,
    name: String,
    page: Page,
}

impl Finder<'_> {
    /// Asks for the mailbox with this sign-in name, then those of all accounts that have the address.
    async fn find(&self, address: &str) -> Result<Answer, Error> {
        match self.ask(address, address).await? {
            Answer::None(reason) => Ok(match self.look_up(address).await? {
                // That there is no account of that name says less than what one answers.
                Answer::None(other) => Answer::None(reason.max(other)),
                found => found,
            }),
            found => Ok(found),
        }
    }

    /// Asks a mailbox for its calendar. What it says of this mailbox alone is no error.
    async fn ask(&self, user: &str, name: &str) -> Result<Answer, Error> {
        let (start, end) = self.window;
        let reason = match self.graph.calendar_view(user, start, end).await.map_err(Error::from) {
            Ok(page) => {
                let found = Answering { user: user.to_owned(), name: name.to_owned(), page };
                return Ok(Answer::Page(Box::new(found)));
            }
            Err(Error::NotFound) => Missing::Unknown,
            Err(Error::Elsewhere) => Missing::Elsewhere,
            Err(Error::Forbidden) => Missing::Forbidden,
            Err(Error::Failed(advice)) if advice.code == REFUSED => Missing::Unknown,
            Err(error) => return self.failed(user, error),
        };
        self.graph.failures.forget(self.guid, user);
        Ok(Answer::None(reason))
    }

    /// It may be a further address of somebody who signs in with another one, or of several.
    async fn look_up(&self, address: &str) -> Result<Answer, Error> {
        let accounts = match accounts(self.graph, &[address]).await {
            Ok(accounts) => accounts,
            Err(Error::Forbidden | Error::NotFound) => return Ok(Answer::None(Missing::NoDirectory)),
            Err(Error::Failed(advice)) if advice.code == REFUSED => {
                return Ok(Answer::None(Missing::NoDirectory));
            }
            // No account is called so.
            Err(error) => return self.failed(&format!("search {address}"), error),
        };
        let mut missing = Missing::Unknown;
        let mut failure = None;
        for account in accounts {
            let name = account.user_principal_name.unwrap_or_else(|| address.to_owned());
            // That one was asked by its name.
            let reason = if name.eq_ignore_ascii_case(address) {
                Missing::NoMailbox
            } else {
                match self.ask(&account.id, &name).await? {
                    Answer::None(Missing::Unknown) => Missing::NoMailbox,
                    Answer::None(reason) => reason,
                    Answer::Failed(error) => {
                        failure = failure.or(Some(error));
                        continue;
                    }
                    found @ Answer::Page(_) => return Ok(found),
                }
            };
            missing = missing.max(reason);
        }
        Ok(failure.map_or(Answer::None(missing), Answer::Failed))
    }

    /// What fails is asked again later, and at last no longer waited for. What Graph itself wants to be waited for is
    /// no failure of an address.
    fn failed(&self, asked: &str, error: Error) -> Result<Answer, Error> {
        let is_own = matches!(error, Error::Failed(_) | Error::Throttled(None));
        if is_own && self.graph.failures.count(self.guid, asked) {
            return Ok(Answer::Failed(error));
        }
        Err(error)
    }
}

async fn accounts(graph: &Graph, addresses: &[&str]) -> Result<Vec<Account>, Error> {
    if graph.directory.holds() {
        return Err(Error::Forbidden);
    }
    let accounts = graph.accounts(addresses).await.map_err(Error::from);
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
