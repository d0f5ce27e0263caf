//! `cargo xtask fuzz`

use anyhow::{Result, bail};

/// Options of `cargo xtask fuzz`.
#[derive(clap::Args)]
pub struct Args {}

/// Not there yet.
pub fn run(_args: &Args) -> Result<()> {
    bail!("fuzz is not available yet")
}
