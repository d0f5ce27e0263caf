//! Stands for `demo` in a build without it: the same names, of which nothing can exist.

use std::convert::Infallible;
use std::path::Path;

use anyhow::{Result, bail};
use secrecy::SecretString;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::configuration::Configuration;
use crate::demo_kind::DemoKind;
use crate::source::{Overrides, Timing};
use crate::store::Store;

pub(crate) struct Demo {
    pub overrides: Overrides,
    never: Infallible,
}

#[derive(Clone)]
pub(crate) struct SimulatedPbx {
    pub credential: Value,
    never: Infallible,
}

pub(crate) struct Simulation(Infallible);

#[expect(clippy::unused_async, reason = "the demo needs it")]
impl Demo {
    pub fn timing() -> Timing {
        Timing::default()
    }

    pub async fn start(_: DemoKind) -> Result<Self> {
        bail!("--demo is not possible: this program was built without its feature demo")
    }

    pub async fn configure(&self, _: &Path, _: &Configuration) -> Result<()> {
        Ok(())
    }

    pub async fn pbx(&self, _: &str, _: &SecretString) -> Result<SimulatedPbx> {
        bail!("this program was built without its feature demo")
    }

    pub fn run(self, _: &SimulatedPbx, _: CancellationToken) -> Simulation {
        match self.never {}
    }
}

#[expect(clippy::unused_async, reason = "the demo needs it")]
impl SimulatedPbx {
    pub async fn answer(&self, _: &Value, _: &Store) -> Result<Option<Value>> {
        match self.never {}
    }
}
