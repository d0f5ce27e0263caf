//! `cargo xtask bench service`
//!
//! The service, the stand-in of Graph or Exchange and the stand-in of the PBX are processes of their own, so that what the service
//! uses can be read from `/proc` for it alone.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `world` | the three processes |
//! | `calendars` | the stand-in of Graph or Exchange, commands for it, and what it counts |
//! | `manager` | writes the settings, as an administrator does |
//! | `shown` | what the PBX shows, with the instants |
//! | `usage` | processor time and memory of a process |
//! | `phases` | what is measured |
//! | `table` | how it is told |

mod calendars;
mod manager;
mod phases;
mod shown;
mod table;
mod usage;
mod world;

use super::table::Table;
use crate::process;
use crate::project::Project;
use anyhow::{Result, bail};
use calendars::Source;
use phases::Measured;
use table::Column;
use world::{Programs, World};

/// Options of `cargo xtask bench service`.
#[derive(clap::Args)]
pub struct Args {
    /// Numbers of users; 1000, 10000 and, for Graph alone, 50000 if none are given
    #[arg(value_name = "USERS")]
    sizes: Vec<u32>,
    /// Where calendars are read
    #[arg(long, value_enum, default_value_t = Source::Graph)]
    source: Source,
    /// Measure the dev profile, to try the measuring itself
    #[arg(long, conflicts_with = "write")]
    debug: bool,
}

impl Args {
    /// What is measured, in this order: each number of users for all sources.
    fn runs(&self) -> Vec<(u32, Source)> {
        let (sources, usual): (&[Source], &[u32]) = match self.source {
            Source::Graph => (&[Source::Graph], &[1000, 10_000, 50_000]),
            Source::Ews => (&[Source::Graph, Source::Ews], &[1000, 10_000]),
        };
        let sizes = if self.sizes.is_empty() { usual } else { &self.sizes };
        sizes.iter().flat_map(|size| sources.iter().map(|source| (*size, *source))).collect()
    }
}

/// Measures each number of users from an empty database on.
pub fn measure(project: &Project, args: &Args) -> Result<Table> {
    if !cfg!(target_os = "linux") {
        bail!("the service can be measured on Linux alone: elsewhere there is no /proc");
    }
    let programs = build(project, args.debug)?;
    let mut all = Vec::new();
    for (users, source) in args.runs() {
        let load = usage::load()?;
        println!("\n{} users, {}; load of the machine {load}", table::grouped(users), source.name());
        all.push(Column { users, source, measured: measure_one(project, &programs, source, users)? });
    }
    Ok(table::of(&all))
}

fn build(project: &Project, debug: bool) -> Result<Programs> {
    let mut cargo = process::cargo();
    cargo.arg("build");
    for package in ["pbx-calendar", "graph-sim", "exchange-sim", "pbx-sim"] {
        cargo.args(["--package", package]);
    }
    if !debug {
        cargo.arg("--release");
    }
    process::run(cargo.current_dir(&project.root))?;
    Ok(Programs::of(project, if debug { "debug" } else { "release" }))
}

fn measure_one(project: &Project, programs: &Programs, source: Source, users: u32) -> Result<Measured> {
    let folder = project.scratch("bench-service");
    crate::build::empty(&folder)?;
    let mut world = World::start(programs, &folder, source, users)?;
    let measured = phases::all(&mut world)?;
    drop(world);
    // Databases of so many users are large.
    crate::build::empty(&folder)?;
    Ok(measured)
}
