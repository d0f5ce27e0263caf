//! What must be on the machine, and how it gets there: what can be installed without asking is installed, the rest is
//! named in one line.

use crate::process;
use crate::project::Project;
use crate::stamp;
use anyhow::{Context as _, Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const OLDEST_NODE: u32 = 20;

/// All that a build needs.
pub fn for_build(project: &Project) -> Result<()> {
    wasm_target()?;
    node()?;
    node_modules(project)
}

/// The standard library for wasm: rustup fetches it.
pub fn wasm_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", TARGET]);
    let folder = process::output(&mut rustc)?;
    if Path::new(String::from_utf8_lossy(&folder).trim()).is_dir() {
        return Ok(());
    }
    println!("Rust's standard library for {TARGET} is missing: rustup adds it");
    process::run(Command::new("rustup").args(["target", "add", TARGET]))
        .with_context(|| format!("the Rust target {TARGET} is missing: run `rustup target add {TARGET}`"))
}

/// Node, new enough.
pub fn node() -> Result<()> {
    let get = format!("install Node.js {OLDEST_NODE} or newer from https://nodejs.org (npm comes with it)");
    let version = process::output(Command::new("node").arg("--version"));
    let version = version.with_context(|| format!("Node.js is missing: {get}"))?;
    let version = String::from_utf8_lossy(&version).trim().to_owned();
    match major(&version) {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        _ => bail!("Node.js {version} is too old: {get}"),
    }
}

/// `v20.20.2` → 20
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// `npm ci` when `node_modules` is not what `package-lock.json` says. Scripts of packages stay off: none is needed.
pub fn node_modules(project: &Project) -> Result<()> {
    let wanted = stamp::of([&project.path("package-lock.json")])?;
    let held = project.path("node_modules/.xtask");
    if stamp::is(&held, &wanted) {
        return Ok(());
    }
    println!("npm ci");
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(&project.root);
    process::run(&mut npm).context("npm could not install what package-lock.json names")?;
    stamp::set(&held, &wanted)
}

/// A program of `node_modules`.
pub fn npm_program(project: &Project, name: &str) -> Command {
    let name = if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() };
    Command::new(project.path("node_modules/.bin").join(name))
}

/// Chromium or Chrome: `CHROMIUM`, else what the system has, else Debian's package when that can be had.
pub fn chromium() -> Result<PathBuf> {
    const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Ok(named.into());
    }
    let find = || NAMES.iter().find_map(|name| on_path(name)).or_else(chrome_of_the_desktop);
    if let Some(found) = find() {
        return Ok(found);
    }
    let advice = "Chromium is missing: install it, or name one in the variable CHROMIUM";
    apt_install("chromium").context(advice)?;
    find().context(advice)
}

fn chrome_of_the_desktop() -> Option<PathBuf> {
    const PLACES: [&str; 2] = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];
    PLACES.iter().map(PathBuf::from).find(|place| place.is_file())
}

/// The server programs of PostgreSQL. Debian keeps them off the path.
pub fn postgresql() -> Result<()> {
    let found = || on_path("initdb").is_some() || debian_postgresql().is_some();
    if found() {
        return Ok(());
    }
    let advice =
        "PostgreSQL's server programs are missing (initdb, postgres): install the package postgresql";
    apt_install("postgresql").context(advice)?;
    if found() { Ok(()) } else { bail!(advice) }
}

fn debian_postgresql() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    versions.flatten().map(|version| version.path().join("bin/initdb")).find(|initdb| initdb.is_file())
}

/// Whether `cargo deny` is there. It takes minutes to compile, so it is not installed for anybody.
pub fn cargo_deny() -> Result<()> {
    let advice = "cargo-deny is missing: `cargo install --locked cargo-deny` if licences and advisories are to be checked";
    process::output(process::cargo().args(["deny", "--version"])).map(drop).ok().context(advice)
}

/// Whether `cargo nextest` is there. Like cargo-deny it is installed for nobody.
pub fn cargo_nextest() -> Result<()> {
    let advice = "cargo-nextest is missing: with it (https://nexte.st) the tests in Rust take less time";
    process::output(process::cargo().args(["nextest", "--version"])).map(drop).ok().context(advice)
}

/// Installs a package where that needs no password and asks nothing: as root on Debian.
fn apt_install(package: &str) -> Result<()> {
    if !is_root() || !Path::new("/etc/debian_version").is_file() || on_path("apt-get").is_none() {
        bail!("only root on Debian gets it installed by this command");
    }
    println!("apt-get install {package}");
    for words in [&["update"][..], &["install", "--yes", "--no-install-recommends", package]] {
        let mut apt = Command::new("apt-get");
        apt.arg("--quiet=2").args(words).env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null());
        process::run(&mut apt)?;
    }
    Ok(())
}

#[cfg(unix)]
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_version_of_node() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("20"), None);
        assert_eq!(major(""), None);
    }
}
