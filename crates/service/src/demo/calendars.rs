//! The simulated calendar server, whichever it is.

use anyhow::{Context, Result};
use exchange_sim::{Account, ExchangeSim, Impersonates, Mailbox};
use graph_sim::{Application, Appointment, Change, GraphSim, Series, User};
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;

use super::DOMAIN;
use crate::demo_kind::DemoKind;
use crate::source::Overrides;
use calendar::settings::{Item, Settings, SyncType};

/// The company in the simulated cloud.
const TENANT: Uuid = Uuid::from_u128(0xdec0_de00_0000_4000_8000_0000_0000_0001);
/// The registration that may read its calendars.
const CLIENT: Uuid = Uuid::from_u128(0xdec0_de00_0000_4000_8000_0000_0000_0002);
/// The account that may at a local Exchange.
const ACCOUNT: &str = "svc-calendar";
/// No secret: it opens nothing but what runs in this process.
const SECRET: &str = "demo";

/// The running server. It ends when dropped.
pub(super) enum Server {
    Graph(GraphSim),
    Exchange(ExchangeSim),
}

/// Fills and changes the calendars of a server.
#[derive(Clone)]
pub(super) enum Calendars {
    Graph(graph_sim::Control),
    Exchange(exchange_sim::Control),
}

impl Server {
    pub async fn start(kind: DemoKind) -> Result<Self> {
        match kind {
            DemoKind::Graph => {
                let settings = graph_sim::Settings {
                    tenant: TENANT,
                    domains: vec![DOMAIN.to_owned()],
                    applications: vec![Application::new(CLIENT, SECRET)],
                    ..graph_sim::Settings::default()
                };
                Ok(Self::Graph(GraphSim::start(settings).await?))
            }
            DemoKind::Exchange => {
                let options = exchange_sim::Options::default().for_domain(DOMAIN);
                Ok(Self::Exchange(ExchangeSim::start(options).await?))
            }
        }
    }

    pub fn calendars(&self) -> Calendars {
        match self {
            Self::Graph(sim) => Calendars::Graph(sim.control()),
            Self::Exchange(sim) => Calendars::Exchange(sim.control()),
        }
    }

    /// Where it is, instead of Microsoft: whatever a newcomer chooses, nothing outside is contacted.
    pub fn overrides(&self) -> Result<Overrides> {
        let url = match self {
            Self::Graph(sim) => Some(sim.url()),
            Self::Exchange(sim) => sim.login_url(),
        };
        let url: Url = url.as_deref().unwrap_or_default().parse().context("simulated calendar server")?;
        Ok(Overrides { login: Some(url.clone()), graph: Some(url) })
    }

    /// The settings with which it is read. Those of a local Exchange hold for this run: it has another address and
    /// another certificate in the next one.
    pub fn settings(&self) -> Vec<(Item, Value)> {
        let (item, secret) = credential(self.kind());
        match self {
            Self::Graph(_) => vec![
                (Item::SyncType, sync_type(SyncType::Graph)),
                (Item::ClientId, json!(CLIENT.to_string())),
                (Item::TenantId, json!(TENANT.to_string())),
                (item, json!(secret)),
            ],
            Self::Exchange(sim) => vec![
                (Item::SyncType, sync_type(SyncType::OnPremises)),
                (Item::User, json!(format!("{ACCOUNT}@{DOMAIN}"))),
                (Item::EwsUrl, json!(sim.ews_url())),
                (Item::CaCertificate, json!(sim.ca_pem())),
                (item, json!(secret)),
            ],
        }
    }

    pub fn kind(&self) -> DemoKind {
        match self {
            Self::Graph(_) => DemoKind::Graph,
            Self::Exchange(_) => DemoKind::Exchange,
        }
    }
}

/// The item that opens the calendars, and its value.
pub(super) fn credential(kind: DemoKind) -> (Item, &'static str) {
    match kind {
        DemoKind::Graph => (Item::ClientSecret, SECRET),
        DemoKind::Exchange => (Item::Password, SECRET),
    }
}

fn sync_type(sync_type: SyncType) -> Value {
    Settings { sync_type, ..Settings::default() }.item_to_json(Item::SyncType)
}

impl Calendars {
    /// Adds mailboxes with their addresses and names. Those of which it is said may not be read.
    pub fn add_mailboxes(&self, mailboxes: &[(String, &str, bool)]) -> Result<()> {
        match self {
            Self::Graph(graph) => {
                for (address, name, in_scope) in mailboxes {
                    let user = User::new(address);
                    graph.add_user(User { display_name: (*name).to_owned(), in_scope: *in_scope, ..user })?;
                }
            }
            Self::Exchange(exchange) => {
                for (address, name, _) in mailboxes {
                    exchange.add_mailbox(Mailbox { name: (*name).to_owned(), ..Mailbox::new(address) })?;
                }
                let own = format!("{ACCOUNT}@{DOMAIN}");
                exchange.add_mailbox(Mailbox::new(&own))?;
                let readable = mailboxes.iter().filter(|(_, _, in_scope)| *in_scope);
                exchange.add_account(Account {
                    impersonates: Impersonates::Only(readable.map(|(address, ..)| address.clone()).collect()),
                    ..Account::new(ACCOUNT, DOMAIN, SECRET).with_mailbox(own)
                });
            }
        }
        Ok(())
    }

    /// Puts an appointment into a calendar; its id.
    pub fn add(&self, address: &str, appointment: Appointment) -> Result<String> {
        Ok(match self {
            Self::Graph(graph) => graph.add(address, appointment)?,
            Self::Exchange(exchange) => exchange.add(address, appointment)?,
        })
    }

    pub fn add_series(&self, address: &str, series: Series) -> Result<()> {
        match self {
            Self::Graph(graph) => graph.add_series(address, series).map(drop)?,
            Self::Exchange(exchange) => exchange.add_series(address, series).map(drop)?,
        }
        Ok(())
    }

    pub fn change(&self, address: &str, id: &str, change: Change) -> Result<()> {
        match self {
            Self::Graph(graph) => graph.change(address, id, change)?,
            Self::Exchange(exchange) => exchange.change(address, id, None, change)?,
        }
        Ok(())
    }

    pub fn delete(&self, address: &str, id: &str) -> Result<()> {
        match self {
            Self::Graph(graph) => graph.delete(address, id)?,
            Self::Exchange(exchange) => exchange.delete(address, id, None)?,
        }
        Ok(())
    }
}
