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

use super::table::Table;
use crate::process;
use crate::project::Project;
use anyhow::{Result, bail};
use phases::Measured;
use world::{Programs, World};

/// Options of `cargo xtask bench service`.
#[derive(clap::Args)]
pub struct Args {
    /// Numbers of users
    #[arg(default_values_t = [1000, 10_000, 50_000], value_name = "USERS")]
    sizes: Vec<u32>,
    /// Measure the dev profile, to try the measuring itself
    #[arg(long, conflicts_with = "write")]
    debug: bool,
}

/// Measures each number of users from an empty database on.
pub fn measure(project: &Project, args: &Args) -> Result<Table> {
    if !cfg!(target_os = "linux") {
        bail!("the service can be measured on Linux alone: elsewhere there is no /proc");
    }
    let programs = build(project, args.debug)?;
    let mut all = Vec::new();
    for &users in &args.sizes {
        println!("\n{} users; load of the machine {}", table::grouped(users), usage::load()?);
        all.push((users, measure_one(project, &programs, users)?));
    }
    Ok(Table { head: table::HEAD, text: table::of(&all) })
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

fn measure_one(project: &Project, programs: &Programs, users: u32) -> Result<Measured> {
    let folder = project.scratch("bench-service");
    crate::build::empty(&folder)?;
    let mut world = World::start(programs, &folder, users)?;
    let measured = phases::all(&mut world)?;
    drop(world);
    // Databases of so many users are large.
    crate::build::empty(&folder)?;
    Ok(measured)
}
