//! `--demo`: a simulated PBX and a simulated calendar server inside the service, so that a newcomer sees the whole
//! way without either. Everything between the two is the service as it always is, over real sockets.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `calendars` | the calendar server: Microsoft Graph or a local Exchange |
//! | `colleagues` | who works at the company, and what their calendars hold every week |
//! | `events` | what happens while somebody watches |
//! | `pbx` | the PBX with its App objects |

mod calendars;
mod colleagues;
mod events;
mod pbx;

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use calendar::settings::{Item, SyncType};
use secrecy::SecretString;
use serde_json::{Map, Value, json};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use crate::configuration::Configuration;
use crate::demo_kind::DemoKind;
use crate::source::{Overrides, Timing};
use crate::store::Written;
use calendars::Server;
pub(crate) use pbx::SimulatedPbx;

/// Name of the simulated PBX.
const PBX: &str = "demo";
/// Domain of the company.
const DOMAIN: &str = "example.com";
/// Says that the data folder belongs to the demo, and which one it was.
const MARK: &str = "demo";

/// The simulated calendar server, before there is a PBX.
pub(crate) struct Demo {
    server: Server,
    /// Where it is, instead of Microsoft.
    pub overrides: Overrides,
}

/// The running simulation. It ends when dropped.
pub(crate) struct Simulation {
    _pbx: AbortOnDropHandle<()>,
    _server: Server,
}

impl Demo {
    /// Nobody wants to wait for a change to be seen.
    pub fn timing() -> Timing {
        Timing { poll: Duration::from_secs(2), ..Timing::default() }
    }

    /// Starts the calendar server and fills its calendars.
    pub async fn start(kind: DemoKind) -> Result<Self> {
        let server = Server::start(kind).await.context("cannot start the simulated calendar server")?;
        colleagues::fill_calendars(&server.calendars()).context("cannot fill the simulated calendars")?;
        let overrides = server.overrides()?;
        Ok(Self { server, overrides })
    }

    /// Writes the settings that a newcomer finds, and leaves alone what somebody has written since. A folder that holds
    /// the settings of a real service is refused.
    pub async fn configure(&self, data: &Path, configuration: &Configuration) -> Result<()> {
        let mark = data.join(MARK);
        let stored = configuration.watch().borrow().clone();
        let is_new = stored.revision == 1;
        if !is_new && !mark.exists() {
            bail!(
                "{} holds the settings of a real service; choose another folder with --data for --demo",
                data.display()
            );
        }
        let settings = if is_new {
            self.settings()
        } else if self.has_moved(&mark, stored.settings.sync_type)? {
            by_name(self.server.settings())
        } else {
            return Ok(());
        };
        fs::write(&mark, self.mark()).with_context(|| mark.display().to_string())?;
        match configuration.write(Some(stored.revision), &settings, Vec::new()).await? {
            Written::Done(_) | Written::Conflict => Ok(()),
            Written::Refused(problems) => bail!("the settings of the demo are refused: {problems:?}"),
        }
    }

    fn mark(&self) -> &'static str {
        match self.server.kind() {
            DemoKind::Graph => "This folder belongs to pbx-calendar serve --demo.\n",
            DemoKind::Exchange => "This folder belongs to pbx-calendar serve --demo exchange.\n",
        }
    }

    /// Whether the calendars are elsewhere than when the folder was used last.
    fn has_moved(&self, mark: &Path, sync_type: SyncType) -> Result<bool> {
        let last = fs::read_to_string(mark).with_context(|| mark.display().to_string())?;
        let is_exchange = self.server.kind() == DemoKind::Exchange && sync_type == SyncType::OnPremises;
        Ok(is_exchange || last != self.mark())
    }

    /// The PBX, with an App object for the service at this address.
    pub async fn pbx(&self, url: &str, password: &SecretString) -> Result<SimulatedPbx> {
        let (item, secret) = calendars::credential(self.server.kind());
        let credential = json!({"item": item.name(), "value": secret});
        SimulatedPbx::start(url, password, credential).await.context("cannot start the simulated PBX")
    }

    /// Connects the PBX to the service, and lets things happen until `stop`.
    pub fn run(self, pbx: &SimulatedPbx, stop: CancellationToken) -> Simulation {
        let connection = tokio::spawn(pbx.clone().run());
        tokio::spawn(stop.run_until_cancelled_owned(events::run(self.server.calendars())));
        Simulation { _pbx: AbortOnDropHandle::new(connection), _server: self.server }
    }

    /// What is in the form of the demo.
    fn settings(&self) -> Map<String, Value> {
        let items = [
            (Item::PbxName, json!(PBX)),
            (Item::PresenceTimeZone, json!(colleagues::ZONE.name())),
            (Item::ShowSubject, json!(true)),
            (Item::PriorityWords, json!("Vacation")),
        ];
        by_name(items.into_iter().chain(self.server.settings()))
    }
}

fn by_name(items: impl IntoIterator<Item = (Item, Value)>) -> Map<String, Value> {
    items.into_iter().map(|(item, value)| (item.name().to_owned(), value)).collect()
}

#[cfg(test)]
mod tests {
    use calendar::Native;
    use calendar::settings::Settings;

    use super::*;

    #[tokio::test]
    async fn the_settings_of_the_demo_are_valid() {
        for (kind, sync_type) in
            [(DemoKind::Graph, SyncType::Graph), (DemoKind::Exchange, SyncType::OnPremises)]
        {
            let demo = Demo::start(kind).await.unwrap();
            let mut before = Settings::default();
            assert_eq!(before.apply(&demo.settings(), &Native), Ok(()));
            assert_eq!(before.sync_type, sync_type);
        }
    }
}
