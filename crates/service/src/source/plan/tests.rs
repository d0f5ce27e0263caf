//! Two sources at once: a calendar server over real sockets, and a shelf in memory that tells what has changed.

use std::time::Duration;

use graph_sim::{Effect, Fault, GraphSim};
use pbx_sim::{Pbx, User};
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use tokio::time::timeout;

use super::shelf::Shelf;
use super::*;
use crate::serve::{Options, Running, start_of, start_with};
use crate::source::{self, Timing};
use crate::store::Written;
use crate::sync::Clock;
use crate::sync::tests::{GUID, HOUR, options};

/// A service with both, and a PBX with anna, whose mailbox is at the server, and ben, whose is on the shelf.
struct Both {
    graph: GraphSim,
    shelf: Shelf,
    data: TempDir,
    pbx: Pbx,
    service: Option<Running>,
    clock: Clock,
}

/// Nobody is asked again in the time of a test: what is seen was told.
fn timing() -> Timing {
    let patience = Duration::from_hours(1);
    Timing { poll: patience, push_wait: Duration::ZERO, push_pause: Duration::ZERO, ..Timing::default() }
}

async fn run(data: &TempDir, listen: &str, clock: &Clock, shelf: &Shelf, graph: &GraphSim) -> Running {
    let url = || Some(graph.url().parse().unwrap());
    let overrides = Overrides { login: url(), graph: url() };
    let options = Options { listen: listen.parse().unwrap(), overrides, timing: timing(), ..options(data) };
    let shelf = shelf.clone();
    let started = start_with(options, clock.clone(), move |service, overrides, timing| {
        let service = Arc::clone(service);
        let sources = Sources::new(overrides, service.metrics.registry())?;
        Ok(Box::new(move |settings, secrets| {
            let backend: Arc<dyn Backend> = Arc::new(shelf.clone());
            let shelf = source::Planned { kind: "shelf", name: "shelf".to_owned(), backend: Ok(backend) };
            let planned = sources.plan(settings, secrets).into_iter().chain([shelf]);
            planned.map(|planned| start_of(&service, planned, timing)).collect()
        }))
    });
    started.await.unwrap()
}

impl Both {
    async fn start() -> Self {
        let graph = GraphSim::start(graph_sim::Settings::default()).await.unwrap();
        let (data, clock, shelf) = (TempDir::new().unwrap(), Clock::default(), Shelf::default());
        graph.add_user(graph_sim::User::new("anna@example.com")).unwrap();
        let now = clock.now();
        shelf.put("ben@example.com", "Call", now - HOUR, now + HOUR);
        let service = run(&data, "127.0.0.1:0", &clock, &shelf, &graph).await;
        let password = service.new_password.as_ref().unwrap().expose_secret().to_owned();
        let app = format!("{}pbxcalendar-calendar", service.url);
        let pbx = Pbx::start(pbx_sim::Options::new(app, password));
        pbx.add_user(User::new(GUID, "anna"));
        pbx.add_user(User::new("00000000000000000000000000000002", "ben"));
        let both = Self { graph, shelf, data, pbx, service: Some(service), clock };
        both.configure().await;
        both
    }

    async fn configure(&self) {
        let application = &self.graph.settings().applications[0];
        let items = json!({
            "pbxName": "master", "syncType": 4, "showSubject": true, "clientSecret": "graph-sim-secret",
            "clientId": application.client_id.to_string(), "tenantId": self.graph.settings().tenant.to_string(),
        });
        let items: Map<String, Value> = items.as_object().unwrap().clone();
        let service = &self.service.as_ref().unwrap().service;
        let written = service.configuration.write(None, &items, Vec::new()).await.unwrap();
        assert!(matches!(written, Written::Done(_)), "{written:?}");
    }

    /// Waits until the note of a user begins so.
    async fn until(&self, user: &str, text: &str) {
        let is_shown = |pbx: &Pbx| pbx.note(user)?.starts_with(text).then_some(());
        let shown = timeout(Duration::from_mins(1), self.pbx.until(is_shown)).await;
        assert!(shown.is_ok(), "{:?} instead of {text:?}", self.pbx.note(user));
    }

    /// Waits for a status.
    async fn until_status(&self, is_so: impl Fn(&Value) -> bool) -> Value {
        let mut status = self.service.as_ref().unwrap().service.status.watch();
        let told = timeout(Duration::from_mins(1), status.wait_for(|status| is_so(&json!(status)))).await;
        json!(*told.expect("the status does not come").unwrap())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_pushes_and_the_other_is_down() {
    let mut both = Both::start().await;
    both.until("anna", "Free").await;
    both.until("ben", "Call until").await;
    let status = both.until_status(|status| status["matched"] == 2).await;
    let running = |kind| json!({"type": kind, "state": "running", "users": 1});
    assert_eq!(status["sources"], json!([running("graph"), running("shelf")]));
    assert_eq!(status["sync"], "running");

    let now = both.clock.now();
    both.shelf.put("ben@example.com", "Lunch", now - HOUR, now + HOUR);
    both.until("ben", "Lunch until").await;

    // After a restart one of them does not answer any more.
    let service = both.service.take().unwrap();
    let address = service.url.trim_start_matches("http://").trim_end_matches('/').to_owned();
    service.stop().await;
    both.graph.fault(Fault::new(Effect::Drop)).unwrap();
    let read = both.shelf.readings();
    both.service = Some(run(&both.data, &address, &both.clock, &both.shelf, &both.graph).await);
    let status = both.until_status(|status| status["sources"][0]["state"] == "error").await;
    assert_eq!(status["sync"], "error", "the worst leads");
    assert_eq!(status["source"], json!({"type": "graph", "connected": false}));
    both.until_status(|status| status["sources"][1] == running("shelf")).await;
    assert_eq!(both.shelf.readings(), read + 1, "who was found is not looked for");
    both.shelf.put("ben@example.com", "Walk", now - HOUR, now + HOUR);
    both.until("ben", "Walk until").await;
    assert_eq!(both.pbx.note("anna").as_deref(), Some("Free"), "what is known stays");
    assert_eq!(both.pbx.violations(), []);
}
