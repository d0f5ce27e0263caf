//! `cargo xtask bench`

use crate::{bench_form, bench_presence, bench_service};
use anyhow::Result;

/// Options of `cargo xtask bench`.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    subject: Subject,
}

#[derive(clap::Subcommand)]
enum Subject {
    /// How soon the configuration form reacts, beside the same form in vanilla JavaScript, Preact and React
    Form(bench_form::Args),
    /// Reading and showing presence notes, in Node, Chromium and natively
    Presence(bench_presence::Args),
    /// The service with many users, between stand-ins of Graph and of the PBX
    Service(bench_service::Args),
}

/// Measures one subject.
pub fn run(args: &Args) -> Result<()> {
    match &args.subject {
        Subject::Form(args) => bench_form::run(args),
        Subject::Presence(args) => bench_presence::run(args),
        Subject::Service(args) => bench_service::run(args),
    }
}
