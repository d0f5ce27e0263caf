//! What goes wrong at Microsoft Graph.

use graph_sim::{Appointment, Change, Effect, Fault, GraphSim, Secret};
use rand::RngExt;
use rand::rngs::StdRng;
use serde_json::Value;

use super::{Calendars, USERS};
use crate::sync::world::{self, SECRET, address, settings};

pub struct Graph(GraphSim);

impl Calendars for Graph {
    async fn start() -> Self {
        Self(world::graph(&USERS).await)
    }

    fn settings(&self) -> Value {
        settings(&self.0)
    }

    fn environment(&self) -> Vec<(&'static str, String)> {
        vec![("PBX_CALENDAR_LOGIN_URL", self.0.url()), ("PBX_CALENDAR_GRAPH_URL", self.0.url())]
    }

    fn add(&self, user: &str, appointment: Appointment) -> String {
        self.0.add(&address(user), appointment).unwrap()
    }

    fn change(&self, user: &str, id: &str, change: Change) {
        self.0.change(&address(user), id, change).unwrap();
    }

    fn delete(&self, user: &str, id: &str) {
        self.0.delete(&address(user), id).unwrap();
    }

    async fn strike(&self, random: &mut StdRng) {
        let Self(graph) = self;
        let times = random.random_range(1..6);
        let fault = |effect| graph.fault(Fault::new(effect).times(times)).unwrap();
        match random.random_range(0..12) {
            0 => graph.down().await,
            1 | 2 => graph.up().await,
            3 => graph.fault(Fault::throttled(1).times(times)).unwrap(),
            4 => graph.fault(Fault::status(503).times(times)).unwrap(),
            5 => fault(Effect::CutOff),
            6 => fault(Effect::Slow { ms: 2000 }),
            // Nobody waits for an answer so long.
            7 => graph.fault(Fault::new(Effect::Slow { ms: 40_000 }).times(1)).unwrap(),
            8 => graph.expire_delta_tokens(None).unwrap(),
            9 => graph.expire_access_tokens(),
            10 => {
                change_secret(graph, "another");
                graph.expire_access_tokens();
            }
            _ => change_secret(graph, SECRET),
        }
    }

    async fn mend(&self) {
        self.0.clear_faults();
        change_secret(&self.0, SECRET);
        self.0.up().await;
    }

    fn secret(&self) -> &'static str {
        SECRET
    }

    fn violations(&self) -> Vec<String> {
        Vec::new()
    }
}

fn change_secret(graph: &GraphSim, secret: &str) {
    let secrets = vec![Secret { value: secret.to_owned(), expires: None }];
    let client = graph.settings().applications[0].client_id;
    graph.change_application(client, |application| application.secrets = secrets).unwrap();
}
