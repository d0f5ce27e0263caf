//! `POST /EWS/Exchange.asmx`: from an envelope to the operation in it and back.

mod budget;
mod context;
mod faulty;
mod refusal;

use std::sync::Arc;
use std::time::Duration;

use hyper::Method;
use uuid::Uuid;

pub(crate) use budget::{Budgets, Charged};
pub(crate) use context::{Context, Target};
pub(crate) use faulty::page_of;
pub(crate) use refusal::{Problem, Refusal};

use crate::faults::Operation;
use crate::login::{Connection, Outcome, authenticate};
use crate::net::{Reply, Request};
use crate::options::Version;
use crate::sim::Sim;
use crate::xml::{Element, Ns, Style, envelope, read, t, write};
use crate::{ops, schema};

/// What an operation answers.
pub(crate) enum Answer {
    /// The element below `Body`.
    Messages(Element),
    /// An answer that goes on.
    Stream(ops::Chunks),
}

/// An envelope taken apart and checked.
pub(crate) struct Call {
    pub(crate) header: Option<Element>,
    pub(crate) operation: Element,
    pub(crate) kind: Operation,
    /// The place of `RequestServerVersion` among the schema versions.
    pub(crate) schema: usize,
}

/// Answers a request to EWS.
pub(crate) async fn answer(sim: &Arc<Sim>, connection: &Connection, request: &Request) -> Reply {
    let host = &request.host;
    let id = Uuid::new_v4().to_string();
    let mut headers = vec![("request-id".to_owned(), id), ("x-feserver".to_owned(), "EX1".to_owned())];
    if let Some(id) = request.header("client-request-id") {
        headers.push(("client-request-id".to_owned(), id.to_owned()));
    }
    let mut reply = match authenticate(sim, connection, host, host.protection, &request.headers) {
        Outcome::Out(offers) => refuse_login(sim, request, offers).await,
        Outcome::Challenge(challenge) => {
            sim.counters.count(|counts| counts.negotiates_with_body += u64::from(!request.body.is_empty()));
            refuse_login(sim, request, vec![challenge]).await
        }
        Outcome::In(caller, more) => {
            headers.extend(more);
            let _under_way = sim.counters.under_way();
            serve(sim, connection, request, &caller).await
        }
    };
    reply.headers.extend(headers);
    reply
}

async fn refuse_login(sim: &Sim, request: &Request, offers: Vec<(String, String)>) -> Reply {
    let struck = sim.faults.lock().strike(Operation::Negotiate, None, &request.name);
    tokio::time::sleep(Duration::from_millis(struck.slow)).await;
    if let Some(reply) = struck.effect.and_then(page_of) {
        return Reply { cut: struck.cut, ..reply };
    }
    if request.body.len() > 64 << 10 {
        return Reply::html(413, "Request Entity Too Large");
    }
    offers.into_iter().fold(Reply::empty(401), |reply, (name, value)| reply.with(&name, value))
}

async fn serve(
    sim: &Arc<Sim>,
    connection: &Connection,
    request: &Request,
    caller: &crate::login::Caller,
) -> Reply {
    let version = sim.state.read().version_at(&request.host);
    let call = match parse(request, version) {
        Ok(call) => call,
        Err(refusal) => return refused(sim, version, Operation::Other, None, &refusal),
    };
    sim.counters.count(|counts| *counts.requests.entry(call.kind).or_default() += 1);
    let whose = Context::mailbox_of(sim, &call, caller);
    let struck = sim.faults.lock().strike(call.kind, whose.as_deref(), &request.name);
    let latency = sim.state.read().latency;
    tokio::time::sleep(Duration::from_millis(struck.slow) + latency).await;
    let mut reply = match faulty::reply(sim, connection, request, version, &call, struck.effect) {
        Some(reply) => reply,
        None => run(sim, request, version, &call, caller),
    };
    if request.accepts_gzip() {
        reply = reply.compressed();
    }
    reply.cut = struck.cut;
    reply
}

