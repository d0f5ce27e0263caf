//! The control over HTTP: `GET /exchange-sim` tells, `POST /exchange-sim` takes one command or an array of them.

use std::sync::Arc;

use hyper::Method;
use serde_json::{Value, json};

use crate::command::Command;
use crate::control::Control;
use crate::net::{Reply, Request};
use crate::sim::Sim;

pub(crate) const PATH: &str = "/exchange-sim";

pub(crate) fn answer(sim: &Arc<Sim>, request: &Request) -> Reply {
    match request.method {
        Method::GET => json_reply(200, &describe(sim)),
        Method::POST => take(sim, request),
        _ => json_reply(405, &json!({"error": "GET tells, POST takes commands"})),
    }
}

fn take(sim: &Arc<Sim>, request: &Request) -> Reply {
    // A page in a browser cannot send this type to another origin without being asked first.
    if !request.header("content-type").is_some_and(|kind| kind.starts_with("application/json")) {
        return json_reply(415, &json!({"error": "the content type has to be application/json"}));
    }
    let value: Value = match serde_json::from_slice(&request.body) {
        Ok(value) => value,
        Err(error) => return json_reply(400, &json!({"error": error.to_string()})),
    };
    let commands = match value {
        Value::Array(commands) => commands,
        command => vec![command],
    };
    let control = Control::of(sim);
    let mut results = Vec::with_capacity(commands.len());
    for command in commands {
        let command: Result<Command, _> = serde_json::from_value(command);
        let done = command.map_err(|error| error.to_string());
        match done.and_then(|command| control.run(command).map_err(|error| error.to_string())) {
            Ok(result) => results.push(result),
            Err(error) => return json_reply(400, &json!({"error": error, "done": results})),
        }
    }
    json_reply(200, &json!({ "done": results }))
}

fn describe(sim: &Arc<Sim>) -> Value {
    let control = Control::of(sim);
    json!({
        "is": "exchange-sim, a stand-in of Exchange Web Services",
        "domain": control.options().domain,
        "mailboxes": control.mailboxes(),
        "subscriptions": control.subscriptions(),
        "now": control.now(),
        "counts": control.counts(),
        "violations": control.violations(),
    })
}

fn json_reply(status: u16, body: &Value) -> Reply {
    Reply::new(status, "application/json", body.to_string())
}
