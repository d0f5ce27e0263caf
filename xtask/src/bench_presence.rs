//! `cargo xtask bench presence`

use anyhow::{Result, bail};

/// Options of `cargo xtask bench presence`.
#[derive(clap::Args)]
pub struct Args {}

/// Not there yet.
pub fn run(_args: &Args) -> Result<()> {
    bail!("bench presence is not available yet")
}
