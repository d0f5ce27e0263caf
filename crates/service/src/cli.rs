//! The command line.

use std::io::{self, BufRead, IsTerminal, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Error, Result, ensure};
use axum::http::HeaderName;
use clap::builder::BoolishValueParser;
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgAction, ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use ipnet::IpNet;
use secrecy::{ExposeSecret, SecretString};
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};
use tracing::level_filters::LevelFilter;
use tracing::warn;
use url::Url;

use crate::database_url::{DatabaseArgument, DatabaseUrl};
use crate::demo_kind::DemoArgument;
use crate::instance_password::{MIN_CHARS, is_too_short};
use crate::serve::{self, Options, Running};
use crate::service::Limits;
use crate::source::{Overrides, Timing};
use crate::store::Store;
use crate::tls::TlsFiles;
use crate::{check, descriptors, explain, log, paths, present};

/// Everything that keeps a command from doing its work.
const FAILURE: u8 = 2;
/// What the runtime may still do after the service has ended.
const RUNTIME_TIMEOUT: Duration = Duration::from_millis(500);

/// Shows the calendars of Microsoft Exchange and Microsoft 365 as presence at an innovaphone PBX.
#[derive(Parser)]
#[command(name = "pbx-calendar", version, max_term_width = 100)]
struct Cli {
    /// What goes to the log on standard error: off, error, warn, info, debug or trace
    #[arg(long, global = true, env = "PBX_CALENDAR_LOG", default_value = "info", value_name = "LEVEL")]
    log: LevelFilter,
    /// How a line of the log looks
    #[arg(
        long,
        global = true,
        env = "PBX_CALENDAR_LOG_FORMAT",
        default_value = "text",
        value_name = "FORMAT"
    )]
    log_format: log::Format,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the service
    Serve(Box<ServeArgs>),
    /// Set the instance password, read as one line from standard input
    SetPassword(StateArgs),
    /// Show what a viewer sees of a presence note
    Present(present::Args),
    /// Explain why a user's presence is what it is
    Explain(explain::Args),
    /// Test the connection with the stored settings, step by step
    Check {
        #[command(flatten)]
        state: StateArgs,
        #[command(flatten)]
        check: check::Args,
    },
}

/// Where the state is kept.
#[derive(Args)]
struct StateArgs {
    /// Folder of the state and its key file [default: pbx-calendar in the XDG data directory]
    #[arg(long, env = "PBX_CALENDAR_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// PostgreSQL database (postgres://…) instead of a file in the data folder
    #[arg(long, env = "PBX_CALENDAR_DATABASE", value_name = "URL", hide_env_values = true)]
    database: Option<DatabaseArgument>,
}

#[derive(Args)]
struct ServeArgs {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, env = "PBX_CALENDAR_LISTEN", value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080", value_parser = socket)]
    listen: SocketAddr,
    #[command(flatten)]
    state: StateArgs,
    /// Start afresh where the database or its key file is lost; an old database without a key is put aside
    #[arg(long, env = "PBX_CALENDAR_NEW", action = ArgAction::SetTrue, value_parser = BoolishValueParser::new())]
    new: bool,
    /// Folder of the built plugin and presence library [default: pkg beside the executable or of the checkout]
    #[arg(long, env = "PBX_CALENDAR_FILES", value_name = "DIR")]
    files: Option<PathBuf>,
    /// Address under which browsers and PBX reach the service
    #[arg(long, env = "PBX_CALENDAR_PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    public_url: Option<Url>,
    /// Certificate chain, PEM
    #[arg(long, env = "PBX_CALENDAR_TLS_CERT", value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Private key, PEM
    #[arg(long, env = "PBX_CALENDAR_TLS_KEY", value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Proxy whose X-Forwarded-… or Forwarded headers count; can be given several times
    #[arg(long, env = "PBX_CALENDAR_TRUSTED_PROXY", value_name = "CIDR", value_delimiter = ',', value_parser = network)]
    trusted_proxy: Vec<IpNet>,
    /// The one header in which trusted proxies name the client, such as X-Forwarded-For or Forwarded [default: both,
    /// where they agree]
    #[arg(long, env = "PBX_CALENDAR_TRUSTED_PROXY_HEADER", value_name = "NAME", value_parser = header)]
    trusted_proxy_header: Option<HeaderName>,
    /// Print an address at which one browser is logged in by itself; only on a loopback address
    #[arg(long, env = "PBX_CALENDAR_TRY_OUT", action = ArgAction::SetTrue, value_parser = BoolishValueParser::new())]
    try_out: bool,
    /// Run with a simulated PBX and a simulated calendar server: graph, as when nothing follows, or exchange, a local one
    #[arg(long, env = "PBX_CALENDAR_DEMO", value_name = "CALENDARS", num_args = 0..=1, default_missing_value = "graph")]
    demo: Option<DemoArgument>,
}

