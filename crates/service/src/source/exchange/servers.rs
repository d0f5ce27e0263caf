//! Which server has which mailbox: what the settings say, else what Autodiscover says, kept as long as it works.

mod homes;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::Utc;
use serde::{Deserialize, Serialize};
use tokio::time::Instant;
use tracing::{info, warn};
use url::Url;

use super::advice::Told;
use super::autodiscover::{Discovered, Search, Undiscovered};
use super::ews::Ews;
use super::log::Log;
use super::session::Auth;
use super::state::{Concern, State};
use super::trouble::Trouble;
use super::way::Way;
use crate::source::backend::Cursor;

const WEEK_MS: i64 = 7 * 24 * 3_600_000;
/// What was found is looked for again so often, while it works.
const REFRESH: Duration = Duration::from_hours(24);
/// And so soon where it does not.
const REFRESH_FAILING: Duration = Duration::from_hours(1);

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
    /// Who is asked before all others.
    pub first: Option<Url>,
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
    main: tokio::sync::Mutex<Main>,
    /// Somebody says that a mailbox has moved.
    is_failing: AtomicBool,
    /// What was kept until then is not believed without asking, in milliseconds since the epoch.
    doubted: AtomicI64,
    /// When it was searched last.
    searched: Mutex<Option<Instant>>,
    /// Whether mailboxes can be asked for one by one.
    asks_for_users: AtomicBool,
    /// Answers in a row that nobody can read.
    unreadable: AtomicU32,
    /// Whose servers are about to be asked for.
    waiting: Mutex<Vec<homes::Waiting>>,
}

/// What searches have brought.
#[derive(Default)]
struct Main {
    found: Option<(Discovered, Instant)>,
    /// Why the last one was in vain, and when it ended.
    failed: Option<(Undiscovered, Instant)>,
}

/// Where a mailbox was when it was read last.
pub struct Known {
    /// Its server.
    pub place: Place,
    /// Whether it may have moved since.
    pub is_doubtful: bool,
}

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
            doubted: AtomicI64::new(i64::MIN),
            searched: Mutex::default(),
            asks_for_users: AtomicBool::new(true),
            unreadable: AtomicU32::new(0),
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
        let Some(home) = self.home(address).await.map_err(Undiscovered::Trouble)? else {
            return Ok(Place { grouping: None, ..main });
        };
        if home.is_online {
            return Err(Undiscovered::Online);
        }
        let (wanted, other) =
            if seeker.internal { (home.internal, home.external) } else { (home.external, home.internal) };
        let may_be_asked =
            |url: &Url| matches!(self.auth, Auth::Ntlm(_)) || seeker.places.may_see_credentials(url);
        let ews = match wanted.or(other).filter(may_be_asked) {
            Some(url) => self.at(&url).map_err(Undiscovered::Trouble)?,
            None => main.ews,
        };
        Ok(Place { ews, grouping: home.grouping, address: home.address })
    }

    /// Where a mailbox was when it was read last, if that may still be so.
    pub fn kept(&self, cursor: &Cursor, now: i64) -> Option<Known> {
        let Kept { url, grouping, until } = serde_json::from_str(cursor.as_str()).ok()?;
        // A clock that was set back would make it last for ever.
        let is_fresh = (now..=now.saturating_add(WEEK_MS)).contains(&until);
        if !is_fresh {
            return None;
        }
        if let Finding::Known(known) = &self.finding
            && *known != url
        {
            return None;
        }
        self.state.set_server(url.host_str().unwrap_or_default());
        let is_doubtful = until - WEEK_MS <= self.doubted.load(Ordering::Relaxed);
        Some(Known { place: Place { ews: self.at(&url).ok()?, grouping, address: None }, is_doubtful })
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
            self.doubted.store(Utc::now().timestamp_millis(), Ordering::Relaxed);
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
        let asked_at = Instant::now();
        let mut main = self.main.lock().await;
        if let Some((known, at)) = &main.found
            && at.elapsed() < REFRESH
            && !self.is_failing.load(Ordering::Relaxed)
        {
            return Ok(known.clone());
        }
        // Whoever has waited for a search in vain does not search again.
        if let Some((undiscovered, at)) = &main.failed
            && *at > asked_at
        {
            return Err(undiscovered.clone());
        }
        let found = self.search(seeker).await;
        self.is_failing.store(false, Ordering::Relaxed);
        *self.searched.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        let discovered = match (found, main.found.take()) {
            (Ok(discovered), _) => discovered,
            (Err(undiscovered), before) => {
                self.doubted.store(i64::MIN, Ordering::Relaxed);
                let Some((before, _)) = before else {
                    main.failed = Some((undiscovered.clone(), Instant::now()));
                    return Err(undiscovered);
                };
                before
            }
        };
        self.found(&discovered);
        main.found = Some((discovered.clone(), Instant::now()));
        Ok(discovered)
    }

    async fn search(&self, seeker: &Seeker) -> Result<Discovered, Undiscovered> {
        let search = Search {
            way: &self.way,
            auth: self.auth.clone(),
            places: seeker.places.clone(),
            only: seeker.only.clone(),
            first: seeker.first.clone(),
            address: seeker.address.clone(),
            internal: seeker.internal,
            log: &self.log,
        };
        match (search.run().await, &seeker.fallback) {
            (Err(undiscovered), Some(fallback)) if !lacks_token(&undiscovered) => {
                Ok(Discovered { ews: fallback.clone(), soap: None, grouping: None, is_other: false })
            }
            (found, _) => found,
        }
    }

    fn found(&self, discovered: &Discovered) {
        let server = discovered.ews.host_str().unwrap_or_default();
        info!(server, "Exchange server found");
        let warning = discovered.is_other.then(|| Told::OtherServer { server }.advice());
        if let Some(advice) = &warning {
            warn!(code = advice.code, "{}", advice.text);
        }
        self.state.warn(Concern::OtherServer, warning);
        self.asks_for_users.store(discovered.soap.is_some(), Ordering::Relaxed);
        self.unreadable.store(0, Ordering::Relaxed);
    }
}

/// Whether nothing can be asked before somebody signs in or sets the application right.
fn lacks_token(undiscovered: &Undiscovered) -> bool {
    match undiscovered {
        Undiscovered::Trouble(Trouble::NoAccess(advice)) => {
            !matches!(advice.code, "tokenRefused" | "autodiscover" | "redirect")
        }
        _ => false,
    }
}
