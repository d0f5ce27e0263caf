//! What hostile clients, hostile neighbours and bad days may not do: one file for each point of the table in
//! `docs/design.md`. What can be shown closer to the code is shown there, in tests whose names begin alike.

mod point_01_ambiguous_logins;
mod point_02_guesses;
mod point_03_proxies;
mod point_04_places;
mod point_05_readers;
mod point_06_descriptors;
mod point_07_passwords;
mod point_08_try_out;
mod point_15_names;

use serde_json::{Value, json};

use crate::support::{Server, Socket};

/// How a PBX introduces itself.
fn pbx_info(name: &str) -> Value {
    json!({"mt": "PbxInfo", "domain": "example.com", "pbx": name, "apis": ["PbxApi", "PbxTableUsers"]})
}

/// A connection of a PBX.
async fn pbx(server: &Server, name: &str) -> Socket {
    let mut socket = server.socket().await;
    socket.login("pbxcalendar-calendar", &server.password).await;
    socket.send(pbx_info(name)).await;
    socket
}

async fn status(manager: &mut Socket) -> Value {
    manager.ask(json!({"mt": "GetStatus", "api": "Calendar"})).await
}
