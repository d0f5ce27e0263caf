//! Which server has which mailbox: what the settings say, else what Autodiscover says, kept as long as it works.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep};
use tracing::{info, warn};
use url::Url;

use super::autodiscover::{Discovered, Home, Search, Undiscovered, homes};
use super::ews::Ews;
use super::log::Log;
use super::session::{Auth, Session};
use super::state::State;
use super::trouble::Trouble;
use super::way::Way;
use crate::source::backend::Cursor;

const WEEK_MS: i64 = 7 * 24 * 3_600_000;
/// What was found is looked for again so often, while it works.
const REFRESH: Duration = Duration::from_hours(24);
/// And so soon where it does not.
const REFRESH_FAILING: Duration = Duration::from_hours(1);
/// Those who ask within this time are asked for together.
const GATHER: Duration = Duration::from_millis(20);
/// So many at once.
const MAX_MAILBOXES: usize = 100;

/// A server with a mailbox.
#[derive(Clone)]
pub struct Place {
    /// Its Exchange Web Services.
    pub ews: Arc<Ews>,
    /// Which mailboxes share servers with this one.
    pub grouping: Option<String>,
    /// The main address of the mailbox, if it is known.
    pub address: Option<String>,
}

/// How the server is found.
pub enum Finding {
    /// It is known.
    Known(Url),
    /// By Autodiscover.
    Search(Box<Seeker>),
}

/// What Autodiscover needs.
pub struct Seeker {
    /// The mailbox that is looked for.
    pub address: String,
    /// The Autodiscover URL of the settings.
    pub only: Option<Url>,
    /// Which hosts may be asked.
    pub places: super::autodiscover::Places,
    /// Whether the server is wanted that is meant for inside.
    pub internal: bool,
    /// What is used where Autodiscover is of no help.
    pub fallback: Option<Url>,
}

/// All servers of a source.
pub struct Servers {
    way: Arc<Way>,
    auth: Auth,
    log: Arc<Log>,
    state: Arc<State>,
    finding: Finding,
    open: Mutex<HashMap<Url, Arc<Ews>>>,
    main: tokio::sync::Mutex<Option<Main>>,
    /// Somebody says that a mailbox has moved.
    is_failing: AtomicBool,
    /// When it was searched last.
    searched: Mutex<Option<Instant>>,
    /// Whether mailboxes can be asked for one by one.
    asks_for_users: AtomicBool,
    waiting: Mutex<Vec<Waiting>>,
}

struct Main {
    discovered: Discovered,
    at: Instant,
}

type Waiting = (String, oneshot::Sender<Option<Home>>);

/// Where a mailbox is, as it is kept with its appointments.
#[derive(Serialize, Deserialize)]
struct Kept {
    url: Url,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    grouping: Option<String>,
    /// Until when it is believed.
    until: i64,
}

impl Servers {
    /// Servers; nothing is asked yet.
    pub fn new(way: Arc<Way>, auth: Auth, log: Arc<Log>, state: Arc<State>, finding: Finding) -> Arc<Self> {
        Arc::new(Self {
            way,
            auth,
            log,
            state,
            finding,
            open: Mutex::default(),
            main: tokio::sync::Mutex::default(),
            is_failing: AtomicBool::new(false),
            searched: Mutex::default(),
            asks_for_users: AtomicBool::new(true),
            waiting: Mutex::default(),
        })
    }

    /// The server of the account.
    pub async fn main(&self) -> Result<Place, Undiscovered> {
        let (url, grouping) = match &self.finding {
            Finding::Known(url) => (url.clone(), None),
            Finding::Search(seeker) => {
                let discovered = self.discovered(seeker).await?;
                (discovered.ews, discovered.grouping)
            }
        };
        let ews = self.at(&url).map_err(Undiscovered::Trouble)?;
        self.state.set_server(url.host_str().unwrap_or_default());
        Ok(Place { ews, grouping, address: None })
    }

    /// The server of a mailbox.
    pub async fn of(self: &Arc<Self>, address: &str) -> Result<Place, Undiscovered> {
        let main = self.main().await?;
        let Finding::Search(seeker) = &self.finding else { return Ok(main) };
        if !self.asks_for_users.load(Ordering::Relaxed) {
            return Ok(main);
        }
        let Some(home) = self.home(address).await else { return Ok(Place { grouping: None, ..main }) };
        if home.is_online {
            return Err(Undiscovered::Online);
        }
        let (wanted, other) =
            if seeker.internal { (home.internal, home.external) } else { (home.external, home.internal) };
        let ews = match wanted.or(other) {
            Some(url) => self.at(&url).map_err(Undiscovered::Trouble)?,
            None => main.ews,
        };
        Ok(Place { ews, grouping: home.grouping, address: home.address })
    }

