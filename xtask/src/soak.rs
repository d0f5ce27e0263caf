//! `cargo xtask soak`

use crate::process::{self, Lines};
use crate::project::Project;
use anyhow::{Result, bail};
use std::time::Duration;

/// Options of `cargo xtask soak`.
#[derive(clap::Args)]
pub struct Args {
    /// How long faults go on
    #[arg(default_value_t = 600, value_name = "SECONDS")]
    seconds: u64,
    /// Repeats a run; it prints its seed
    #[arg(long)]
    seed: Option<u64>,
}

/// The tests that `cargo xtask test` runs for a quarter of a minute: of each source of calendars one, side by side.
const TESTS: &str = "random_faults";

/// Beyond the faults: building, and what the test waits for afterwards.
const REST: Duration = Duration::from_mins(30);

/// Lets faults happen at random and sees whether every presence is right in the end.
pub fn run(args: &Args) -> Result<()> {
    process::end_step_with_us()?;
    let project = Project::find()?;
    let mut cargo = process::cargo();
    cargo.args(["test", "--package", "pbx-calendar", "--test", "service", TESTS, "--", "--nocapture"]);
    cargo.current_dir(&project.root).env("PBX_CALENDAR_FAULT_SECONDS", args.seconds.to_string());
    if let Some(seed) = args.seed {
        cargo.env("PBX_CALENDAR_FAULT_SEED", seed.to_string());
    }
    // After each minute of faults it may take as long until all is right again.
    let limit = REST + 2 * Duration::from_secs(args.seconds);
    match process::run_limited(&mut cargo, limit, Lines::Output, |_| {})? {
        Some(status) if status.success() => Ok(()),
        Some(status) => bail!("the soak test ended with {status}; its seed stands above"),
        None => bail!("the soak test was ended after {} minutes", limit.as_secs() / 60),
    }
}