fn run(
    sim: &Arc<Sim>,
    request: &Request,
    version: Version,
    call: &Call,
    caller: &crate::login::Caller,
) -> Reply {
    let context = match Context::of(sim, request, version, call, caller) {
        Ok(context) => context,
        Err(refusal) => return refused(sim, version, call.kind, Some(&call.operation), &refusal),
    };
    let charged = match budget::charge(sim, &context, call.kind) {
        Ok(charged) => charged,
        Err(refusal) => return refused(sim, version, call.kind, Some(&call.operation), &refusal),
    };
    let mut reply = match ops::run(sim, &context, call, charged) {
        Ok(Answer::Messages(body)) => answered(sim, version, 200, body),
        Ok(Answer::Stream(receiver)) => {
            Reply { content: crate::net::Content::Stream(receiver), ..Reply::xml(200, "") }
        }
        Err(refusal) => refused(sim, version, call.kind, Some(&call.operation), &refusal),
    };
    reply.headers.extend(context.cookies());
    reply
}

/// An envelope with `ServerVersionInfo`, whose response codes are counted.
pub(crate) fn answered(sim: &Sim, version: Version, status: u16, body: Element) -> Reply {
    count_codes(sim, &body);
    let style = if sim.state.read().bare_names { Style::Bare } else { Style::Usual };
    Reply::xml(status, write(&envelope(Some(version_info(version)), body), style))
}

fn count_codes(sim: &Sim, element: &Element) {
    if element.name == "ResponseCode" {
        sim.counters.count(|counts| *counts.codes.entry(element.text.clone()).or_default() += 1);
    }
    element.children.iter().for_each(|child| count_codes(sim, child));
}

/// A refusal, as a fault or as a message of the operation.
pub(crate) fn refused(
    sim: &Sim,
    version: Version,
    kind: Operation,
    operation: Option<&Element>,
    refusal: &Refusal,
) -> Reply {
    match refusal {
        Refusal::Http(status, text) => Reply::html(*status, text),
        Refusal::Message(problem) => {
            let name = operation.map_or("", |operation| operation.name.as_str());
            let count = operation.map_or(1, |operation| ops::messages_of(kind, operation));
            let message = |_| problem.message(name);
            answered(sim, version, 200, ops::response(name, (0..count).map(message)))
        }
        Refusal::Fault(problem) => answered(sim, version, 500, problem.fault()),
    }
}

/// `ServerVersionInfo` of EWS.
pub(crate) fn version_info(version: Version) -> Element {
    let ([major, minor, build, revision], word) = version.numbers();
    t("ServerVersionInfo")
        .set("MajorVersion", major.to_string())
        .set("MinorVersion", minor.to_string())
        .set("MajorBuildNumber", build.to_string())
        .set("MinorBuildNumber", revision.to_string())
        .set("Version", word)
}

fn parse(request: &Request, version: Version) -> Result<Call, Refusal> {
    if request.method != Method::POST {
        return Err(Refusal::Http(405, "Method Not Allowed".into()));
    }
    let content_type = request.header("content-type").unwrap_or_default().to_ascii_lowercase();
    if !content_type.starts_with("text/xml") {
        return Err(Refusal::Http(
            415,
            "Cannot process the message because the content type was not text/xml".into(),
        ));
    }
    let root = read(&request.body).map_err(|bad| Refusal::schema(&bad.to_string()))?;
    if !root.is(&Ns::Soap, "Envelope") {
        return Err(Refusal::schema(&format!("the root is {}:{}", root.ns.uri(), root.name)));
    }
    let header = root.get("Header").cloned();
    let body = root.get("Body").ok_or_else(|| Refusal::schema("there is no Body"))?;
    let [operation] = body.children.as_slice() else {
        return Err(Refusal::schema("Body has to have one child"));
    };
    let schema = requested_schema(header.as_ref(), version)?;
    schema::check_header(header.as_ref()).map_err(|broken| Refusal::schema(&broken))?;
    schema::check_operation(operation).map_err(|broken| Refusal::schema(&broken))?;
    Ok(Call { kind: Operation::named(&operation.name), header, operation: operation.clone(), schema })
}

/// Without a version the oldest is meant.
fn requested_schema(header: Option<&Element>, version: Version) -> Result<usize, Refusal> {
    let Some(element) = header.and_then(|header| header.t("RequestServerVersion")) else { return Ok(0) };
    let name = element.attribute("Version").unwrap_or_default();
    let schema = Version::schema(name).filter(|schema| version.knows(*schema));
    schema.ok_or_else(|| {
        Refusal::fault("ErrorInvalidServerVersion", "The specified server version is invalid.")
    })
}
