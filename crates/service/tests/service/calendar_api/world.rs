//! A service as a process of its own, over a simulated Graph, and callers of its API.

use std::sync::LazyLock;

use chrono::{DateTime, SecondsFormat, SubsecRound, TimeDelta, Utc};
use graph_sim::{Appointment, GraphSim, User};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::task::spawn_blocking;

use super::callers::ask;
use crate::support::http::{Response, request};
use crate::support::server::{PASSWORD, set_password};
use crate::support::{Server, Socket};

pub const ANNA: &str = "anna@contoso.example";
pub const BEN: &str = "ben@contoso.example";
/// A title that must be nowhere but in the calendar.
pub const TITLE: &str = "Visit of Mr. Unmentionable";

pub struct World {
    pub graph: GraphSim,
    pub server: Server,
    pub manager: Socket,
    data: TempDir,
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Value,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(have, _)| have == name).map(|(_, value)| value.as_str())
    }

    /// Status and word of an error.
    pub fn error(&self) -> (u16, &str) {
        assert!(self.body["message"].as_str().is_some_and(|text| text.ends_with('.')), "{self:?}");
        (self.status, self.body["error"].as_str().unwrap())
    }
}

/// A request of a caller.
#[derive(Clone)]
pub struct Caller {
    host: String,
    token: String,
}

impl Caller {
    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let Self { host, token } = self.clone();
        let (method, path, body) = (method.to_owned(), format!("/api/v1/{path}"), body.to_owned());
        let mut own: Vec<(String, String)> =
            headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        own.push(("Host".to_owned(), host.clone()));
        own.push(("Authorization".to_owned(), format!("Bearer {token}")));
        let sent = spawn_blocking(move || {
            let headers: Vec<(&str, &str)> = own.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            request(&host, &method, &path, &headers, &body)
        });
        let Response { status, headers, body } = sent.await.unwrap();
        let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
        Answer { status, headers, body }
    }

    /// The same to a service that is killed meanwhile, so that nothing may come back.
    pub async fn try_create(&self, key: &str, body: &Value) {
        let (caller, key, body) = (self.clone(), key.to_owned(), body.clone());
        let sent = tokio::spawn(async move { caller.create(&key, &body).await.status });
        let _ = sent.await;
    }

    pub async fn create(&self, key: &str, body: &Value) -> Answer {
        self.send("POST", "appointments", &[("Idempotency-Key", key)], &body.to_string()).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "").await
    }

    pub async fn update(&self, created: &Answer, body: &Value) -> Answer {
        self.change("PATCH", created, &body.to_string()).await
    }

    pub async fn delete(&self, created: &Answer) -> Answer {
        self.change("DELETE", created, "").await
    }

    async fn change(&self, method: &str, created: &Answer, body: &str) -> Answer {
        let path = format!("appointments/{}", created.body["id"].as_str().unwrap());
        let version = created.body["version"].as_str().unwrap();
        self.send(method, &path, &[("If-Match", version)], body).await
    }
}

/// An instant of tomorrow, so many minutes after now, the same to the end of the test.
pub fn at(minutes: i64) -> DateTime<Utc> {
    static NOW: LazyLock<DateTime<Utc>> = LazyLock::new(|| Utc::now().trunc_subsecs(0));
    *NOW + TimeDelta::days(1) + TimeDelta::minutes(minutes)
}

pub fn text(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// An appointment of Anna's that begins tomorrow, so many minutes after now, and lasts for half an hour.
pub fn visit(minutes: i64) -> Value {
    let start = at(minutes);
    json!({"mailbox": ANNA, "start": text(start), "end": text(start + TimeDelta::minutes(30)), "subject": TITLE})
}

/// The same with other fields.
pub fn with(mut body: Value, more: &Value) -> Value {
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

impl World {
    /// Everything is switched on and allowed.
    pub async fn new() -> Self {
        let graph = GraphSim::start(graph_sim::Settings::default()).await.unwrap();
        for user in [ANNA, BEN] {
            graph.add_user(User { time_zone: "Europe/Berlin".to_owned(), ..User::new(user) }).unwrap();
        }
        let client_id = graph.settings().applications[0].client_id;
        graph.change_application(client_id, |app| app.roles.push("Calendars.ReadWrite".to_owned())).unwrap();
        let data = TempDir::new().unwrap();
        set_password(data.path(), &[], PASSWORD);
        let server = Self::start(&data, &graph);
        let mut manager = server.manager().await;
        let settings = json!({"pbxName": "MASTER", "syncType": 4, "clientId": client_id.to_string(),
            "tenantId": graph.settings().tenant.to_string(), "clientSecret": "graph-sim-secret",
            "calendarApi": true, "calendarApiWrite": true});
        assert_eq!(manager.write(settings).await["result"], "ok");
        Self { graph, server, manager, data }
    }

    fn start(data: &TempDir, graph: &GraphSim) -> Server {
        let url = graph.url();
        let environment = [("PBX_CALENDAR_GRAPH_URL", url.as_str()), ("PBX_CALENDAR_LOGIN_URL", &url)];
        Server::start_with(data.path(), PASSWORD, &[], &environment)
    }

    /// `kill -9`, and a new process on the same data.
    pub async fn kill(&mut self) {
        self.server.kill();
        self.server = Self::start(&self.data, &self.graph);
        self.manager = self.server.manager().await;
    }

    /// A caller that may do all in both mailboxes.
    pub async fn caller(&mut self, name: &str) -> Caller {
        self.caller_with(name, json!({})).await
    }

    pub async fn caller_with(&mut self, name: &str, more: Value) -> Caller {
        let caller = json!({"name": name, "kind": "token", "rights": ["busy", "read", "write"],
            "mailboxes": [ANNA, BEN], "perMinute": 10_000, "perDay": 10_000});
        let saved = ask(&mut self.manager, "SaveCaller", with(caller, &more)).await;
        Caller { host: self.server.host().to_owned(), token: saved["token"].as_str().unwrap().to_owned() }
    }

    /// The same caller after a restart.
    pub fn again(&self, caller: &Caller) -> Caller {
        Caller { host: self.server.host().to_owned(), ..caller.clone() }
    }

    /// What stands in Anna's calendar.
    pub fn of_anna(&self) -> Vec<Appointment> {
        self.graph.appointments(ANNA).unwrap().into_iter().map(|(_, one)| one).collect()
    }

    pub async fn audit(&mut self) -> Vec<Value> {
        let mut page = ask(&mut self.manager, "GetAudit", json!({})).await;
        page["entries"].as_array_mut().unwrap().drain(..).collect()
    }
}
