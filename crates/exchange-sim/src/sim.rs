//! The state of a stand-in, shared by its endpoints and its control.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::{Mutex, RwLock};
use tokio_util::sync::CancellationToken;

use crate::account::Accounts;
use crate::certificate::Authority;
use crate::counters::Counters;
use crate::ews::Budgets;
use crate::faults::Faults;
use crate::host::Host;
use crate::mailbox::Directory;
use crate::net::{Identities, Servers};
use crate::options::{Options, Version};
use crate::site::Site;
use crate::subscriptions::{StreamSettings, Subscriptions};

/// The hosts that `localhost` is, by the port.
pub(crate) const LOCAL: &str = "localhost";
pub(crate) const LOCAL_ONLINE: &str = "localhost-online";

#[derive(Debug)]
pub(crate) struct Sim {
    pub(crate) options: Options,
    pub(crate) authority: Authority,
    pub(crate) graph: graph_sim::Control,
    pub(crate) state: RwLock<State>,
    pub(crate) subscriptions: Mutex<Subscriptions>,
    pub(crate) faults: Mutex<Faults>,
    pub(crate) counters: Counters,
    pub(crate) budgets: Budgets,
    /// Ends the tunnels through the proxy.
    pub(crate) tunnels: Mutex<CancellationToken>,
    pub(crate) identities: Identities,
    /// The open ports; none while it is down.
    pub(crate) servers: tokio::sync::Mutex<Option<Servers>>,
    /// The token endpoint that was started along.
    pub(crate) login_url: Option<String>,
}

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) accounts: Accounts,
    pub(crate) directory: Directory,
    pub(crate) sites: Vec<Site>,
    pub(crate) hosts: BTreeMap<String, Host>,
    pub(crate) version: Version,
    pub(crate) streams: StreamSettings,
    pub(crate) limits: Limits,
    pub(crate) wall_clocks: WallClocks,
    /// Namespaces are declared at each element, without prefixes.
    pub(crate) bare_names: bool,
    /// Whether challenges of NTLM carry the time, as all do since Windows Server 2008.
    pub(crate) ntlm_time_stamp: bool,
    /// Every answer of EWS takes at least so long.
    pub(crate) latency: Duration,
    pub(crate) ahead: TimeDelta,
    /// Addresses of http, TLS, TLS of Exchange Online, proxy.
    pub(crate) addresses: [SocketAddr; 4],
}

/// Limits of throttling; where there is no number, that of the version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Limits {
    /// Streams charged to one mailbox.
    pub streams: Option<usize>,
    /// Subscriptions of one mailbox.
    pub subscriptions: Option<usize>,
    /// Other requests under way, charged to one mailbox.
    pub requests: usize,
    /// Items of one answer.
    pub items: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { streams: None, subscriptions: None, requests: 27, items: 1000 }
    }
}

/// How wall clocks of appointments are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum WallClocks {
    /// With the offset of the zone.
    #[default]
    Offset,
    /// Without an offset.
    Plain,
    /// `StartWallClock`, `EndWallClock` and `StartTimeZoneId` are missing.
    Missing,
}

impl Sim {
    pub(crate) fn new(
        options: Options,
        graph: graph_sim::Control,
        login_url: Option<String>,
    ) -> Result<Self, rcgen::Error> {
        let authority = Authority::new()?;
        let mut hosts: Vec<Host> = options.hosts.clone();
        hosts.push(Host { https: Some(options.certificate), ..Host::exchange(LOCAL) });
        hosts.push(Host { https: Some(options.certificate), ..Host::online(LOCAL_ONLINE) });
        let state = State {
            accounts: Accounts::new(options.lock_after),
            directory: Directory::default(),
            sites: vec![Site::main(&options.domain), Site::online()],
            hosts: hosts.into_iter().map(|host| (host.name.to_lowercase(), host)).collect(),
            version: options.version,
            streams: StreamSettings::default(),
            limits: Limits::default(),
            wall_clocks: WallClocks::default(),
            bare_names: false,
            ntlm_time_stamp: true,
            latency: Duration::ZERO,
            ahead: TimeDelta::zero(),
            addresses: [options.http, options.https, options.online, options.proxy],
        };
        Ok(Self {
            authority,
            graph,
            state: RwLock::new(state),
            subscriptions: Mutex::default(),
            faults: Mutex::new(Faults::new(options.seed)),
            counters: Counters::default(),
            budgets: Budgets::default(),
            tunnels: Mutex::default(),
            identities: Identities::default(),
            servers: tokio::sync::Mutex::default(),
            login_url,
            options,
        })
    }

    pub(crate) fn ports(&self) -> [u16; 4] {
        self.state.read().addresses.map(|address| address.port())
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        Utc::now() + self.state.read().ahead
    }

    /// How long a time of Exchange takes here.
    pub(crate) fn pace(&self, time: Duration) -> Duration {
        Duration::try_from_secs_f64(time.as_secs_f64() / self.options.speed).unwrap_or(time)
    }

    /// Records a rule that was broken.
    pub(crate) fn violation(&self, rule: crate::violation::Rule, host: &str, path: &str) {
        self.counters.violation(rule, format!("{host}{path}"));
    }
}

impl State {
    pub(crate) fn site(&self, name: &str) -> Option<&Site> {
        self.sites.iter().find(|site| site.name == name)
    }

    /// The version of the Exchange at a host.
    pub(crate) fn version_at(&self, host: &Host) -> Version {
        if host.takes_tokens() { Version::Online } else { self.version }
    }
}
