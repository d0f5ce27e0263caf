//! The control over HTTP: `GET /graph-sim` tells, `POST /graph-sim` takes one command or an array of them.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::command::{Command, describe};
use crate::control::Control;
use crate::message::Reply;
use crate::server::{Shared, response};

pub(crate) fn router() -> Router<Shared> {
    Router::new().route("/graph-sim", get(tell).post(take))
}

async fn tell(State(shared): State<Shared>) -> Response {
    json_response(200, &describe(&control(shared)))
}

async fn take(State(shared): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    // A page in a browser cannot send this type to another origin without being asked first.
    let is_json = headers
        .get("content-type")
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/json"));
    if !is_json {
        return json_response(415, &json!({"error": "the content type has to be application/json"}));
    }
    let commands = match serde_json::from_slice::<OneOrMany>(&body) {
        Ok(OneOrMany::One(command)) => vec![*command],
        Ok(OneOrMany::Many(commands)) => commands,
        Err(_) => {
            // Untagged errors say nothing; the command by itself tells what is wrong with it.
            let error = serde_json::from_slice::<Command>(&body).err().map(|error| error.to_string());
            return json_response(400, &json!({"error": error}));
        }
    };
    let control = control(shared);
    let mut results = Vec::with_capacity(commands.len());
    for command in commands {
        match control.run(command) {
            Ok(result) => results.push(result),
            Err(error) => {
                return json_response(400, &json!({"error": error.to_string(), "done": results}));
            }
        }
    }
    json_response(200, &json!({ "done": results }))
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(Box<Command>),
    Many(Vec<Command>),
}

fn control(Shared { sim, switch }: Shared) -> Control {
    Control { sim, switch }
}

fn json_response(status: u16, body: &Value) -> Response {
    response(Reply::json(status, body).with("content-type", "application/json"))
}
