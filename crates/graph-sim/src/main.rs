//! The stand-in from the command line.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use chrono::TimeDelta;
use clap::{Parser, ValueEnum};
use graph_sim::{Application, Cloud, Command, Concurrency, GraphSim, Limits, Settings};
use uuid::Uuid;

/// Stand-in of Microsoft's token endpoint and of the calendar part of Microsoft Graph, for tests and demonstrations.
///
/// It prints its address as the first line when it is ready. `GET /graph-sim` tells what it has been asked,
/// `POST /graph-sim` takes commands as JSON (docs/stand-ins.md). It knows nobody until users are added.
#[derive(Parser)]
#[command(version)]
struct Cli {
    /// Address to listen on; port 0 takes a free one. Only this machine should reach it.
    #[arg(long, default_value = "127.0.0.1:8090", env = "GRAPH_SIM_LISTEN")]
    listen: SocketAddr,
    /// Tenant id.
    #[arg(long, default_value_t = Settings::default().tenant)]
    tenant: Uuid,
    /// Domain of the tenant and of the made-up users.
    #[arg(long, default_value = "contoso.example")]
    domain: String,
    /// Client id of the application that may sign in.
    #[arg(long, default_value_t = default_client())]
    client_id: Uuid,
    /// Its secret. This is a stand-in: nothing is behind it.
    #[arg(long, default_value = "graph-sim-secret", env = "GRAPH_SIM_CLIENT_SECRET")]
    client_secret: String,
    /// Microsoft cloud to stand in for.
    #[arg(long, value_enum, default_value = "global")]
    cloud: CloudName,
    /// Users with made-up calendars.
    #[arg(long, default_value_t = 0)]
    users: usize,
    /// Seed of made-up calendars and of the luck of faults.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// File with commands (a JSON array) to be done before the first request.
    #[arg(long)]
    commands: Option<PathBuf>,
    /// Seconds that access tokens live.
    #[arg(long, default_value_t = 3600)]
    token_lifetime: u32,
    /// Milliseconds that every answer of a mailbox takes at least.
    #[arg(long, default_value_t = 0)]
    latency: u64,
    /// What four requests at once are allowed for.
    #[arg(long, value_enum, default_value = "per-mailbox")]
    limit: LimitName,
    /// Path before every address, as behind a proxy.
    #[arg(long, default_value = "")]
    prefix: String,
    /// Origin of the links in answers, instead of Microsoft's own host.
    #[arg(long)]
    link_origin: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum CloudName {
    Global,
    UsGov,
    UsGovDod,
    China,
}

#[derive(Clone, Copy, ValueEnum)]
enum LimitName {
    PerMailbox,
    PerApplication,
    None,
}

fn default_client() -> Uuid {
    Settings::default().applications.first().map(|application| application.client_id).unwrap_or_default()
}

impl Cli {
    fn settings(&self) -> Settings {
        Settings {
            listen: self.listen,
            prefix: self.prefix.clone(),
            tenant: self.tenant,
            domains: vec![self.domain.clone()],
            cloud: match self.cloud {
                CloudName::Global => Cloud::Global,
                CloudName::UsGov => Cloud::UsGov,
                CloudName::UsGovDod => Cloud::UsGovDod,
                CloudName::China => Cloud::China,
            },
            link_origin: self.link_origin.clone(),
            applications: vec![Application::new(self.client_id, self.client_secret.clone())],
            seed: self.seed,
            control: true,
            ..Settings::default()
        }
    }

    fn prepare(&self, sim: &GraphSim) -> Result<()> {
        sim.set_token_lifetime(TimeDelta::seconds(self.token_lifetime.into()));
        sim.set_latency(Duration::from_millis(self.latency));
        let concurrency = match self.limit {
            LimitName::PerMailbox => Concurrency::PerMailbox,
            LimitName::PerApplication => Concurrency::PerApplication,
            LimitName::None => Concurrency::Unlimited,
        };
        sim.set_limits(Limits { concurrency, ..Limits::default() });
        sim.populate(self.users)?;
        let Some(file) = &self.commands else { return Ok(()) };
        let text =
            std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let commands: Vec<Command> = serde_json::from_str(&text)
            .with_context(|| format!("{} is no list of commands", file.display()))?;
        for (index, command) in commands.into_iter().enumerate() {
            sim.run(command).with_context(|| format!("{}: command {}", file.display(), index + 1))?;
        }
        Ok(())
    }
}

#[tokio::main]
async fn main() {
    if let Err(error) = serve(Cli::parse()).await {
        eprintln!("graph-sim: {error:#}");
        std::process::exit(2);
    }
}

async fn serve(cli: Cli) -> Result<()> {
    let sim =
        GraphSim::start(cli.settings()).await.with_context(|| format!("cannot listen on {}", cli.listen))?;
    cli.prepare(&sim)?;
    println!("{}/", sim.url());
    println!("Stand-in of Microsoft Graph with {} users. For the service that is to use it:", sim.users());
    println!("  PBX_CALENDAR_LOGIN_URL={url} PBX_CALENDAR_GRAPH_URL={url}", url = sim.url());
    println!("  tenant {}, client {}", cli.tenant, cli.client_id);
    stopped().await
}

/// Ends with Ctrl+C and, where there is such a signal, SIGTERM.
async fn stopped() -> Result<()> {
    #[cfg(unix)]
    {
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            ended = tokio::signal::ctrl_c() => ended?,
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await?;
    Ok(())
}
