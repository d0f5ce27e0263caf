//! A source that reads from a stand-in of Exchange.

use std::sync::Arc;
use std::time::Duration;

use calendar::settings::{Item, Secret, Settings, SyncType};
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use exchange_sim::{Account, Control, Discovery, ExchangeSim, Host, Mailbox, Site};
use pbx_calendar::source::exchange::StreamTiming;
use pbx_calendar::source::{Overrides, Planned, Secrets, Sources, Wanted};
use prometheus::Registry;
use tempfile::TempDir;
use tokio::time::{sleep, timeout};

use crate::told::Told;

pub const DOMAIN: &str = "contoso.example";
pub const USER: &str = r"CONTOSO\svc-calendar";
pub const PASSWORD: &str = "geheimß & <so>";
pub const ANNA: &str = "anna@contoso.example";
pub const BEN: &str = "ben@contoso.example";

const PATIENCE: Duration = Duration::from_mins(1);

/// How a source is started; tests change what they are about.
pub struct Start {
    pub settings: Settings,
    pub password: &'static str,
    pub streams: StreamTiming,
    pub registry: Registry,
    pub login: Option<String>,
}

/// Less patient than the service.
pub fn streams() -> StreamTiming {
    StreamTiming {
        first: Duration::from_secs(10),
        first_wait: Duration::from_millis(50),
        longest_wait: Duration::from_millis(400),
        gather: Duration::from_millis(100),
        settle: Duration::from_millis(20),
        settle_most: Duration::from_millis(200),
        check: Duration::from_millis(500),
        ..StreamTiming::default()
    }
}

impl Start {
    /// A local Exchange whose address is known.
    pub fn known(sim: &Control) -> Self {
        let settings = Settings { ews_url: sim.ews_url(), user: USER.to_owned(), ..common(sim) };
        Self::with(settings)
    }

    /// A local Exchange that is found by Autodiscover, behind the proxy where all hosts are.
    pub fn discovered(sim: &Control) -> Self {
        let settings =
            Settings { user: format!("svc-calendar@{DOMAIN}"), http_proxy: sim.proxy_url(), ..common(sim) };
        Self::with(settings)
    }

    /// Exchange Online.
    pub fn online(sim: &Control) -> Self {
        let application = &sim.graph().settings().applications[0];
        let settings = Settings {
            sync_type: SyncType::CloudAppOnly,
            user: format!("svc-calendar@{DOMAIN}"),
            client_id: application.client_id.to_string(),
            tenant_id: sim.graph().settings().tenant.to_string(),
            client_secret: Secret::Stored,
            ews_url: sim.online_ews_url(),
            ..common(sim)
        };
        Self { login: sim.login_url(), ..Self::with(settings) }
    }

    fn with(settings: Settings) -> Self {
        Self { settings, password: PASSWORD, streams: streams(), registry: Registry::new(), login: None }
    }

    /// What makes the source.
    pub fn sources(&self) -> Sources {
        let login = self.login.as_ref().map(|url| url.parse().unwrap());
        let overrides = Overrides { login, graph: None };
        Sources::new(overrides, &self.registry).unwrap().with_streams(self.streams)
    }

    pub fn plan_of(&self, sources: &Sources) -> Planned {
        let secrets: Secrets =
            [(Item::Password, self.password.into()), (Item::ClientSecret, "graph-sim-secret".into())]
                .into_iter()
                .collect();
        sources.plan(&self.settings, &secrets).pop().unwrap()
    }

    /// A source with a database of its own, for users whose address is their guid at the domain.
    pub async fn run(&self, guids: &[&str]) -> Told {
        self.run_planned(self.plan_of(&self.sources()), guids).await
    }

    pub async fn run_planned(&self, planned: Planned, guids: &[&str]) -> Told {
        let data = Arc::new(tempfile::tempdir().unwrap());
        let told = Told::start(planned, data).await;
        told.want(&guids.iter().map(|guid| user(guid)).collect::<Vec<_>>());
        told
    }

    pub async fn run_at(&self, data: &Arc<TempDir>, guids: &[&str]) -> Told {
        let told = Told::start(self.plan_of(&self.sources()), Arc::clone(data)).await;
        told.want(&guids.iter().map(|guid| user(guid)).collect::<Vec<_>>());
        told
    }
}

fn common(sim: &Control) -> Settings {
    Settings {
        sync_type: SyncType::OnPremises,
        password: Secret::Stored,
        ca_certificate: sim.ca_pem(),
        ..Settings::default()
    }
}

pub fn address(name: &str) -> String {
    format!("{name}@{DOMAIN}")
}

/// A user of the PBX with the address of that name.
pub fn user(name: &str) -> Wanted {
    Wanted { guid: name.to_owned(), addresses: vec![address(name)], search: true, at_once: false }
}

/// A stand-in with these users, and an account with a mailbox that may read all of them.
pub async fn sim(names: &[&str]) -> ExchangeSim {
    sim_with(exchange_sim::Options::default(), names).await
}

pub async fn sim_with(options: exchange_sim::Options, names: &[&str]) -> ExchangeSim {
    let sim = ExchangeSim::start(options).await.unwrap();
    for name in names {
        // All on one server, so that they share a stream.
        let server = Some(format!("ex1.{DOMAIN}"));
        sim.add_mailbox(Mailbox { server, ..Mailbox::new(address(name)) }).unwrap();
    }
    sim.add_mailbox(Mailbox::new(address("svc-calendar"))).unwrap();
    let account = Account::new("svc-calendar", DOMAIN, PASSWORD).with_mailbox(address("svc-calendar"));
    sim.add_account(account);
    sim
}

/// A second site of the company, with a server of its own.
pub fn add_branch(sim: &Control) {
    let host = format!("branch.{DOMAIN}");
    let url = format!("https://{host}/EWS/Exchange.asmx");
    sim.add_site(Site {
        name: "Branch".to_owned(),
        external: Some(url.clone()),
        internal: Some(url),
        grouping: Some("Branch".to_owned()),
        servers: vec![format!("ex9.{DOMAIN}")],
        online: false,
    });
    let site = Some("Branch".to_owned());
    sim.add_host(Host { site, discovery: Discovery::None, ..Host::exchange(host) });
}

/// Waits until the stand-in has seen something.
pub async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let waited = timeout(PATIENCE, async {
        while !is_so() {
            sleep(Duration::from_millis(10)).await;
        }
    });
    assert!(waited.await.is_ok(), "{what}");
}

/// So many hours from the beginning of this one.
pub fn hours(hours: i64) -> DateTime<Utc> {
    Utc::now().duration_trunc(TimeDelta::hours(1)).unwrap() + TimeDelta::hours(hours)
}

/// An hour from now on.
pub fn meeting(title: &str, from: i64) -> graph_sim::Appointment {
    graph_sim::Appointment::new(title, hours(from), hours(from + 1))
}
