//! `cargo xtask package`
//!
//! | file | what it holds |
//! | --- | --- |
//! | `tarball` | what goes into the tarball |
//! | `app_platform`, `formats` | the app for an App Platform, and whether it is what is published |
//! | `debian` | the Debian package |
//! | `npm` | the npm package |
//! | `sbom`, `sums` | what all that is made of, and its checksums |
//! | `archive` | archives that depend on their contents alone |
//! | `version` | the version in the forms that the packages want |
//! | `toolchain` | the one compiler that releases are built with |
//! | `check` | whether two builds are equal |
//! | `lint` | whether container and workflows are well written |
//! | `chroot` | whether the Debian package can be installed, run, upgraded and removed |

mod app_platform;
mod archive;
mod check;
mod chroot;
mod debian;
mod formats;
mod lint;
mod npm;
mod sbom;
mod sums;
mod tarball;
mod toolchain;
mod version;

use crate::build::{self, build, empty};
use crate::licences::{self, RELEASE};
use crate::project::Project;
use crate::wasm::Purpose;
use crate::{plugin, process, remap, sizes, tools};
use anyhow::{Context as _, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use version::VERSION;

/// The licences of what others wrote, made beside the packages.
const OTHERS: &str = "LICENSES-OTHERS.txt";
/// What goes along with the service.
const DOCUMENTS: [&str; 5] = ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "SECURITY.md"];

/// Options of `cargo xtask package`.
#[derive(clap::Args)]
#[command(
    after_help = "Makes in target/package a tarball, a Debian package, the npm package, the app for an App Platform (also in \
    pkg/app-platform), a list of what they are made of (CycloneDX) and SHA256SUMS.\n\
    The same sources and the same compiler give the same files, byte for byte, in whatever folder. Files in them bear the time in \
    SOURCE_DATE_EPOCH, else that of the last commit."
)]
pub struct Args {
    /// Build a second time, in another folder and from nothing, and compare byte for byte; install the Debian package in a new
    /// chroot, run it, upgrade to it and remove it (as root, with debootstrap); look through container and workflows
    #[arg(long, value_name = "WHAT", num_args = 0..=1, require_equals = true, default_missing_value = "all")]
    check: Option<Check>,
    /// Take whatever compiler there is; the packages may then differ from those that others build
    #[arg(long, conflicts_with = "check")]
    any_toolchain: bool,
    /// Make pkg/app-platform alone
    #[arg(long, conflicts_with = "check")]
    app_platform: bool,
    /// innovaphone's JavaScript runtime, a folder with `arm/generic`, `arm64/generic` and `x86_64/generic`: pkg/app-platform/store becomes what an
    /// App Store app takes
    #[arg(long, value_name = "DIR")]
    runtime: Option<PathBuf>,
}

/// What `--check` looks at.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Check {
    /// All of it
    All,
    /// Whether two builds are equal
    Builds,
    /// The Debian package that is there; nothing is built
    Debian,
    /// Container, Compose file and workflows; nothing is built
    Lint,
}

/// Makes the packages.
pub fn run(args: &Args) -> Result<()> {
    let project = Project::find()?;
    match args.check {
        Some(Check::Debian) => return chroot::run(&project),
        Some(Check::Lint) => return lint::run(&project),
        Some(Check::All | Check::Builds) => lint::run(&project)?,
        None => {}
    }
    if !args.any_toolchain {
        toolchain::check(&project)?;
    }
    if args.app_platform {
        tools::for_build(&project)?;
        build::package::<plugin::Plugin>(&project, Purpose::Delivery, false)?;
        app_platform::make(&project, args.runtime.as_deref())?;
        println!("\n{}", project.path("pkg/app-platform").display());
        return Ok(());
    }
    let time = tarball::time(&project)?;
    let packages = make(&project, time, args.runtime.as_deref())?;
    if !sizes::print(&project)? {
        bail!("a package is over its budget");
    }
    println!();
    for package in &packages {
        println!("{}", package.display());
    }
    if args.check.is_some() {
        check::run(&project, time, &packages)?;
    }
    if args.check == Some(Check::All) { chroot::run(&project) } else { Ok(()) }
}

/// Builds everything and packs it.
fn make(project: &Project, time: u64, runtime: Option<&Path>) -> Result<Vec<PathBuf>> {
    build(project, Purpose::Delivery, false)?;
    let mut cargo = project.cargo();
    cargo.args(["build", "--release", "--locked", "--package", "pbx-calendar", "--bin", "pbx-calendar"]);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", remap::rustflags(project)?).env("CFLAGS", remap::cflags(project)?);
    process::run(cargo.env("PBX_CALENDAR_RELEASE", "1"))?;

    let platform = platform()?;
    let name = format!("pbx-calendar-{VERSION}-{platform}");
    let folder = project.target.join("package");
    empty(&folder)?;
    let others = folder.join(OTHERS);
    fs::write(&others, licences::text(project, &platform, RELEASE)?)?;
    let tarball = folder.join(format!("{name}.tar.gz"));
    tarball::write(project, &tarball, &name, time)?;
    app_platform::make(project, runtime)?;
    let mut packages = vec![
        tarball,
        app_platform::pack(project, &folder)?,
        npm::make(project, &folder, time)?,
        sbom::make(project, &folder, &platform)?,
    ];
    if cfg!(target_os = "linux") {
        packages.push(debian::make(project, &folder, &platform, VERSION, time)?);
    }
    packages.push(sums::make(&folder, &packages)?);
    Ok(packages)
}

/// The target triple that rustc builds for by itself.
fn platform() -> Result<String> {
    let version = process::output(Command::new("rustc").arg("-vV"))?;
    let version = String::from_utf8_lossy(&version).into_owned();
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc -vV names no host")?.to_owned())
}
