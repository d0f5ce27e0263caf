//! The connection test, from the message to the step that fails, over real sockets.

mod command;
mod exchange;
mod graph;
mod limits;

use serde_json::{Value, json};

use super::sync::world::World;
use crate::support::Socket;

/// What a test has told, up to its end.
pub struct Told {
    pub steps: Vec<Value>,
    pub result: Value,
}

impl Told {
    /// Reads to the end.
    pub async fn read(socket: &mut Socket) -> Self {
        let mut steps = Vec::new();
        loop {
            let message = socket.receive().await;
            match message["mt"].as_str() {
                Some("TestConnectionStep") => steps.push(message),
                Some("TestConnectionResult") => return Self { steps, result: message },
                _ => {}
            }
        }
    }

    /// How a step ended.
    #[track_caller]
    pub fn step(&self, name: &str) -> &Value {
        let ended =
            |step: &&Value| step["step"] == name && step["part"].is_null() && step["state"] != "running";
        self.steps.iter().find(ended).unwrap_or_else(|| panic!("no {name}: {:#?}", self.steps))
    }

    /// Its state.
    #[track_caller]
    pub fn state(&self, name: &str) -> &str {
        self.step(name)["state"].as_str().unwrap()
    }

    /// State, code, advice and page.
    #[track_caller]
    pub fn verdict(&self, name: &str) -> [&str; 4] {
        let step = self.step(name);
        ["state", "code", "advice", "page"].map(|field| step[field].as_str().unwrap_or_default())
    }

    /// Everything that was told, as one text.
    pub fn text(&self) -> String {
        json!([self.steps, self.result]).to_string()
    }
}

/// Tests, and reads to the end.
pub async fn test(world: &mut World, more: Value) -> Told {
    start(&mut world.manager, more).await;
    Told::read(&mut world.manager).await
}

/// Begins a test.
pub async fn start(socket: &mut Socket, more: Value) {
    let mut message = json!({"mt": "TestConnection", "api": "Calendar", "src": "t"});
    message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    socket.send(message).await;
}
