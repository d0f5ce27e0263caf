//! `--demo`: a simulated PBX and a simulated calendar server inside the service, so that a newcomer sees the whole
//! way without either. Everything between the two is the service as it always is, over real sockets.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `colleagues` | who works at the company, and what their calendars hold every week |
//! | `events` | what happens while somebody watches |
//! | `pbx` | the PBX with its App objects |

mod colleagues;
mod events;
mod pbx;

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use calendar::settings::{Item, SyncType};
use graph_sim::{Application, GraphSim};
use secrecy::SecretString;
use serde_json::{Map, Value, json};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;
use url::Url;
use uuid::Uuid;

use crate::configuration::Configuration;
use crate::source::{Overrides, Timing};
use crate::store::Written;
pub(crate) use pbx::SimulatedPbx;

/// Name of the simulated PBX.
const PBX: &str = "demo";
/// Domain of the company.
const DOMAIN: &str = "example.com";
/// The company in the simulated cloud.
const TENANT: Uuid = Uuid::from_u128(0xdec0_de00_0000_4000_8000_0000_0000_0001);
/// The registration that may read its calendars.
const CLIENT: Uuid = Uuid::from_u128(0xdec0_de00_0000_4000_8000_0000_0000_0002);
/// No secret: it opens nothing but what runs in this process.
const CLIENT_SECRET: &str = "demo";
/// Says that the data folder belongs to the demo.
const MARK: &str = "demo";

/// The simulated calendar server, before there is a PBX.
pub(crate) struct Demo {
    graph: GraphSim,
    /// Where it is, instead of Microsoft.
    pub overrides: Overrides,
}

/// The running simulation. It ends when dropped.
pub(crate) struct Simulation {
    _pbx: AbortOnDropHandle<()>,
    _graph: GraphSim,
}

impl Demo {
    /// Nobody wants to wait for a change to be seen.
    pub fn timing() -> Timing {
        Timing { poll: Duration::from_secs(2), ..Timing::default() }
    }

    /// Starts the calendar server and fills its calendars.
    pub async fn start() -> Result<Self> {
        let settings = graph_sim::Settings {
            tenant: TENANT,
            domains: vec![DOMAIN.to_owned()],
            applications: vec![Application::new(CLIENT, CLIENT_SECRET)],
            ..graph_sim::Settings::default()
        };
        let graph = GraphSim::start(settings).await.context("cannot start the simulated calendar server")?;
        colleagues::fill_calendars(&graph).context("cannot fill the simulated calendars")?;
        let url: Url = graph.url().parse().context("simulated calendar server")?;
        let overrides = Overrides { login: Some(url.clone()), graph: Some(url) };
        Ok(Self { graph, overrides })
    }

    /// Writes the settings that a newcomer finds, unless somebody has written others since. A folder that holds
    /// the settings of a real service is refused.
    pub async fn configure(data: &Path, configuration: &Configuration) -> Result<()> {
        let mark = data.join(MARK);
        let is_new = configuration.watch().borrow().revision == 1;
        if !is_new && !mark.exists() {
            bail!(
                "{} holds the settings of a real service; choose another folder with --data for --demo",
                data.display()
            );
        }
        if !is_new {
            return Ok(());
        }
        fs::write(&mark, "This folder belongs to pbx-calendar serve --demo.\n")
            .with_context(|| mark.display().to_string())?;
        match configuration.write(Some(1), &settings(), Vec::new()).await? {
            Written::Done(_) | Written::Conflict => Ok(()),
            Written::Refused(problems) => bail!("the settings of the demo are refused: {problems:?}"),
        }
    }

    /// The PBX, with an App object for the service at this address.
    pub async fn pbx(url: &str, password: &SecretString) -> Result<SimulatedPbx> {
        SimulatedPbx::start(url, password).await.context("cannot start the simulated PBX")
    }

    /// Connects the PBX to the service, and lets things happen until `stop`.
    pub fn run(self, pbx: &SimulatedPbx, stop: CancellationToken) -> Simulation {
        let connection = tokio::spawn(pbx.clone().run());
        tokio::spawn(stop.run_until_cancelled_owned(events::run(self.graph.control())));
        Simulation { _pbx: AbortOnDropHandle::new(connection), _graph: self.graph }
    }
}

/// What is in the form of the demo.
fn settings() -> Map<String, Value> {
    let sync_type = calendar::settings::Settings { sync_type: SyncType::Graph, ..Default::default() };
    let items = [
        (Item::PbxName, json!(PBX)),
        (Item::PresenceTimeZone, json!(colleagues::ZONE.name())),
        (Item::ShowSubject, json!(true)),
        (Item::PriorityWords, json!("Vacation")),
        (Item::SyncType, sync_type.item_to_json(Item::SyncType)),
        (Item::ClientId, json!(CLIENT.to_string())),
        (Item::TenantId, json!(TENANT.to_string())),
        (Item::ClientSecret, json!(CLIENT_SECRET)),
    ];
    items.into_iter().map(|(item, value)| (item.name().to_owned(), value)).collect()
}

#[cfg(test)]
mod tests {
    use calendar::Native;
    use calendar::settings::Settings;

    use super::*;

    #[test]
    fn the_settings_of_the_demo_are_valid() {
        let mut before = Settings::default();
        assert_eq!(before.apply(&settings(), &Native), Ok(()));
        assert_eq!(before.sync_type, SyncType::Graph);
    }
}
