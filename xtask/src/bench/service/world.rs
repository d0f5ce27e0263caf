//! The three processes.

use super::calendars::{Calendars, Source};
use super::manager;
use super::shown::Shown;
use crate::project::Project;
use crate::{process, serve};
use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Domain of the PBX and of the mailboxes.
pub const DOMAIN: &str = "contoso.example";
const PASSWORD: &str = "bench of the service";

/// The built programs.
pub struct Programs {
    service: PathBuf,
    pub graph: PathBuf,
    pub exchange: PathBuf,
    pbx: PathBuf,
}

impl Programs {
    /// Those of one profile.
    pub fn of(project: &Project, folder: &str) -> Self {
        let program = |name| project.program(folder, name);
        Self {
            service: program("pbx-calendar"),
            graph: program("graph-sim"),
            exchange: program("exchange-sim"),
            pbx: program("pbx-sim"),
        }
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
    pub calendars: Calendars,
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
    pub fn start(programs: &Programs, folder: &Path, source: Source, users: u32) -> Result<Self> {
        let calendars = Calendars::start(source, programs, folder, users)?;
        serve::set_password(&programs.service, folder, PASSWORD)?;
        let (service, url) = start_service(&programs.service, folder, &calendars, "127.0.0.1:0")?;

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
            calendars,
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
        let mut settings = self.calendars.settings().clone();
        if let Value::Object(items) = &mut settings {
            items.insert("pbxName".to_owned(), json!("master"));
            items.insert("showSubject".to_owned(), json!(true));
        }
        manager::write(&self.url, PASSWORD, &settings)
    }

    /// `kill -9`.
    pub fn kill_service(&mut self) {
        self.service = None;
    }

    /// The service is there again, at the same address.
    pub fn start_service_again(&mut self) -> Result<()> {
        let listen = self.url.trim_start_matches("http://").trim_end_matches('/');
        let (service, _) = start_service(&self.program, &self.folder, &self.calendars, listen)?;
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
fn start_service(
    program: &Path,
    folder: &Path,
    calendars: &Calendars,
    listen: &str,
) -> Result<(Process, String)> {
    let log = File::options().create(true).append(true).open(folder.join("service.log"))?;
    let mut command = Command::new(program);
    let variables = std::env::vars_os().map(|(name, _)| name);
    for name in variables.filter(|name| name.to_string_lossy().starts_with("PBX_CALENDAR_")) {
        command.env_remove(name);
    }
    command.args(["serve", "--listen", listen, "--data"]).arg(folder).stderr(log);
    command.envs(calendars.environment.iter().map(|(name, value)| (name, value)));
    let (process, url, lines) = announced(&mut command)?;
    read_to_end(lines);
    Ok((process, url))
}

/// What a program prints, line by line.
pub type Printed = Lines<BufReader<ChildStdout>>;

/// Starts a program whose first line is its address, and gives what it prints besides.
pub fn announced(command: &mut Command) -> Result<(Process, String, Printed)> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| process::shown(command))?;
    let stdout = child.stdout.take();
    let process = Process(child);
    let mut lines = BufReader::new(stdout.context("no standard output")?).lines();
    let line = lines.next().transpose()?.unwrap_or_default();
    if !line.starts_with("http") {
        bail!("{} gives no address", process::shown(command));
    }
    Ok((process, line.trim_end().to_owned(), lines))
}

/// A pipe that nobody reads would stop the program some day.
pub fn read_to_end(lines: Printed) {
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
}
