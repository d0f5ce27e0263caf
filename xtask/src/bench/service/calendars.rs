//! Where calendars are read: the stand-in of Graph or of Exchange, commands for it, and what it counts.

use super::world::{DOMAIN, Process, Programs, address, announced, read_to_end};
use anyhow::{Context as _, Result, bail};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

/// So many commands go into one request.
const AT_ONCE: usize = 500;
/// The account that reads all calendars of Exchange.
const ACCOUNT: &str = "svc-calendar";
/// What the stand-ins take, as nothing is behind them.
const GRAPH_SECRET: &str = "graph-sim-secret";
const EXCHANGE_SECRET: &str = "exchange-sim-secret";

/// Which calendars are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Source {
    /// Microsoft Graph
    Graph,
    /// Exchange Web Services of a local Exchange, beside Graph
    Ews,
}

impl Source {
    /// As the table calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Graph => "Graph",
            Self::Ews => "EWS",
        }
    }
}

/// A stand-in that runs.
pub struct Calendars {
    source: Source,
    process: Process,
    /// Where it takes commands and tells what it has counted.
    control: String,
    /// What an administrator enters.
    settings: Value,
    /// What the service is told of it when it starts.
    pub environment: Vec<(&'static str, String)>,
}

/// An appointment to be added.
pub struct Appointment {
    pub user: u32,
    pub title: String,
    pub start: DateTime<Utc>,
}

/// What came of logins and streams.
pub struct Connections {
    /// Handshakes of NTLM that ended well.
    pub handshakes: u64,
    /// Handshakes on connections that were authenticated already.
    pub repeated: u64,
    /// Streams that are open.
    pub streams: u64,
}

impl Calendars {
    /// Starts a stand-in with this many mailboxes.
    pub fn start(source: Source, programs: &Programs, folder: &Path, users: u32) -> Result<Self> {
        match source {
            Source::Graph => graph(&programs.graph, users),
            Source::Ews => exchange(&programs.exchange, folder, users),
        }
    }

    /// Process id of the stand-in.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// The settings under which it is read.
    pub fn settings(&self) -> &Value {
        &self.settings
    }

    /// Requests so far, for tokens and all else.
    pub fn requests(&self) -> Result<u64> {
        let info = told(&self.control)?;
        let requests = info.pointer("/counts/requests").and_then(Value::as_object).context("no counts")?;
        Ok(requests.values().filter_map(Value::as_u64).sum())
    }

    /// Logins and streams so far, where there are any to be counted.
    pub fn connections(&self) -> Result<Option<Connections>> {
        if self.source == Source::Graph {
            return Ok(None);
        }
        let info = told(&self.control)?;
        if info.get("violations") != Some(&json!([])) {
            bail!("the service has done what no client may: {info}");
        }
        let count = |name: &str| {
            let count = info.pointer("/counts").and_then(|counts| counts.get(name)).and_then(Value::as_u64);
            count.with_context(|| format!("no count of {name}"))
        };
        Ok(Some(Connections {
            handshakes: count("handshakes")?,
            repeated: count("repeatedHandshakes")?,
            streams: count("streams")?,
        }))
    }

    /// Puts appointments into calendars.
    pub fn add(&self, appointments: &[Appointment]) -> Result<()> {
        for appointments in appointments.chunks(AT_ONCE) {
            let commands: Value = appointments.iter().map(|one| one.command(self.source)).collect();
            let request = ureq::post(&self.control).content_type("application/json");
            request.send(commands.to_string()).context("the stand-in refuses the appointments")?;
        }
        Ok(())
    }
}

impl Appointment {
    /// Out of office, so that it leads over whatever else the calendar holds.
    fn command(&self, source: Source) -> Value {
        let end = self.start + TimeDelta::hours(3);
        let owner = match source {
            Source::Graph => "user",
            Source::Ews => "mailbox",
        };
        json!({
            "do": "add", owner: address(self.user), "subject": self.title, "showAs": "oof",
            "start": self.start.to_rfc3339(), "end": end.to_rfc3339(),
        })
    }
}

fn graph(program: &Path, users: u32) -> Result<Calendars> {
    let mut command = Command::new(program);
    command.args(["--listen", "127.0.0.1:0", "--domain", DOMAIN, "--users", &users.to_string()]);
    let (process, url, lines) = announced(&mut command)?;
    read_to_end(lines);
    let url = url.trim_end_matches('/').to_owned();
    let control = format!("{url}/graph-sim");
    let info = told(&control)?;
    let settings = json!({
        "syncType": 4, "tenantId": info.get("tenant"),
        "clientId": info.get("clientIds").and_then(|ids| ids.get(0)), "clientSecret": GRAPH_SECRET,
    });
    let environment = vec![("PBX_CALENDAR_LOGIN_URL", url.clone()), ("PBX_CALENDAR_GRAPH_URL", url)];
    Ok(Calendars { source: Source::Graph, process, control, settings, environment })
}

/// A local Exchange that is found by Autodiscover, behind the proxy where its hosts are.
fn exchange(program: &Path, folder: &Path, users: u32) -> Result<Calendars> {
    let (ca, prepared) = (folder.join("exchange-ca.pem"), folder.join("exchange.json"));
    let mailbox = format!("{ACCOUNT}@{DOMAIN}");
    let commands = json!([
        {"do": "addMailbox", "address": mailbox},
        {
            "do": "addAccount", "user": ACCOUNT, "principal": mailbox, "password": EXCHANGE_SECRET,
            "mailbox": mailbox,
        },
    ]);
    fs::write(&prepared, commands.to_string())?;
    let mut command = Command::new(program);
    for port in ["--listen", "--listen-tls", "--listen-online", "--listen-proxy"] {
        command.args([port, "127.0.0.1:0"]);
    }
    command.args(["--domain", DOMAIN, "--mailboxes", &users.to_string()]);
    command.arg("--ca").arg(&ca).arg("--commands").arg(&prepared);
    let (process, _, mut lines) = announced(&mut command)?;
    let (mut control, mut proxy) = (None, None);
    while control.is_none() || proxy.is_none() {
        let line = lines.next().context("exchange-sim does not tell where it is")??;
        match line.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["control", url] => control = Some((*url).to_owned()),
            ["proxy", url] => proxy = Some((*url).to_owned()),
            _ => {}
        }
    }
    read_to_end(lines);
    let settings = json!({
        "syncType": 1, "user": mailbox, "password": EXCHANGE_SECRET, "httpProxy": proxy,
        "caCertificate": fs::read_to_string(&ca)?,
    });
    let control = control.unwrap_or_default();
    Ok(Calendars { source: Source::Ews, process, control, settings, environment: Vec::new() })
}

/// What a stand-in says of itself.
fn told(control: &str) -> Result<Value> {
    let text = ureq::get(control).call()?.body_mut().read_to_string()?;
    serde_json::from_str(&text).context("what the stand-in tells")
}
