//! One request: whose host it is for, what it must not carry, and who answers it.

use http_body_util::{BodyExt, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::{HeaderMap, Method, Uri};

use super::reply::{Ending, Reply};
use crate::host::Host;
use crate::login::Connection;
use crate::sim::{LOCAL, LOCAL_ONLINE, Sim};
use crate::violation::Rule;
use crate::{control_http, discovery, ews};

/// No request is larger.
const MOST_BYTES: usize = 4 << 20;

/// A request to one of the hosts.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: Method,
    /// The host as the client calls it, in small letters and without the port.
    pub(crate) name: String,
    /// Path in small letters.
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) host: Host,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Whether the client understands compressed answers.
    pub(crate) fn accepts_gzip(&self) -> bool {
        self.header("accept-encoding").is_some_and(|encodings| {
            encodings
                .split(',')
                .any(|encoding| encoding.split(';').next().is_some_and(|name| name.trim() == "gzip"))
        })
    }

    /// A cookie of whichever `Cookie` header.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        let headers = self.headers.get_all("cookie").into_iter().filter_map(|value| value.to_str().ok());
        let mut pairs =
            headers.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// Answers what came over a connection.
pub(super) async fn answer(
    sim: &std::sync::Arc<Sim>,
    connection: &Connection,
    request: hyper::Request<Incoming>,
) -> Reply {
    let (parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, MOST_BYTES).collect().await else {
        return Reply::html(413, "Request Entity Too Large");
    };
    let name = host_name(&parts.uri, &parts.headers);
    sim.counters.count(|counts| *counts.hosts.entry(name.clone()).or_default() += 1);
    let Some(host) = find_host(sim, connection, &name) else { return Reply::html(404, "Unknown host") };
    if connection.tls.is_none() && !host.http {
        return Reply::html(504, "Nothing listens there");
    }
    let path = parts.uri.path().to_lowercase();
    let body = body.to_bytes();
    let request = Request { method: parts.method, name, path, headers: parts.headers, body, host };
    if request.path == control_http::PATH && sim.options.control && connection.tls.is_none() {
        return control_http::answer(sim, &request);
    }
    check_wire(sim, connection, &request);
    let reply = match request.path.as_str() {
        "/autodiscover/autodiscover.xml" => discovery::pox(sim, connection, &request).await,
        "/autodiscover/autodiscover.svc" => discovery::soap(sim, connection, &request).await,
        "/ews/exchange.asmx" if request.host.ews => ews::answer(sim, connection, &request).await,
        _ => Reply::html(404, "Not Found"),
    };
    let status = if reply.ending == Ending::Answer { reply.status } else { 0 };
    sim.counters.count(|counts| *counts.statuses.entry(status).or_default() += 1);
    // Clients compare their clock with it.
    reply.with("date", sim.now().format("%a, %d %b %Y %H:%M:%S GMT").to_string())
}

fn host_name(uri: &Uri, headers: &HeaderMap) -> String {
    let header = || headers.get("host")?.to_str().ok().map(str::to_owned);
    let authority = uri.authority().map(ToString::to_string).or_else(header).unwrap_or_default();
    let name = authority.rsplit_once(':').map_or(authority.as_str(), |(name, _)| name);
    name.to_lowercase()
}

/// Names and numbers of this machine mean the host of the port.
fn find_host(sim: &Sim, connection: &Connection, name: &str) -> Option<Host> {
    let state = sim.state.read();
    let here = matches!(name, LOCAL | "127.0.0.1" | "[::1]");
    let mut host = state.hosts.get(if here { connection.local_host.as_str() } else { name })?.clone();
    if here {
        // Clients know it by the name they use.
        name.clone_into(&mut host.name);
    }
    Some(host)
}

/// What no client may send, wherever it is answered.
fn check_wire(sim: &Sim, connection: &Connection, request: &Request) {
    let broken = |rule| sim.violation(rule, &request.name, &request.path);
    let authorization = request.header("authorization").unwrap_or_default();
    let scheme = authorization.split(' ').next().unwrap_or_default().to_ascii_lowercase();
    if connection.tls.is_none() {
        if !authorization.is_empty() || request.headers.contains_key("cookie") {
            broken(Rule::CredentialsInTheClear);
        }
        if !request.body.is_empty() && request.path.starts_with("/autodiscover") {
            broken(Rule::BodyInTheClear);
        }
    }
    match scheme.as_str() {
        "basic" | "digest" => broken(Rule::Basic),
        "bearer" if !request.host.takes_tokens() || request.host.stranger => broken(Rule::TokenToStranger),
        "ntlm" | "negotiate" if request.host.stranger => broken(Rule::LoginToStranger),
        _ => {}
    }
}

/// The URL of EWS at the port that a request to this machine came to.
pub(crate) fn local_url(sim: &Sim, request: &Request, online: bool) -> Option<String> {
    let here = matches!(request.name.as_str(), LOCAL | "127.0.0.1" | "[::1]");
    let [_, https, cloud, _] = sim.ports();
    let port = if online { cloud } else { https };
    here.then(|| format!("https://{}:{port}/EWS/Exchange.asmx", request.name))
}

/// The host whose certificate is served to who asks for a name by TLS.
pub(super) fn served_host(sim: &Sim, name: Option<&str>, local_host: &str) -> Option<(String, Host)> {
    let state = sim.state.read();
    match name.map(str::to_lowercase) {
        Some(name) if name != LOCAL => Some((name.clone(), state.hosts.get(&name)?.clone())),
        _ => Some((LOCAL.to_owned(), state.hosts.get(local_host)?.clone())),
    }
}

/// The host behind `localhost` at a port of TLS.
pub(super) const LOCALS: [&str; 2] = [LOCAL, LOCAL_ONLINE];
