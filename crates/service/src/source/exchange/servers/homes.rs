//! Asking for the servers of many mailboxes at once.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::sleep;

use super::Servers;
use crate::source::exchange::autodiscover::{Home, homes};
use crate::source::exchange::session::Session;
use crate::source::exchange::trouble::Trouble;

/// Those who ask within this time are asked for together.
const GATHER: Duration = Duration::from_millis(20);
/// So many at once.
const MAX_MAILBOXES: usize = 100;
/// After so many answers in a row that nobody can read, mailboxes are not asked for one by one any more.
const MAX_UNREADABLE: u32 = 3;

/// An address, and where its answer goes.
pub(super) type Waiting = (String, oneshot::Sender<Result<Option<Home>, Trouble>>);

impl Servers {
    /// Where a mailbox is, asked together with others. `None` where nobody says.
    pub(super) async fn home(self: &Arc<Self>, address: &str) -> Result<Option<Home>, Trouble> {
        let (answer, home) = oneshot::channel();
        let is_first = {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.push((address.to_owned(), answer));
            waiting.len() == 1
        };
        if is_first {
            let servers = Arc::clone(self);
            // By itself, so that it goes on when whoever was first has lost patience.
            tokio::spawn(async move { servers.ask_for_users().await });
        }
        home.await.unwrap_or(Ok(None))
    }

    async fn ask_for_users(&self) {
        sleep(GATHER).await;
        let mut waiting = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        let soap = self.main.lock().await.found.as_ref().and_then(|(discovered, _)| discovered.soap.clone());
        let session = soap.and_then(|url| Session::new(Arc::clone(&self.way), url, self.auth.clone()).ok());
        let Some(session) = session else { return };
        while !waiting.is_empty() {
            let rest = waiting.split_off(waiting.len().min(MAX_MAILBOXES));
            let some = std::mem::replace(&mut waiting, rest);
            let addresses: Vec<String> = some.iter().map(|(address, _)| address.clone()).collect();
            match homes(&session, &addresses).await {
                Ok(homes) => {
                    self.unreadable.store(0, Ordering::Relaxed);
                    for ((_, answer), home) in some.into_iter().zip(homes) {
                        // Whoever asked may have lost patience.
                        let _ = answer.send(Ok(home));
                    }
                }
                // One address holds for all then.
                Err(trouble) if self.is_refusal(&trouble) => {
                    self.log.candidate(session.url(), "no GetUserSettings");
                    self.asks_for_users.store(false, Ordering::Relaxed);
                    return;
                }
                // Nobody is sent to the wrong server because the right one could not be asked for.
                Err(trouble) => {
                    for (_, answer) in some.into_iter().chain(waiting) {
                        let _ = answer.send(Err(trouble.clone()));
                    }
                    return;
                }
            }
        }
    }

    /// Whether it says that mailboxes cannot be asked for here at all.
    fn is_refusal(&self, trouble: &Trouble) -> bool {
        match trouble {
            Trouble::NoAccess(_) => true,
            Trouble::Status(status @ 400..500) if !matches!(status, 401 | 429) => true,
            // Also whoever answers before the login and asks for one afterwards.
            Trouble::Cut(_) | Trouble::Status(401) => {
                self.unreadable.fetch_add(1, Ordering::Relaxed) + 1 >= MAX_UNREADABLE
            }
            Trouble::Status(_) | Trouble::Unreachable(_) | Trouble::Busy(_) | Trouble::Code(_) => false,
        }
    }
}
