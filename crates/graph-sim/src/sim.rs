//! The state of a stand-in, shared by its endpoints and its control.

use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::{Mutex, RwLock};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::application::Application;
use crate::clock::Clock;
use crate::cloud::Cloud;
use crate::consent::Consents;
use crate::counters::Counters;
use crate::directory::Directory;
use crate::faults::Faults;
use crate::limits::{Limits, Throttle};
use crate::seal::Seal;

/// What a stand-in is from its start to its end.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Address to listen on; port 0 takes a free one.
    pub listen: std::net::SocketAddr,
    /// Path before every address of Graph and of the token endpoint, as behind a proxy. Links do not have it.
    pub prefix: String,
    /// The tenant's id.
    pub tenant: Uuid,
    /// Domain names that stand for the tenant, too.
    pub domains: Vec<String>,
    /// The cloud whose hosts are stood in for.
    pub cloud: Cloud,
    /// Origin of `@odata.nextLink` and `@odata.deltaLink`. As with the real service it is Microsoft's host, which no
    /// client of a stand-in may ever reach: of links only path and query are good.
    pub link_origin: Option<String>,
    /// Applications at the start.
    pub applications: Vec<Application>,
    /// Stops the clock at an instant, until it is advanced.
    pub clock: Option<DateTime<Utc>>,
    /// Luck of faults, and the calendars of made-up users.
    pub seed: u64,
    /// Whether `/graph-sim` takes commands over HTTP.
    pub control: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: ([127, 0, 0, 1], 0).into(),
            prefix: String::new(),
            tenant: Uuid::from_u128(0x7e4a_41d0_0000_4000_8000_0000_0000_0001),
            domains: vec!["contoso.example".into()],
            cloud: Cloud::Global,
            link_origin: None,
            applications: vec![Application::new(
                Uuid::from_u128(0xca1e_4da4_0000_4000_8000_0000_0000_0002),
                "graph-sim-secret",
            )],
            clock: None,
            seed: 1,
            control: false,
        }
    }
}

/// How delta answers are divided into pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Paging {
    /// Events on a page when the client asks for no number.
    pub size: usize,
    /// A round begins with a page that has nothing but a `nextLink`, as the real service's sometimes do.
    pub empty_first: bool,
    /// Series come without their masters, which then have to be fetched.
    pub without_masters: bool,
}

impl Default for Paging {
    fn default() -> Self {
        Self { size: 10, empty_first: false, without_masters: false }
    }
}

#[derive(Debug)]
pub(crate) struct Sim {
    pub(crate) settings: Settings,
    pub(crate) state: RwLock<State>,
    pub(crate) clock: Clock,
    pub(crate) seal: Seal,
    pub(crate) throttle: Throttle,
    pub(crate) faults: Mutex<Faults>,
    pub(crate) counters: Counters,
    pub(crate) consents: Mutex<Consents>,
}

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) directory: Directory,
    pub(crate) applications: Vec<Application>,
    pub(crate) limits: Limits,
    pub(crate) paging: Paging,
    /// Every answer of a mailbox takes at least so long.
    pub(crate) latency: std::time::Duration,
    pub(crate) token_lifetime: TimeDelta,
    /// Tokens issued before this instant are refused as expired.
    pub(crate) tokens_from: Option<DateTime<Utc>>,
}

impl Sim {
    pub(crate) fn new(settings: Settings) -> Self {
        let state = State {
            directory: Directory::default(),
            applications: settings.applications.clone(),
            limits: Limits::default(),
            paging: Paging::default(),
            latency: std::time::Duration::ZERO,
            token_lifetime: TimeDelta::hours(1),
            tokens_from: None,
        };
        Self {
            clock: Clock::new(settings.clock),
            faults: Mutex::new(Faults::new(settings.seed)),
            seal: Seal::new(),
            throttle: Throttle::default(),
            counters: Counters::default(),
            consents: Mutex::default(),
            state: RwLock::new(state),
            settings,
        }
    }

    /// The beginning of links and of `@odata.context`.
    pub(crate) fn service_root(&self) -> String {
        let origin = self.settings.link_origin.as_deref().unwrap_or_else(|| self.settings.cloud.graph());
        format!("{origin}/v1.0")
    }
}
