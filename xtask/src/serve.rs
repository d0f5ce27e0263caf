//! `cargo xtask serve`

use crate::build::{self, build};
use crate::process;
use crate::project::Project;
use crate::wasm::Purpose;
use anyhow::{Context as _, Result, bail};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

/// Options of `cargo xtask serve`.
#[derive(clap::Args)]
#[command(
    after_help = "The settings lie in target/try-out, with --real in target/real, with --exchange in target/try-out-exchange. Remove the folder to begin anew.\n\
    The form is built to be soon done, not to be small: it looks and works the same, but weighs more. With --small it is \
    what users get."
)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Args {
    /// Without the simulated PBX and calendars of the demo: for a PBX and a tenant of your own
    #[arg(long)]
    real: bool,
    /// The demo with a simulated local Exchange (On-Premises) instead of Microsoft 365
    #[arg(long, conflicts_with = "real")]
    exchange: bool,
    /// Build what browsers load as it is delivered, small and compressed; takes longer
    #[arg(long)]
    small: bool,
    /// Show the form as the stand-in of an App Platform hands it out, and let its relay reach the service over TLS
    #[arg(long, conflicts_with = "real")]
    app_platform: bool,
    /// Further arguments of `pbx-calendar serve`, for example `--listen 127.0.0.1:9000`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    service: Vec<String>,
}

impl Args {
    /// Where the settings lie.
    fn folder(&self) -> &'static str {
        match (self.real, self.exchange) {
            (true, _) => "real",
            (false, true) => "try-out-exchange",
            (false, false) => "try-out",
        }
    }
}

/// The program alone. Chosen out of all packages like the tests, so that neither compiles again what the other has.
pub const SERVICE: [&str; 6] = ["build", "--workspace", "--exclude", "xtask", "--bin", "pbx-calendar"];

/// Builds what is stale and becomes the service.
pub fn run(args: &Args) -> Result<()> {
    let project = Project::find()?;
    build(&project, if args.small { Purpose::Delivery } else { Purpose::TryOut }, false)?;
    build::timed("the service", !project.service().exists(), || process::run(project.cargo().args(SERVICE)))?;

    let data = project.target.join(args.folder());
    let password = kept_password(&data)?;
    set_password(&project.service(), &data, &password)?;
    println!("\nInstance password: {password}");
    println!(
        "Open the address with the token: the first browser that does is logged in by itself (Ctrl-C ends the service).\n"
    );

    let mut service = if args.app_platform {
        let mut node = Command::new("node");
        node.arg("--experimental-websocket").arg(project.path("tests/runtime-sim/serve.mjs"));
        // By the environment: an argument would show in every process list.
        node.arg(project.service()).env("PBX_CALENDAR_PASSWORD", &password);
        node
    } else {
        Command::new(project.service())
    };
    service.args(["serve", "--try-out", "--data"]).arg(&data);
    if !args.real {
        service.args(["--demo", if args.exchange { "exchange" } else { "graph" }]);
        // So that the address stays in sight.
        if std::env::var_os("PBX_CALENDAR_LOG").is_none() {
            service.env("PBX_CALENDAR_LOG", "warn");
        }
    }
    service.arg("--files").arg(project.path("pkg")).args(&args.service);
    become_program(&mut service)
}

/// The service takes our place, so that Ctrl-C, SIGTERM and the exit status are its own matter.
#[cfg(unix)]
fn become_program(service: &mut Command) -> Result<()> {
    let error = std::os::unix::process::CommandExt::exec(service);
    Err(error).with_context(|| process::shown(service))
}

/// Ctrl-C reaches both, since they share the console.
#[cfg(not(unix))]
fn become_program(service: &mut Command) -> Result<()> {
    let status = service.status().with_context(|| process::shown(service))?;
    if status.success() { Ok(()) } else { bail!("the service ended with {status}") }
}

/// The service shows a password only when it makes one, at its first start. This one stays the same and can be shown
/// at every start; the service itself keeps it encrypted.
fn kept_password(data: &Path) -> Result<String> {
    fs::create_dir_all(data).with_context(|| data.display().to_string())?;
    let file = data.join("instance-password.txt");
    match fs::read_to_string(&file) {
        Ok(password) if !password.trim().is_empty() => return Ok(password.trim().to_owned()),
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(error).context(file.display().to_string());
        }
        _ => {}
    }
    let password = random_password()?;
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut opened = options.open(&file).with_context(|| file.display().to_string())?;
    writeln!(opened, "{password}")?;
    Ok(password)
}

fn random_password() -> Result<String> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    // 130 random bits.
    let mut bytes = [0; 26];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no random numbers: {error}"))?;
    // 32 letters divide 256, so that all are equally likely.
    let letters = bytes.iter().filter_map(|byte| LETTERS.get(usize::from(byte % 32)));
    Ok(letters.map(|letter| char::from(*letter)).collect())
}

/// By standard input: an argument would show in every process list.
pub fn set_password(program: &Path, data: &Path, password: &str) -> Result<()> {
    let mut service = Command::new(program);
    service.args(["set-password", "--data"]).arg(data).stdin(Stdio::piped()).stdout(Stdio::null());
    let mut child = service.spawn().with_context(|| process::shown(&service))?;
    if let Some(mut stdin) = child.stdin.take() {
        writeln!(stdin, "{password}").with_context(|| process::shown(&service))?;
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("{} ended with {status}", process::shown(&service));
    }
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn keeps_one_password_that_only_its_owner_can_read() {
        let data = std::env::temp_dir().join(format!("xtask-serve-{}", std::process::id()));
        let first = kept_password(&data).unwrap();
        let second = kept_password(&data).unwrap();
        let mode = fs::metadata(data.join("instance-password.txt")).unwrap().permissions().mode();
        fs::remove_dir_all(&data).unwrap();
        assert_eq!(first, second);
        assert_eq!(first.len(), 26);
        assert_eq!(mode & 0o777, 0o600);
    }
}