    /// Where a mailbox was when it was read last, if that may still be believed.
    pub fn kept(&self, cursor: &Cursor, now: i64) -> Option<Place> {
        let Kept { url, grouping, until } = serde_json::from_str(cursor.as_str()).ok()?;
        // A clock that was set back would make it last for ever.
        let is_fresh = (now..=now.saturating_add(WEEK_MS)).contains(&until);
        if !is_fresh || self.is_failing.load(Ordering::Relaxed) {
            return None;
        }
        if let Finding::Known(known) = &self.finding
            && *known != url
        {
            return None;
        }
        self.state.set_server(url.host_str().unwrap_or_default());
        Some(Place { ews: self.at(&url).ok()?, grouping, address: None })
    }

    /// Keeps where a mailbox is. `before` is what was kept, if it still holds.
    pub fn keep(place: &Place, before: Option<&Cursor>, now: i64) -> Cursor {
        if let Some(before) = before {
            return before.clone();
        }
        let kept = Kept {
            url: place.ews.url().clone(),
            grouping: place.grouping.clone(),
            until: now.saturating_add(WEEK_MS),
        };
        Cursor::new(serde_json::to_string(&kept).unwrap_or_default())
    }

    /// A server cannot be reached, or says that a mailbox is not there.
    pub fn fails(&self) {
        let searched = *self.searched.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = searched.is_some_and(|at| at.elapsed() < REFRESH_FAILING);
        if matches!(self.finding, Finding::Search(_)) && !is_new {
            self.is_failing.store(true, Ordering::Relaxed);
        }
    }

    fn at(&self, url: &Url) -> Result<Arc<Ews>, Trouble> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ews) = open.get(url) {
            return Ok(Arc::clone(ews));
        }
        let (way, log, state) = (Arc::clone(&self.way), Arc::clone(&self.log), Arc::clone(&self.state));
        let ews = Arc::new(Ews::new(way, url.clone(), self.auth.clone(), log, state)?);
        open.insert(url.clone(), Arc::clone(&ews));
        Ok(ews)
    }

    /// What Autodiscover says. A search that fails changes nothing, if there was one before that did not.
    async fn discovered(&self, seeker: &Seeker) -> Result<Discovered, Undiscovered> {
        let mut main = self.main.lock().await;
        if let Some(known) = &*main
            && known.at.elapsed() < REFRESH
            && !self.is_failing.load(Ordering::Relaxed)
        {
            return Ok(known.discovered.clone());
        }
        let search = Search {
            way: &self.way,
            auth: self.auth.clone(),
            places: seeker.places.clone(),
            only: seeker.only.clone(),
            address: seeker.address.clone(),
            internal: seeker.internal,
            log: &self.log,
        };
        let found = match (search.run().await, &seeker.fallback) {
            (Err(_), Some(fallback)) => Ok(Discovered {
                ews: fallback.clone(),
                soap: fallback.clone(),
                grouping: None,
                is_other: false,
            }),
            (found, _) => found,
        };
        self.is_failing.store(false, Ordering::Relaxed);
        *self.searched.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        let discovered = match (found, main.take()) {
            (Ok(discovered), _) => discovered,
            (Err(_), Some(before)) => before.discovered,
            (Err(undiscovered), None) => return Err(undiscovered),
        };
        info!(server = discovered.ews.host_str().unwrap_or_default(), "Exchange server found");
        if discovered.is_other {
            warn!("Autodiscover names only the other one of internal and external server");
        }
        *main = Some(Main { discovered: discovered.clone(), at: Instant::now() });
        Ok(discovered)
    }

    /// Where a mailbox is, asked together with others. `None` where nobody says.
    async fn home(self: &Arc<Self>, address: &str) -> Option<Home> {
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
        home.await.ok().flatten()
    }

    async fn ask_for_users(&self) {
        sleep(GATHER).await;
        let waiting = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        let soap = self.main.lock().await.as_ref().map(|main| main.discovered.soap.clone());
        let session = soap.and_then(|url| Session::new(Arc::clone(&self.way), url, self.auth.clone()).ok());
        let Some(session) = session else { return };
        let mut waiting = waiting.into_iter().peekable();
        while waiting.peek().is_some() {
            let some: Vec<Waiting> = waiting.by_ref().take(MAX_MAILBOXES).collect();
            let addresses: Vec<String> = some.iter().map(|(address, _)| address.clone()).collect();
            match homes(&session, &addresses).await {
                Ok(homes) => {
                    for ((_, answer), home) in some.into_iter().zip(homes) {
                        // Whoever asked may have lost patience.
                        let _ = answer.send(home);
                    }
                }
                Err(trouble) => {
                    // One address holds for all then.
                    self.log.candidate(session.url(), "no GetUserSettings");
                    if matches!(trouble, Trouble::Status(_) | Trouble::NoAccess(_) | Trouble::Cut(_)) {
                        self.asks_for_users.store(false, Ordering::Relaxed);
                    }
                    return;
                }
            }
        }
    }
}
