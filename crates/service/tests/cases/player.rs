//! Plays a case: the service between a Graph that answers as the file says and a PBX, all over real sockets.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use pbx_calendar::source::Overrides;
use pbx_calendar::{Limits, Options, Running, start};
use pbx_sim::Pbx;
use regex_lite::Regex;
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::case::{Expected, PbxUser, Step, Sync};
use crate::events::with_days;
use crate::graph::Graph;
use crate::support::Socket;
use crate::{pace, proxy};

/// Domain of the PBX.
const DOMAIN: &str = "example.com";
const SECRET: &str = "secret-of-the-case";

/// What a case is played in.
pub struct World {
    graph: Graph,
    pbx: Pbx,
    manager: Socket,
    now: DateTime<Utc>,
    service: Running,
    _data: TempDir,
}

pub async fn play(case: &Sync) {
    let mut world = World::new(case).await;
    for (number, step) in case.steps.iter().enumerate() {
        world.step(step, number + 1).await;
    }
    assert_eq!(world.pbx.violations(), []);
}

impl World {
    pub async fn new(case: &Sync) -> Self {
        let now = Utc::now();
        let graph = Graph::start(case, now);
        let data = TempDir::new().unwrap();
        let service = start(options(&data, &graph.url)).await.unwrap();
        let password = service.new_password.as_ref().unwrap().expose_secret().to_owned();
        let pbx = pbx(&service.url, &password, &case.pbx);
        let mut manager = Socket::connect(&service.url.replacen("http", "ws", 1)).await;
        manager.login("-", &password).await;
        let mut world = Self { graph, pbx, manager, now, service, _data: data };
        world.configure(case).await;
        world
    }

    /// Host and port of the service.
    pub fn host(&self) -> String {
        self.service.url.trim_start_matches("http://").trim_end_matches('/').to_owned()
    }

    async fn configure(&mut self, case: &Sync) {
        let Value::Object(mut items) = json!({
            "pbxName": "MASTER", "syncType": 4, "showSubject": true, "presenceTimeZone": "Europe/Berlin",
            "clientId": "ca1e4da4-0000-4000-8000-000000000002", "tenantId": "7e4a41d0-0000-4000-8000-000000000001",
            "clientSecret": SECRET,
        }) else {
            unreachable!()
        };
        if case.proxy407 {
            items.insert("httpProxy".to_owned(), json!(proxy::start().await));
        }
        items.extend(case.settings.clone());
        let answer = self.ask("WriteConfig", json!({"ConfigItems": items})).await;
        assert_eq!(answer["result"], "ok", "{answer}");
    }

    pub async fn step(&mut self, step: &Step, number: usize) {
        match step {
            Step::Expect { expect, within, .. } => self.expect(expect, pace::limit(*within), number).await,
            Step::Keep { keep, r#for } => self.keep(keep, pace::spell(*r#for), number).await,
            Step::Fault { fault } => self.graph.fault(fault),
            Step::Clear { .. } => self.graph.clear(),
            Step::Put { put, event } => self.graph.put(put, event),
            Step::Resync { .. } => {
                let answer = self.ask("Resync", json!({})).await;
                assert_eq!(answer["ok"], true, "step {number}: {answer}");
            }
            Step::Write { write, answer } => {
                let said = self.ask("WriteConfig", json!({"ConfigItems": with_secret(write)})).await;
                for (name, value) in answer {
                    assert_eq!(said.get(name), Some(value), "step {number}: {said}");
                }
            }
            Step::Ask { ask, with, answer } => {
                let said = self.ask(ask, json!(with)).await.to_string();
                assert!(pattern(answer).is_match(&said), "step {number}: {answer:?} is not in {said}");
            }
            Step::Sleep { sleep } => tokio::time::sleep(pace::spell(*sleep)).await,
        }
    }

    async fn expect(&mut self, expected: &Expected, within: Duration, number: usize) {
        let begin = Instant::now();
        while let Err(is) = self.check(expected).await {
            assert!(begin.elapsed() < within, "step {number}: {expected:?} in vain; {is}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        println!("step {number}: {expected:?} after {:.1} s", begin.elapsed().as_secs_f64());
    }

    async fn keep(&mut self, expected: &Expected, time: Duration, number: usize) {
        let begin = Instant::now();
        while begin.elapsed() < time {
            if let Err(is) = self.check(expected).await {
                panic!("step {number}: {expected:?} was kept for {:?} alone; {is}", begin.elapsed());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Whether all is as expected, or how it is.
    async fn check(&mut self, expected: &Expected) -> Result<(), String> {
        let presence = self.pbx.calendar_presence(&expected.user);
        let shown = |text: fn(&pbx_sim::Presence) -> &String| presence.as_ref().map(text).cloned();
        if let Some(activity) = &expected.activity
            && shown(|presence| &presence.activity).as_ref() != Some(activity)
        {
            return Err(format!("{presence:?}; {}", self.told(&expected.user).await));
        }
        if let Some(note) = &expected.note {
            let note = pattern(&with_days(note, self.now));
            if !shown(|presence| &presence.note).is_some_and(|shown| note.is_match(&shown)) {
                return Err(format!("{presence:?}; {}", self.told(&expected.user).await));
            }
        }
        if let Some(state) = &expected.state {
            let told = self.told(&expected.user).await;
            if told["state"] != state.as_str() {
                return Err(told.to_string());
            }
        }
        if let Some(error) = &expected.status {
            let status = self.ask("GetStatus", json!({})).await;
            if status["error"] != error.as_str() {
                return Err(status.to_string());
            }
        }
        Ok(())
    }

    /// What the list of users tells of one.
    async fn told(&mut self, user: &str) -> Value {
        let answer = self.ask("GetUsers", json!({"limit": 100})).await;
        let address = json!(format!("{user}@{DOMAIN}"));
        let is_user = |told: &&Value| told["addresses"].as_array().is_some_and(|all| all.contains(&address));
        answer["users"].as_array().unwrap().iter().find(is_user).cloned().unwrap_or_default()
    }

    /// Asks a question of the Calendar API. Updates that come in between are left out.
    async fn ask(&mut self, mt: &str, more: Value) -> Value {
        let mut message = json!({"mt": mt, "api": "Calendar", "src": mt});
        message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.manager.send(message).await;
        loop {
            let answer = self.manager.receive().await;
            if answer["mt"] == format!("{mt}Result") {
                return answer;
            }
        }
    }
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap()
}

fn with_secret(items: &Map<String, Value>) -> Value {
    let given = |value: &Value| if value == "{secret}" { json!(SECRET) } else { value.clone() };
    items.iter().map(|(name, value)| (name.clone(), given(value))).collect::<Map<_, _>>().into()
}

fn options(data: &TempDir, graph: &str) -> Options {
    let url: url::Url = graph.parse().unwrap();
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
        timing: pace::timing(),
        limits: Limits::default(),
    }
}

fn pbx(url: &str, password: &str, users: &[PbxUser]) -> Pbx {
    let app = format!("{url}pbxcalendar-calendar");
    let pbx =
        Pbx::start(pbx_sim::Options { domain: DOMAIN.to_owned(), ..pbx_sim::Options::new(app, password) });
    for (number, user) in (1_u32..).zip(users) {
        let plain = pbx_sim::User::new(&format!("{number:032x}"), &user.h323);
        let dn = user.dn.clone().unwrap_or_else(|| plain.dn.clone());
        pbx.add_user(pbx_sim::User { dn, emails: user.emails.clone(), ..plain });
    }
    pbx
}
