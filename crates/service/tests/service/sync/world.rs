//! A service between a PBX and a calendar server, all over real sockets.

use std::future::Future;
use std::sync::LazyLock;
use std::time::Duration;

use chrono::{DateTime, SubsecRound, TimeDelta, Timelike, Utc};
use graph_sim::{Appointment, GraphSim, User};
use pbx_calendar::source::{Overrides, Timing};
use pbx_calendar::{Limits, Options, Running, start};
use pbx_sim::Pbx;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::time::timeout;

use crate::support::{PATIENCE, Socket};

/// Domain of the PBX and of the mailboxes.
pub const DOMAIN: &str = "contoso.example";
/// Its secret in the settings.
pub const SECRET: &str = "graph-sim-secret";

/// The three of them.
pub struct World {
    pub graph: GraphSim,
    pub pbx: Pbx,
    pub service: Option<Running>,
    _data: TempDir,
    pub manager: Socket,
    pub password: String,
}

/// Mailboxes are asked without patience, failures forgotten soon.
pub fn timing() -> Timing {
    Timing {
        poll: Duration::from_millis(300),
        first_wait: Duration::from_millis(200),
        longest_wait: Duration::from_secs(1),
        replies: Duration::from_millis(500),
        ..Timing::default()
    }
}

/// Options of a service whose Graph is the stand-in.
pub fn options(data: &TempDir, graph: &GraphSim) -> Options {
    let url: url::Url = graph.url().parse().unwrap();
    Options {
        listen: "127.0.0.1:0".parse().unwrap(),
        data: data.path().to_owned(),
        database: None,
        new: false,
        files: data.path().join("pkg"),
        public_url: None,
        tls: None,
        trusted_proxies: Vec::new(),
        trusted_proxy_header: None,
        try_out: false,
        demo: None,
        overrides: Overrides { login: Some(url.clone()), graph: Some(url) },
        timing: timing(),
        limits: Limits::default(),
    }
}

/// The simulated calendar server with mailboxes for these users.
pub async fn graph(users: &[&str]) -> GraphSim {
    let graph = GraphSim::start(graph_sim::Settings::default()).await.unwrap();
    for user in users {
        graph.add_user(User { time_zone: "UTC".to_owned(), ..User::new(address(user)) }).unwrap();
    }
    graph
}

/// A PBX that connects to a service at this address, with these users.
pub fn pbx(url: &str, password: &str, users: &[&str]) -> Pbx {
    let app = format!("{url}pbxcalendar-calendar");
    let options = pbx_sim::Options { domain: DOMAIN.to_owned(), ..pbx_sim::Options::new(app, password) };
    let pbx = Pbx::start(options);
    for (number, user) in (1_u32..).zip(users) {
        pbx.add_user(pbx_sim::User::new(&guid(number), user));
    }
    pbx
}

/// GUID of the user who was added as this one.
pub fn guid(number: u32) -> String {
    format!("{number:032x}")
}

pub fn address(user: &str) -> String {
    format!("{user}@{DOMAIN}")
}

/// The settings under which everything works.
pub fn settings(graph: &GraphSim) -> Value {
    let application = &graph.settings().applications[0];
    json!({
        "pbxName": "MASTER", "syncType": 4, "showSubject": true, "presenceTimeZone": zone(),
        "clientId": application.client_id.to_string(), "tenantId": graph.settings().tenant.to_string(),
        "clientSecret": SECRET,
    })
}

/// A zone in which it is about noon, so that no appointment of a test ends on another day.
pub fn zone() -> String {
    match hours_behind() {
        0 => "Etc/GMT".to_owned(),
        // The names have their sign the other way round.
        behind => format!("Etc/GMT{behind:+}"),
    }
}

/// By how much clocks in [`zone`] are behind UTC, the same to the end of the test.
fn hours_behind() -> i64 {
    static HOURS: LazyLock<i64> = LazyLock::new(|| i64::from(Utc::now().hour()) - 11);
    *HOURS
}

/// How a note written in [`zone`] tells an instant of today.
pub fn clock(instant: DateTime<Utc>) -> String {
    (instant - TimeDelta::hours(hours_behind())).format("%H:%M").to_string()
}

/// Now, without fractions of a second, which calendars do not have.
pub fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(0)
}

