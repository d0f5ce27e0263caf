//! The three processes.

use super::graph::Graph;
use super::manager;
use super::shown::Shown;
use crate::project::Project;
use crate::{process, serve};
use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Domain of the PBX and of the mailboxes.
const DOMAIN: &str = "contoso.example";
const PASSWORD: &str = "bench of the service";

/// The built programs.
pub struct Programs {
    service: PathBuf,
    graph: PathBuf,
    pbx: PathBuf,
}

impl Programs {
    /// Those of one profile.
    pub fn of(project: &Project, folder: &str) -> Self {
        let program = |name| project.program(folder, name);
        Self { service: program("pbx-calendar"), graph: program("graph-sim"), pbx: program("pbx-sim") }
    }
}

/// A process that is killed when dropped.
pub struct Process(Child);

impl Process {
    /// Its id.
    pub fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _gone_already = self.0.kill();
        let _reaped = self.0.wait();
    }
}

/// A service between a calendar server and a PBX with this many users.
pub struct World {
    pub users: u32,
    pub service: Option<Process>,
    pub graph: Graph,
    pub graph_process: Process,
    pub pbx_process: Process,
    pub shown: Shown,
    /// Address of the service, with a slash at the end.
    pub url: String,
    console: ChildStdin,
    program: PathBuf,
    folder: PathBuf,
}

impl World {
    /// Starts all three. Nothing is configured yet.
    pub fn start(programs: &Programs, folder: &Path, users: u32) -> Result<Self> {
        let mut command = Command::new(&programs.graph);
        command.args(["--listen", "127.0.0.1:0", "--domain", DOMAIN, "--users", &users.to_string()]);
        let (graph_process, url) = announced(&mut command)?;
        let graph = Graph::new(url.trim_end_matches('/'));

        serve::set_password(&programs.service, folder, PASSWORD)?;
        let (service, url) = start_service(&programs.service, folder, &graph, "127.0.0.1:0")?;

        let file = folder.join("users.json");
        fs::write(&file, (1..=users).map(user).collect::<Value>().to_string())?;
        let mut command = Command::new(&programs.pbx);
        command.arg("pbx").arg(format!("{url}pbxcalendar-calendar")).args(["--domain", DOMAIN]);
        command.arg("--users-file").arg(file).env("PBX_SIM_PASSWORD", PASSWORD);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut pbx = command.spawn().with_context(|| process::shown(&command))?;
        let console = pbx.stdin.take().context("no standard input")?;
        let shown = Shown::read(pbx.stdout.take().context("no standard output")?);
        Ok(Self {
            users,
            service: Some(service),
            graph,
            graph_process,
            pbx_process: Process(pbx),
            shown,
            url,
            console,
            program: programs.service.clone(),
            folder: folder.to_owned(),
        })
    }

    /// An administrator saves the settings.
    pub fn configure(&self) -> Result<()> {
        let Value::Object(info) = self.graph.info()? else { bail!("graph-sim does not introduce itself") };
        let settings = json!({
            "pbxName": "master", "syncType": 4, "showSubject": true, "tenantId": info.get("tenant"),
            "clientId": info.get("clientIds").and_then(|ids| ids.get(0)), "clientSecret": "graph-sim-secret",
        });
        manager::write(&self.url, PASSWORD, &settings)
    }

    /// `kill -9`.
    pub fn kill_service(&mut self) {
        self.service = None;
    }

    /// The service is there again, at the same address.
    pub fn start_service_again(&mut self) -> Result<()> {
        let listen = self.url.trim_start_matches("http://").trim_end_matches('/');
        let (service, _) = start_service(&self.program, &self.folder, &self.graph, listen)?;
        self.service = Some(service);
        Ok(())
    }

    /// The PBX forgets all presences and connects again.
    pub fn restart_pbx(&mut self) -> Result<()> {
        writeln!(self.console, "restart").context("the PBX is gone")
    }

    /// Process id of the service.
    pub fn service_id(&self) -> Result<u32> {
        self.service.as_ref().map(Process::id).context("the service does not run")
    }
}

/// The name of a user at the PBX and, at the domain, of the mailbox.
pub fn name(number: u32) -> String {
    format!("user{number:05}")
}

/// Names a mailbox.
pub fn address(number: u32) -> String {
    format!("{}@{DOMAIN}", name(number))
}

fn user(number: u32) -> Value {
    json!({"guid": format!("{number:032x}"), "h323": name(number), "dn": format!("User {number}")})
}

/// The service as it is delivered, but for the addresses of Microsoft.
fn start_service(program: &Path, folder: &Path, graph: &Graph, listen: &str) -> Result<(Process, String)> {
    let log = File::options().create(true).append(true).open(folder.join("service.log"))?;
    let mut command = Command::new(program);
    let variables = std::env::vars_os().map(|(name, _)| name);
    for name in variables.filter(|name| name.to_string_lossy().starts_with("PBX_CALENDAR_")) {
        command.env_remove(name);
    }
    command.args(["serve", "--listen", listen, "--data"]).arg(folder).stderr(log);
    command.env("PBX_CALENDAR_LOGIN_URL", &graph.url).env("PBX_CALENDAR_GRAPH_URL", &graph.url);
    announced(&mut command)
}

/// Starts a program whose first line is its address.
fn announced(command: &mut Command) -> Result<(Process, String)> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| process::shown(command))?;
    let stdout = child.stdout.take();
    let process = Process(child);
    let mut lines = BufReader::new(stdout.context("no standard output")?);
    let mut line = String::new();
    lines.read_line(&mut line)?;
    if !line.starts_with("http") {
        bail!("{} gives no address", process::shown(command));
    }
    read_to_end(lines);
    Ok((process, line.trim_end().to_owned()))
}

/// A pipe that nobody reads would stop the program some day.
fn read_to_end(lines: BufReader<ChildStdout>) {
    std::thread::spawn(move || lines.lines().map_while(Result::ok).for_each(drop));
}
