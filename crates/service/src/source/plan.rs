//! Which backends the settings ask for.

use std::sync::Arc;

use calendar::settings::{Settings, SyncType};
use prometheus::{IntCounterVec, Registry};

use super::graph::{self, Graph};
use super::{Advice, Backend, Secrets};

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
}

/// Whether this version can serve a sync type.
pub const fn serves(sync_type: SyncType) -> bool {
    matches!(sync_type, SyncType::Graph)
}

impl Sources {
    /// Sources whose counters stand in this registry.
    pub fn new(overrides: Overrides, registry: &Registry) -> Result<Self, prometheus::Error> {
        let graph_requests = graph::requests()?;
        registry.register(Box::new(graph_requests.clone()))?;
        Ok(Self { overrides, graph_requests })
    }

    /// The sources for these settings, in the order in which users are looked for.
    pub fn plan(&self, settings: &Settings, secrets: &Secrets) -> Vec<Planned> {
        match settings.sync_type {
            SyncType::Disabled | SyncType::OnPremises | SyncType::Cloud | SyncType::CloudAppOnly => {
                Vec::new()
            }
            SyncType::Graph => vec![Planned {
                kind: "graph",
                name: Graph::source(settings, &self.overrides),
                backend: Graph::new(settings, secrets, &self.overrides, self.graph_requests.clone())
                    .map(|graph| Arc::new(graph) as Arc<dyn Backend>),
            }],
        }
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