/// An appointment that began an hour ago and lasts for so many minutes more.
pub fn running(subject: &str, minutes: i64) -> (Appointment, DateTime<Utc>) {
    let end = now() + TimeDelta::minutes(minutes);
    (Appointment::new(subject, now() - TimeDelta::hours(1), end), end)
}

/// The note of a busy appointment with an ASCII title.
pub fn busy(subject: &str, end: DateTime<Utc>) -> String {
    let (length, until) = (subject.len(), end.timestamp_millis());
    format!("{subject} until {} #busy #len:{length}:{length} #until:{until}", clock(end))
}

/// Host and port of the service.
pub fn host(world: &World) -> String {
    let url = &world.service.as_ref().unwrap().url;
    url.trim_start_matches("http://").trim_end_matches('/').to_owned()
}

/// Waits for something, not for ever.
#[track_caller]
pub fn soon<T>(what: &str, work: impl Future<Output = T>) -> impl Future<Output = T> {
    let what = what.to_owned();
    async move { timeout(PATIENCE, work).await.unwrap_or_else(|_| panic!("in vain: {what}")) }
}

impl World {
    /// Nothing is configured yet.
    pub async fn unconfigured(users: &[&str]) -> Self {
        let graph = graph(users).await;
        let data = TempDir::new().unwrap();
        let service = start(options(&data, &graph)).await.unwrap();
        let password = service.new_password.as_ref().unwrap().expose_secret().to_owned();
        let pbx = pbx(&service.url, &password, users);
        let mut manager = Socket::connect(&service.url.replacen("http", "ws", 1)).await;
        manager.login("-", &password).await;
        Self { graph, pbx, service: Some(service), _data: data, manager, password }
    }

    /// Everything works, and nobody has an appointment.
    pub async fn new(users: &[&str]) -> Self {
        let mut world = Self::unconfigured(users).await;
        let settings = settings(&world.graph);
        world.write(settings).await;
        for user in users {
            world.until(user, "Free").await;
        }
        world
    }

    /// Writes settings, which must be valid.
    pub async fn write(&mut self, items: Value) {
        let result = self.ask("WriteConfig", json!({"ConfigItems": items})).await;
        assert_eq!(result["result"], "ok", "{result}");
    }

    /// Asks a question of the Calendar API. Updates that come in between are left out.
    pub async fn ask(&mut self, mt: &str, more: Value) -> Value {
        let mut message = json!({"mt": mt, "api": "Calendar", "src": mt});
        message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.manager.send(message).await;
        let result = format!("{mt}Result");
        loop {
            let answer = self.manager.receive().await;
            if answer["mt"] == result.as_str() {
                return answer;
            }
        }
    }

    pub async fn status(&mut self) -> Value {
        self.ask("GetStatus", json!({})).await
    }

    /// Waits for a status.
    pub async fn until_status(&mut self, what: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        let begin = std::time::Instant::now();
        loop {
            let status = self.status().await;
            if is_so(&status) {
                return status;
            }
            assert!(begin.elapsed() < PATIENCE, "in vain: {what}; {status}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until the PBX shows a note.
    pub async fn until(&self, user: &str, note: &str) {
        let shown = || self.pbx.note(user);
        let waiting = timeout(PATIENCE, self.pbx.until_note(user, note)).await;
        assert!(waiting.is_ok(), "{user} shows {:?} instead of {note:?}", shown());
    }

    /// Adds an appointment to a mailbox.
    pub fn add(&self, user: &str, appointment: Appointment) -> String {
        self.graph.add(&address(user), appointment).unwrap()
    }

    pub fn change(&self, user: &str, id: &str, change: graph_sim::Change) {
        self.graph.change(&address(user), id, change).unwrap();
    }

    /// The page of all users.
    pub async fn users(&mut self) -> Vec<Value> {
        let list = self.ask("GetUsers", json!({})).await;
        list["users"].as_array().unwrap().clone()
    }

    /// Waits for something to be told of a user.
    pub async fn until_user(&mut self, place: usize, is_so: impl Fn(&Value) -> bool) -> Value {
        let begin = std::time::Instant::now();
        loop {
            let user = self.users().await.swap_remove(place);
            if is_so(&user) {
                return user;
            }
            assert!(begin.elapsed() < PATIENCE, "in vain: {user}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The stand-in of the PBX has found nothing wrong.
    pub fn no_violations(&self) {
        assert_eq!(self.pbx.violations(), []);
    }
}
