//! Which backends the settings ask for.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use async_trait::async_trait;
use calendar::settings::{Settings, SyncType};
use prometheus::{IntCounterVec, Registry};
use secrecy::SecretString;
use tokio_util::task::TaskTracker;

use super::exchange::sign_in::{Delegated, Desk, Keep, Memory};
use super::exchange::{Exchange, ExchangeSteps, Kit, Online, StreamTiming};
use super::graph::GraphSteps;
use super::graph::{self, Graph};
use super::scheduler::StoredCalendars;
use super::steps::{HybridSteps, Steps};
use super::transport::Transport;
use super::writing::Writable;
use super::{Advice, Backend, Calendars, Secrets};

pub use super::graph::Overrides;

/// A source of appointments that is to run.
pub struct Planned {
    /// The word for it in the status.
    pub kind: &'static str,
    /// Names it among the stored calendars.
    pub name: String,
    /// What it reads from, unless the settings cannot be used.
    pub backend: Result<Arc<dyn Backend>, Advice>,
}

/// Makes sources from settings.
pub struct Sources {
    overrides: Overrides,
    graph_requests: IntCounterVec,
    exchange: Kit,
    keep: Arc<dyn Keep>,
}

/// A sign-in that is read and not written: a connection test leaves everything as it is. What it gets stays good beside
/// what the service has.
struct Unwritten(Arc<dyn Keep>);

#[async_trait]
impl Keep for Unwritten {
    async fn read(&self) -> anyhow::Result<Option<SecretString>> {
        self.0.read().await
    }

    async fn write(&self, _: Option<SecretString>) -> anyhow::Result<()> {
        Ok(())
    }
}

/// Whether this version can serve a sync type.
pub const fn serves(sync_type: SyncType) -> bool {
    !matches!(sync_type, SyncType::Disabled)
}

impl Sources {
    /// Sources whose counters stand in this registry.
    pub fn new(overrides: Overrides, registry: &Registry) -> Result<Self, prometheus::Error> {
        let graph_requests = graph::requests()?;
        registry.register(Box::new(graph_requests.clone()))?;
        let keep = Arc::new(Memory::default());
        Ok(Self { overrides, graph_requests, exchange: Kit::new(registry)?, keep })
    }

    /// Keeps sign-ins there.
    #[must_use]
    pub fn with_keep(mut self, keep: Arc<dyn Keep>) -> Self {
        self.keep = keep;
        self
    }

    /// What has to be done after a source has ended is done as one of these tasks.
    #[must_use]
    pub fn with_tasks(mut self, tasks: TaskTracker) -> Self {
        self.exchange.tasks = tasks;
        self
    }

    /// Where people sign in.
    pub fn desk(&self) -> Desk {
        Desk::new(self.overrides.clone(), self.graph_requests.clone(), Arc::clone(&self.keep))
    }

    fn delegated(&self, settings: &Settings, secrets: &Secrets) -> Result<Delegated, Advice> {
        let (requests, keep) = (self.graph_requests.clone(), Arc::clone(&self.keep));
        Delegated::new(settings, secrets, &self.overrides, requests, keep)
    }

    /// The steps of a connection test with these settings. Nothing that it does is kept.
    pub fn steps(&self, settings: &Settings, secrets: &Secrets) -> Result<Box<dyn Steps>, Advice> {
        match settings.ways().as_slice() {
            [] => Err(Advice::new("disabled", "No sync type is chosen.")),
            [way] => self.steps_of(way, secrets),
            [first, second, ..] => {
                let (first, second) = (self.steps_of(first, secrets)?, self.steps_of(second, secrets)?);
                Ok(Box::new(HybridSteps::new(first, second)))
            }
        }
    }

    fn steps_of(&self, settings: &Settings, secrets: &Secrets) -> Result<Box<dyn Steps>, Advice> {
        let online = || Online::new(settings, secrets, &self.overrides, self.graph_requests.clone());
        match settings.sync_type {
            SyncType::Graph => {
                let graph = Graph::new(settings, secrets, &self.overrides, self.graph_requests.clone())?;
                Ok(Box::new(GraphSteps::new(graph, settings, secrets, online()?)?))
            }
            SyncType::Disabled | SyncType::Hybrid => {
                Err(Advice::new("disabled", "This is no way to calendars."))
            }
            SyncType::OnPremises => {
                self.exchange_steps(settings, secrets, |kit| Exchange::on_premises(settings, secrets, kit))
            }
            SyncType::CloudAppOnly => {
                let tokens = online()?;
                self.exchange_steps(settings, secrets, |kit| Exchange::online(settings, secrets, kit, tokens))
            }
            SyncType::Cloud => {
                let (requests, keep) =
                    (self.graph_requests.clone(), Arc::new(Unwritten(Arc::clone(&self.keep))));
                let tokens = Delegated::new(settings, secrets, &self.overrides, requests, keep)?;
                self.exchange_steps(settings, secrets, |kit| {
                    Exchange::delegated(settings, secrets, kit, tokens)
                })
            }
        }
    }

