//! The connection test, from the message to the step that fails, over real sockets.

mod command;
mod exchange;
mod graph;
mod limits;
mod pbx;

use serde_json::{Value, json};

use super::sync::world::{SECRET, World};
use crate::support::{Socket, server};

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
                Some("TestConnectionResult") => {
                    let told = Self { steps, result: message };
                    nothing_private_in(&told.text());
                    return told;
                }
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

/// Passwords, secrets and titles of all tests, and what tokens and logins begin with.
const PRIVATE: [&str; 9] = [
    exchange::PASSWORD,
    SECRET,
    "Geheim",
    server::PASSWORD,
    "Bearer ",
    "eyJ",
    "NTLM TlRM",
    "client_secret=",
    "refresh_token",
];

/// Nothing that a connection test tells, writes or logs holds what is nobody's business.
#[track_caller]
pub fn nothing_private_in(text: &str) {
    for private in PRIVATE {
        assert!(!text.contains(private), "{private}: {text}");
        // As it stands in JSON, too.
        let escaped = json!(private).to_string();
        assert!(!text.contains(escaped.trim_matches('"')), "{private}: {text}");
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
