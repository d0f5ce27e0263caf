//! `cargo xtask bench`

use crate::bench_presence;
use anyhow::Result;

/// Options of `cargo xtask bench`.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    subject: Subject,
}

#[derive(clap::Subcommand)]
enum Subject {
    /// Reading and showing presence notes, in Node, Chromium and natively
    Presence(bench_presence::Args),
}

/// Measures one subject.
pub fn run(args: &Args) -> Result<()> {
    match &args.subject {
        Subject::Presence(args) => bench_presence::run(args),
    }
}