    fn exchange_steps(
        &self,
        settings: &Settings,
        secrets: &Secrets,
        make: impl FnOnce(&Kit) -> Result<Exchange, Advice>,
    ) -> Result<Box<dyn Steps>, Advice> {
        let transport = Transport::new(settings, secrets, self.graph_requests.clone())?;
        let steps = ExchangeSteps::new(settings, secrets, &self.overrides, transport, &self.exchange, make)?;
        Ok(Box::new(steps))
    }

    /// The source of these settings, for the Calendar API.
    pub fn writable(&self, settings: &Settings, secrets: &Secrets) -> Result<Arc<dyn Writable>, Advice> {
        match settings.sync_type {
            // In a hybrid those are served who have their mailbox there.
            SyncType::Graph | SyncType::Hybrid => {
                let graph = Graph::new(settings, secrets, &self.overrides, self.graph_requests.clone())?;
                Ok(Arc::new(graph))
            }
            SyncType::Disabled => Err(Advice::new("disabled", "No sync type is chosen.")),
            SyncType::OnPremises | SyncType::Cloud | SyncType::CloudAppOnly => {
                let text = "The Calendar API works with Microsoft Graph alone; the sync type is another.";
                Err(Advice::new("notOffered", text))
            }
        }
    }

    /// The address of a mailbox that a source with these settings has found and stored, if there is one.
    pub async fn stored_mailbox(
        &self,
        settings: &Settings,
        calendars: Calendars,
    ) -> anyhow::Result<Option<String>> {
        for way in settings.ways() {
            let source = match way.sync_type {
                SyncType::Graph => Graph::source(&way, &self.overrides),
                _ => Exchange::source(&way),
            };
            let Some(guid) = calendars.any(&source).await? else { continue };
            if let Some(stored) = StoredCalendars::new(calendars.clone(), source).read(&guid).await? {
                return Ok(Some(stored.mailbox.name));
            }
        }
        Ok(None)
    }

    /// Turns lines about the protocol of Exchange on and off.
    pub fn debugging(&self) -> Arc<AtomicBool> {
        self.exchange.debugging()
    }

    /// Other times for streams of Exchange. Tests are less patient than the service.
    #[must_use]
    pub fn with_streams(mut self, timing: StreamTiming) -> Self {
        self.exchange.timing = timing;
        self
    }

    /// The sources for these settings, in the order in which users are looked for.
    pub fn plan(&self, settings: &Settings, secrets: &Secrets) -> Vec<Planned> {
        settings.ways().iter().filter_map(|way| self.plan_of(way, secrets)).collect()
    }

    fn plan_of(&self, settings: &Settings, secrets: &Secrets) -> Option<Planned> {
        Some(match settings.sync_type {
            SyncType::Disabled | SyncType::Hybrid => return None,
            SyncType::Cloud => Planned {
                kind: "cloud",
                name: Exchange::source(settings),
                backend: self
                    .delegated(settings, secrets)
                    .and_then(|tokens| Exchange::delegated(settings, secrets, &self.exchange, tokens))
                    .map(|exchange| Arc::new(exchange) as Arc<dyn Backend>),
            },
            SyncType::OnPremises => Planned {
                kind: "onPremises",
                name: Exchange::source(settings),
                backend: Exchange::on_premises(settings, secrets, &self.exchange)
                    .map(|exchange| Arc::new(exchange) as Arc<dyn Backend>),
            },
            SyncType::CloudAppOnly => Planned {
                kind: "cloudAppOnly",
                name: Exchange::source(settings),
                backend: Online::new(settings, secrets, &self.overrides, self.graph_requests.clone())
                    .and_then(|online| Exchange::online(settings, secrets, &self.exchange, online))
                    .map(|exchange| Arc::new(exchange) as Arc<dyn Backend>),
            },
            SyncType::Graph => Planned {
                kind: "graph",
                name: Graph::source(settings, &self.overrides),
                backend: Graph::new(settings, secrets, &self.overrides, self.graph_requests.clone())
                    .map(|graph| Arc::new(graph) as Arc<dyn Backend>),
            },
        })
    }
}

/// Settings with a sync type that this version can serve.
#[cfg(test)]
pub(crate) fn served() -> Settings {
    Settings { sync_type: SyncType::Graph, ..Settings::default() }
}

#[cfg(test)]
mod shelf;
#[cfg(test)]
mod tests;
