//! The stand-in from the command line.

mod console;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, ensure};
use clap::{Args, Parser, Subcommand};
use pbx_sim::manager::{Manager, ManagerOptions};
use pbx_sim::{Options, Pbx, User};

/// A strict stand-in of an innovaphone PBX.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Connects to an App Service as the PBX does; shows what the service sets, takes commands on standard input
    Pbx(PbxArgs),
    /// Serves what the PBX Manager page asks for: App objects, templates, passwords of instances
    Manager(ManagerArgs),
}

#[derive(Args)]
struct PbxArgs {
    /// URL of the App object, http or https, with the file name of the app at its end
    url: String,
    /// Password of the App object
    #[arg(long, env = "PBX_SIM_PASSWORD", hide_env_values = true)]
    password: String,
    /// Name of the PBX
    #[arg(long, default_value = "master")]
    name: String,
    /// Domain of the PBX
    #[arg(long, default_value = "example.com")]
    domain: String,
    /// How many users it has: user1, user2 and so on
    #[arg(long, default_value_t = 12, conflicts_with = "users_file")]
    users: u32,
    /// JSON array of its users: {"guid","h323","cn","dn","e164","h323-email","emails","loc"}
    #[arg(long, value_name = "FILE")]
    users_file: Option<PathBuf>,
    /// Answers success with error 0 too, as the published schema has it
    #[arg(long)]
    error_zero: bool,
}

#[derive(Args)]
struct ManagerArgs {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Password of the App object "pbxmanager", which the page logs in with
    #[arg(long, env = "PBX_SIM_PASSWORD", hide_env_values = true)]
    password: String,
    /// Domain of the PBX
    #[arg(long, default_value = "example.com")]
    domain: String,
    /// A config template; may be repeated
    #[arg(long = "template", value_name = "NAME")]
    templates: Vec<String>,
    /// Path of an instance of the App Platform and its password; may be repeated
    #[arg(long = "instance", value_name = "PATH=PASSWORD", value_parser = path_and_password)]
    instances: Vec<(String, String)>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let ended = match Cli::parse().command {
        Command::Pbx(args) => run_pbx(args).await,
        Command::Manager(args) => run_manager(args).await,
    };
    if let Err(error) = ended {
        eprintln!("pbx-sim: {error:#}");
        return ExitCode::from(2);
    }
    ExitCode::SUCCESS
}

async fn run_pbx(args: PbxArgs) -> anyhow::Result<()> {
    let options = Options {
        name: args.name,
        domain: args.domain,
        error_zero: args.error_zero,
        ..Options::new(args.url, args.password)
    };
    let users = match args.users_file {
        Some(file) => read_users(&file)?,
        None => (1..=args.users).map(User::numbered).collect(),
    };
    let pbx = Pbx::start(options);
    for user in users {
        let h323 = user.h323.clone();
        ensure!(pbx.add_user(user), "two users have the name or the GUID of {h323:?}");
    }
    console::run(&pbx).await
}

fn read_users(file: &PathBuf) -> anyhow::Result<Vec<User>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no array of users", file.display()))
}

async fn run_manager(args: ManagerArgs) -> anyhow::Result<()> {
    let options = ManagerOptions {
        listen: args.listen,
        domain: args.domain,
        password: args.password,
        ..ManagerOptions::default()
    };
    let manager =
        Manager::start(options).await.with_context(|| format!("cannot listen on {}", args.listen))?;
    for template in &args.templates {
        manager.add_template(template, "");
    }
    for (path, password) in &args.instances {
        manager.add_instance(path, password);
    }
    console::line(&manager.url())?;
    let mut seen = 0;
    loop {
        let violations =
            manager.until(|manager| Some(manager.violations()).filter(|all| all.len() > seen)).await;
        for violation in violations.iter().skip(seen) {
            console::line(&format!("refused: {violation}"))?;
        }
        seen = violations.len();
    }
}

fn path_and_password(text: &str) -> Result<(String, String), String> {
    let (path, password) = text.split_once('=').ok_or("there is no = in it")?;
    Ok((path.into(), password.into()))
}