/// Runs the command line and gives the exit status.
pub fn main() -> ExitCode {
    let parsed = Cli::command().try_get_matches().and_then(|matches| {
        let cli = Cli::from_arg_matches(&matches)?;
        Ok((cli, names_database(&matches)))
    });
    let (cli, names_database) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return usage(&error),
    };
    log::start(cli.log, cli.log_format);
    if names_database && cli.command.database().is_some_and(DatabaseArgument::has_password) {
        warn!(
            "the address after --database holds a password, which everybody on this machine can see in the list of \
             processes; give the address in the environment, as PBX_CALENDAR_DATABASE"
        );
    }
    match run(cli.command) {
        Ok(code) => code,
        Err(error) => fail(&format!("{error:#}")),
    }
}

/// Whether the command line itself, not the environment, names the database.
fn names_database(matches: &ArgMatches) -> bool {
    matches.subcommand().is_some_and(|(_, matches)| {
        matches.try_contains_id("database").unwrap_or_default()
            && matches.value_source("database") == Some(ValueSource::CommandLine)
    })
}

impl Command {
    fn database(&self) -> Option<&DatabaseArgument> {
        match self {
            Self::Serve(args) => args.state.database.as_ref(),
            Self::SetPassword(state) | Self::Check { state, .. } => state.database.as_ref(),
            Self::Present(_) | Self::Explain(_) => None,
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Check { state, check } => {
            let (data, database) = (state.data()?, state.database()?);
            let runtime = Runtime::new().context("cannot start")?;
            let ok = runtime.block_on(check::run(&data, database.as_ref(), &check))?;
            runtime.shutdown_timeout(RUNTIME_TIMEOUT);
            return Ok(if ok { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Command::Serve(args) => {
            descriptors::raise();
            let runtime = Runtime::new().context("cannot start")?;
            let served = runtime.block_on(serve((*args).try_into()?));
            runtime.shutdown_timeout(RUNTIME_TIMEOUT);
            served?;
        }
        Command::SetPassword(state) => {
            let password = read_password()?;
            Runtime::new().context("cannot start")?.block_on(set_password(&state, &password))?;
        }
        Command::Present(args) => print(&present::run(&args))?,
        Command::Explain(args) => print(&explain::run(&args).map_err(Error::msg)?)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints what a command gives. Who closes the pipe early has seen enough.
fn print(text: &str) -> Result<()> {
    match writeln!(io::stdout(), "{}", text.trim_end_matches('\n')) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error).context("cannot write"),
        _ => Ok(()),
    }
}

async fn serve(options: Options) -> Result<()> {
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for signals")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for signals")?;
    let running = tokio::select! {
        running = serve::start(options) => running?,
        _ = terminate.recv() => return Ok(()),
        _ = interrupt.recv() => return Ok(()),
    };
    announce(&running);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    running.stop().await;
    Ok(())
}

/// The address, once the password, and the address to try it out. Nobody has to listen.
fn announce(running: &Running) {
    let mut lines = vec![running.url.clone()];
    lines.extend(
        running
            .new_password
            .iter()
            .map(|password| format!("instance password: {}", password.expose_secret())),
    );
    lines.extend(running.try_out_url.iter().map(|url| format!("try out, in one browser: {url}")));
    let _ = writeln!(io::stdout(), "{}", lines.join("\n"));
}

async fn set_password(state: &StateArgs, password: &SecretString) -> Result<()> {
    let store = Store::open(&state.data()?, state.database()?.as_ref()).await?;
    store.set_instance_password(password).await?;
    store.close().await;
    Ok(())
}

/// One line. At a terminal it is not shown.
fn read_password() -> Result<SecretString> {
    let mut line = if io::stdin().is_terminal() {
        rpassword::prompt_password("Instance password: ").context("cannot read the password")?
    } else {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).context("cannot read the password from standard input")?;
        line
    };
    line.truncate(line.trim_end_matches(['\r', '\n']).len());
    ensure!(!line.is_empty(), "the password is empty; give it as one line on standard input");
    let password = line.into();
    ensure!(
        !is_too_short(&password),
        "the password is too short; it must have at least {MIN_CHARS} characters"
    );
    Ok(password)
}

impl StateArgs {
    fn data(&self) -> Result<PathBuf> {
        self.data.clone().map_or_else(paths::data, Ok)
    }

    fn database(&self) -> Result<Option<DatabaseUrl>> {
        self.database.as_ref().map(DatabaseArgument::parse).transpose()
    }
}

impl TryFrom<ServeArgs> for Options {
    type Error = anyhow::Error;

    fn try_from(args: ServeArgs) -> Result<Self> {
        let tls = args.tls_cert.zip(args.tls_key).map(|(certificate, key)| TlsFiles { certificate, key });
        Ok(Self {
            listen: args.listen,
            data: args.state.data()?,
            database: args.state.database()?,
            new: args.new,
            files: args.files.unwrap_or_else(paths::files),
            public_url: args.public_url,
            tls,
            trusted_proxies: args.trusted_proxy,
            trusted_proxy_header: args.trusted_proxy_header,
            try_out: args.try_out,
            demo: args.demo.and_then(|DemoArgument(kind)| kind),
            overrides: Overrides::from_env()?,
            timing: Timing::default(),
            limits: Limits::default(),
        })
    }
}

fn socket(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse().map_err(|_| "expected an address and a port such as 127.0.0.1:8080")
}

/// A network, or a single address.
fn network(text: &str) -> Result<IpNet, String> {
    let network = text.parse().or_else(|_| text.parse().map(|address: std::net::IpAddr| address.into()));
    network.map_err(|_| "an address or a network such as 10.0.0.0/8 is expected".to_owned())
}

/// The family of `X-Forwarded-…` goes by the name of the one that has the address.
fn header(text: &str) -> Result<HeaderName, &'static str> {
    let expected = "the name of a header such as X-Forwarded-For or Forwarded is expected";
    let name: HeaderName = text.trim_end_matches(':').parse().map_err(|_| expected)?;
    Ok(if name.as_str().starts_with("x-forwarded") {
        HeaderName::from_static("x-forwarded-for")
    } else {
        name
    })
}

fn public_url(text: &str) -> Result<Url, &'static str> {
    let expected = "an http or https address without query is expected";
    let url: Url = text.parse().map_err(|_| expected)?;
    let is_fit = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    if is_fit { Ok(url) } else { Err(expected) }
}

/// Help goes out as it is; of a mistake the first paragraph, which names it, in one line.
fn usage(error: &clap::Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    if matches!(
        error.kind(),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    ) {
        return fail("a command is missing; see pbx-calendar --help");
    }
    let text = error.to_string();
    let first = text.split("\n\n").next().unwrap_or_default();
    let line = first.split_whitespace().collect::<Vec<_>>().join(" ");
    fail(&format!("{}; see pbx-calendar --help", line.trim_start_matches("error: ")))
}

fn fail(line: &str) -> ExitCode {
    let _ = writeln!(io::stderr(), "pbx-calendar: {line}");
    ExitCode::from(FAILURE)
}
