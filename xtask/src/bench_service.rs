//! `cargo xtask bench service`
//!
//! The service, the stand-in of Graph and the stand-in of the PBX are processes of their own, so that what the service
//! uses can be read from `/proc` for it alone.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `world` | the three processes |
//! | `graph` | commands for the stand-in of Graph, and what it counts |
//! | `manager` | writes the settings, as an administrator does |
//! | `shown` | what the PBX shows, with the instants |
//! | `usage` | processor time and memory of a process |
//! | `phases` | what is measured |
//! | `table` | how it is told |

mod graph;
mod manager;
mod phases;
mod shown;
mod table;
mod usage;
mod world;

use crate::project::Project;
use crate::{performance, process};
use anyhow::{Result, bail};
use phases::Measured;
use world::{Programs, World};

/// Options of `cargo xtask bench service`.
#[derive(clap::Args)]
pub struct Args {
    /// Numbers of users
    #[arg(default_values_t = [1000, 10_000, 50_000], value_name = "USERS")]
    sizes: Vec<u32>,
    /// Put the table into docs/performance.md
    #[arg(long)]
    write: bool,
    /// Measure the dev profile, to try the measuring itself
    #[arg(long, conflicts_with = "write")]
    debug: bool,
}

/// Measures each number of users from an empty database on, and prints one table.
pub fn run(args: &Args) -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("the service can be measured on Linux alone: elsewhere there is no /proc");
    }
    let project = Project::find()?;
    let programs = build(&project, args.debug)?;
    let mut all = Vec::new();
    for &users in &args.sizes {
        println!("\n{} users; load of the machine {}", table::grouped(users), usage::load()?);
        all.push((users, measure(&project, &programs, users)?));
    }
    let table = table::of(&all);
    println!("\n{table}");
    if args.write { performance::replace(&project, table::HEAD, &table) } else { Ok(()) }
}

fn build(project: &Project, debug: bool) -> Result<Programs> {
    let mut cargo = process::cargo();
    cargo.args(["build", "--package", "pbx-calendar", "--package", "graph-sim", "--package", "pbx-sim"]);
    if !debug {
        cargo.arg("--release");
    }
    process::run(cargo.current_dir(&project.root))?;
    Ok(Programs::of(project, if debug { "debug" } else { "release" }))
}

fn measure(project: &Project, programs: &Programs, users: u32) -> Result<Measured> {
    let folder = project.scratch("bench-service");
    crate::build::empty(&folder)?;
    let mut world = World::start(programs, &folder, users)?;
    let measured = phases::all(&mut world)?;
    drop(world);
    // Databases of so many users are large.
    crate::build::empty(&folder)?;
    Ok(measured)
}
