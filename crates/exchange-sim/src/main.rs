//! The stand-in from the command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Parser;
use exchange_sim::{Account, Command, ExchangeSim, Options, Version};

/// Stand-in of Exchange Web Services, Autodiscover and the logins before them, for tests and demonstrations.
///
/// It prints the URL of EWS as the first line when it is ready. `GET /exchange-sim` at the address of plain http tells
/// what it has been asked, `POST /exchange-sim` takes commands as JSON (docs/stand-ins.md).
#[derive(Parser)]
#[command(version)]
struct Cli {
    /// Address of plain http, with the control; port 0 takes a free one. Only this machine should reach it.
    #[arg(long, default_value = "127.0.0.1:8091", env = "EXCHANGE_SIM_LISTEN")]
    listen: SocketAddr,
    /// Address of TLS, where localhost is a local Exchange.
    #[arg(long, default_value = "127.0.0.1:8443", env = "EXCHANGE_SIM_LISTEN_TLS")]
    listen_tls: SocketAddr,
    /// Address of TLS, where localhost is Exchange Online.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen_online: SocketAddr,
    /// Address of the proxy, behind which autodiscover.DOMAIN, mail.DOMAIN and others are.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen_proxy: SocketAddr,
    /// Domain of the made-up company.
    #[arg(long, default_value = "contoso.example")]
    domain: String,
    /// Account that may log in and impersonate everybody.
    #[arg(long, default_value = "svc-calendar")]
    user: String,
    /// Its password. This is a stand-in: nothing is behind it.
    #[arg(long, default_value = "exchange-sim-secret", env = "EXCHANGE_SIM_PASSWORD")]
    password: String,
    /// Which Exchange the local one is.
    #[arg(long, value_enum, default_value = "exchange2019")]
    version_of_exchange: Version,
    /// Mailboxes with made-up calendars.
    #[arg(long, default_value_t = 0)]
    mailboxes: usize,
    /// They are in Exchange Online.
    #[arg(long)]
    online: bool,
    /// How much faster than real time minutes of streams and subscriptions go by.
    #[arg(long, default_value_t = 1.0)]
    speed: f64,
    /// Seed of made-up calendars and of the luck of faults.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// File to write the certificate authority to, in PEM, for clients to trust.
    #[arg(long)]
    ca: Option<PathBuf>,
    /// File with commands (a JSON array) to be done before the first request.
    #[arg(long)]
    commands: Option<PathBuf>,
}

impl Cli {
    fn options(&self) -> Options {
        let usual = Options::default();
        let netbios = self.domain.split('.').next().unwrap_or_default().to_uppercase();
        Options {
            http: self.listen,
            https: self.listen_tls,
            online: self.listen_online,
            proxy: self.listen_proxy,
            netbios,
            version: self.version_of_exchange,
            speed: self.speed,
            seed: self.seed,
            control: true,
            ..usual.for_domain(&self.domain)
        }
    }

    fn prepare(&self, sim: &ExchangeSim) -> Result<()> {
        sim.add_account(Account::new(&self.user, &self.domain, &self.password));
        sim.populate(self.mailboxes, self.online);
        if let Some(file) = &self.ca {
            std::fs::write(file, sim.ca_pem()).with_context(|| format!("cannot write {}", file.display()))?;
        }
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
        eprintln!("exchange-sim: {error:#}");
        std::process::exit(2);
    }
}

async fn serve(cli: Cli) -> Result<()> {
    anyhow::ensure!(cli.speed.is_finite() && cli.speed > 0.0, "--speed has to be more than 0");
    let sim = ExchangeSim::start(cli.options()).await?;
    cli.prepare(&sim)?;
    println!("{}", sim.ews_url());
    println!("Stand-in of Exchange Web Services with {} mailboxes.", sim.mailboxes());
    println!("  account {} of {}", cli.user, cli.domain);
    println!("  control      {}/exchange-sim", sim.http_url());
    println!("  Online       {}", sim.online_ews_url());
    println!("  proxy        {}", sim.proxy_url());
    if let Some(url) = sim.login_url() {
        println!("  tokens       PBX_CALENDAR_LOGIN_URL={url}");
    }
    match &cli.ca {
        Some(file) => println!("  trust        {}", file.display()),
        None => println!("  trust        what --ca FILE writes"),
    }
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
