//! Autodiscover: the XML of old and the SOAP of 2010.

mod answers;
mod pox;
mod soap;

use std::sync::Arc;
use std::time::Duration;

use crate::faults::Operation;
use crate::host::Discovery;
use crate::login::{Caller, Connection, Outcome, authenticate};
use crate::net::{Reply, Request};
use crate::sim::Sim;

/// Answers `/autodiscover/autodiscover.xml`.
pub(crate) async fn pox(sim: &Arc<Sim>, connection: &Connection, request: &Request) -> Reply {
    begin(sim, connection, request, Operation::Pox, pox::answer).await
}

/// Answers `/autodiscover/autodiscover.svc`.
pub(crate) async fn soap(sim: &Arc<Sim>, connection: &Connection, request: &Request) -> Reply {
    begin(sim, connection, request, Operation::GetUserSettings, soap::answer).await
}

type Answering = fn(&Sim, &Request, &Caller) -> Reply;

/// What both have in common: redirects and faults before the login, then the login.
async fn begin(
    sim: &Arc<Sim>,
    connection: &Connection,
    request: &Request,
    operation: Operation,
    answering: Answering,
) -> Reply {
    sim.counters.count(|counts| *counts.requests.entry(operation).or_default() += 1);
    let struck = sim.faults.lock().strike(operation, None, &request.name);
    tokio::time::sleep(Duration::from_millis(struck.slow)).await;
    let mut reply = match struck.effect.and_then(crate::ews::page_of) {
        Some(reply) => reply,
        None => answer(sim, connection, request, answering),
    };
    reply.cut = struck.cut;
    reply
}

fn answer(sim: &Arc<Sim>, connection: &Connection, request: &Request, answering: Answering) -> Reply {
    let host = &request.host;
    match &host.discovery {
        Discovery::None => return Reply::html(404, "Not Found"),
        Discovery::Html => return Reply::html(200, "Welcome"),
        Discovery::Redirect { status, location } => return Reply::empty(*status).with("location", location),
        // Without TLS Exchange itself has nothing to say.
        _ if connection.tls.is_none() => return Reply::html(403, "Forbidden"),
        _ => {}
    }
    match authenticate(sim, connection, host, host.discovery_protection, &request.headers) {
        Outcome::Out(offers) => {
            offers.into_iter().fold(Reply::empty(401), |reply, (name, value)| reply.with(&name, value))
        }
        Outcome::Challenge((name, value)) => Reply::empty(401).with(&name, value),
        Outcome::In(caller, headers) => {
            let reply = answering(sim, request, &caller);
            headers.into_iter().fold(reply, |reply, (name, value)| reply.with(&name, value))
        }
    }
}
