//! `cargo xtask bench`

use crate::{bench_presence, bench_service};
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
    /// The service with many users, between stand-ins of Graph and of the PBX
    Service(bench_service::Args),
}

/// Measures one subject.
pub fn run(args: &Args) -> Result<()> {
    match &args.subject {
        Subject::Presence(args) => bench_presence::run(args),
        Subject::Service(args) => bench_service::run(args),
    }
}
