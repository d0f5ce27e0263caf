//! `cargo xtask package`
//!
//! | file | what it holds |
//! | --- | --- |
//! | `tarball` | what goes into a release, and how it is packed |
//! | `toolchain` | the one compiler that releases are built with |
//! | `check` | whether two builds are equal |

mod check;
mod tarball;
mod toolchain;

use crate::build::{build, empty};
use crate::project::Project;
use crate::wasm::Purpose;
use crate::{licences, process, remap, sizes};
use anyhow::{Context as _, Result, bail};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The licences of what others wrote, made beside the tarball.
const OTHERS: &str = "LICENSES-OTHERS.txt";

/// Options of `cargo xtask package`.
#[derive(clap::Args)]
#[command(
    after_help = "The same sources and the same compiler give the same tarball, byte for byte, in whatever folder. Its files bear \
    the time in SOURCE_DATE_EPOCH, else that of the last commit.\n\
    The package for the App Platform's JavaScript runtime (pkg/app-platform) is not available yet."
)]
pub struct Args {
    /// Build a second time, in another folder and from nothing, and compare byte for byte
    #[arg(long)]
    check: bool,
    /// Take whatever compiler there is; the tarball may then differ from the one that others build
    #[arg(long, conflicts_with = "check")]
    any_toolchain: bool,
}

/// Makes the tarball.
pub fn run(args: &Args) -> Result<()> {
    let project = Project::find()?;
    if !args.any_toolchain {
        toolchain::check(&project)?;
    }
    let time = tarball::time(&project)?;
    let tarball = make(&project, time)?;
    if !sizes::print(&project)? {
        bail!("a package is over its budget");
    }
    println!("\n{}", tarball.display());
    if args.check { check::run(&project, time, &tarball) } else { Ok(()) }
}

/// Builds everything and packs it.
fn make(project: &Project, time: u64) -> Result<PathBuf> {
    build(project, Purpose::Delivery, false)?;
    let mut cargo = project.cargo();
    cargo.args(["build", "--release", "--locked", "--package", "pbx-calendar", "--bin", "pbx-calendar"]);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", remap::rustflags(project)?).env("CFLAGS", remap::cflags(project)?);
    process::run(cargo.env("PBX_CALENDAR_RELEASE", "1"))?;

    let platform = platform()?;
    let name = format!("pbx-calendar-{}-{platform}", env!("CARGO_PKG_VERSION"));
    let folder = project.target.join("package");
    empty(&folder)?;
    fs::write(folder.join(OTHERS), licences::text(project, &platform)?)?;
    let tarball = folder.join(format!("{name}.tar.gz"));
    tarball::write(project, &tarball, &name, time)?;
    Ok(tarball)
}

/// The target triple that rustc builds for by itself.
fn platform() -> Result<String> {
    let version = process::output(Command::new("rustc").arg("-vV"))?;
    let version = String::from_utf8_lossy(&version).into_owned();
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc -vV names no host")?.to_owned())
}
