//! `cargo xtask bench`: every subject measures and gives a table, which is printed and, on demand, put into the
//! documentation.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `form`, `presence`, `service` | the subjects |
//! | `table` | tables in docs/performance.md |

mod form;
mod presence;
mod service;
mod table;

use crate::project::Project;
use anyhow::Result;

/// Options of `cargo xtask bench`.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    subject: Subject,
    /// Put the table into docs/performance.md
    #[arg(long, global = true)]
    write: bool,
}

#[derive(clap::Subcommand)]
enum Subject {
    /// How soon the configuration form reacts, beside the same form in vanilla JavaScript, Preact and React
    Form(form::Args),
    /// Reading and showing presence notes, in Node, Chromium and natively
    Presence,
    /// The service with many users, between stand-ins of Graph and of the PBX
    Service(service::Args),
}

/// Measures one subject.
pub fn run(args: &Args) -> Result<()> {
    let project = Project::find()?;
    let table = match &args.subject {
        Subject::Form(args) => form::measure(&project, args),
        Subject::Presence => presence::measure(&project),
        Subject::Service(args) => service::measure(&project, args),
    }?;
    println!("\n{}", table.text);
    if args.write { table.write(&project) } else { Ok(()) }
}
