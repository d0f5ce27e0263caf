//! The HTTP server: it can be taken down, cut answers off in the middle, and close connections without one.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request as HttpRequest, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::Response;
use axum::routing::any;
use futures_util::{StreamExt, stream};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower::ServiceExt;

use crate::endpoint::Endpoint;
use crate::error::Refusal;
use crate::faults::{Effect, usual_code};
use crate::message::{Ending, Reply, Request};
use crate::sim::Sim;
use crate::{authorize, control_http, discovery, graph, sign_in};

/// Bodies larger than this ask for no token.
const MOST_BYTES: usize = 64 << 10;

/// Whether the server is to listen, and whether it does.
#[derive(Debug, Clone)]
pub(crate) struct Switch {
    wanted: watch::Sender<bool>,
    listening: watch::Sender<bool>,
}

impl Switch {
    pub(crate) fn new() -> Self {
        Self { wanted: watch::Sender::new(true), listening: watch::Sender::new(true) }
    }

    /// Returns when the server listens, or listens no more and has closed all its connections.
    pub(crate) async fn turn(&self, on: bool) {
        self.wanted.send_replace(on);
        // The sender is ours, so the wait cannot fail.
        let _ = self.listening.subscribe().wait_for(|listening| *listening == on).await;
    }
}

/// Serves until the task is aborted.
pub(crate) async fn run(sim: Arc<Sim>, listener: TcpListener, address: SocketAddr, switch: Switch) {
    let router = router(&sim, switch.clone());
    let mut wanted = switch.wanted.subscribe();
    let mut listener = Some(listener);
    loop {
        let bound = match listener.take() {
            Some(listener) => listener,
            None => bind_again(address).await,
        };
        switch.listening.send_replace(true);
        tokio::select! {
            () = accept(&bound, &router) => {}
            _ = wanted.wait_for(|on| !on) => {}
        }
        drop(bound);
        switch.listening.send_replace(false);
        if wanted.wait_for(|on| *on).await.is_err() {
            return;
        }
    }
}

/// The port was ours a moment ago; whoever holds it now lets go of it some time.
async fn bind_again(address: SocketAddr) -> TcpListener {
    loop {
        match TcpListener::bind(address).await {
            Ok(listener) => return listener,
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

/// Connections live in here, so that they end with the listener.
async fn accept(listener: &TcpListener, router: &Router) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, router.clone()));
                }
                // Out of file handles: some connection will end.
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn connection(stream: TcpStream, router: Router) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let router = router.clone();
        async move {
            let Ok(response) = router.oneshot(request.map(Body::new)).await;
            // An error here makes hyper close the connection without an answer.
            if response.extensions().get::<Dropped>().is_some() { Err(Dropped) } else { Ok(response) }
        }
    });
    // How a connection ends is the client's business, or was asked for.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("dropped on demand")]
struct Dropped;

#[derive(Debug, Clone)]
pub(crate) struct Shared {
    pub(crate) sim: Arc<Sim>,
    pub(crate) switch: Switch,
}

fn router(sim: &Arc<Sim>, switch: Switch) -> Router {
    let mut router = Router::new()
        .route("/{tenant}/oauth2/v2.0/token", any(token))
        .route("/{tenant}/oauth2/v2.0/authorize", any(sign_in_page))
        .route("/{tenant}/v2.0/.well-known/openid-configuration", any(discovery_document))
        .fallback(other);
    if sim.settings.control {
        router = router.merge(control_http::router());
    }
    let router = router.with_state(Shared { sim: sim.clone(), switch });
    match sim.settings.prefix.trim_matches('/') {
        "" => router,
        prefix => Router::new().nest(&format!("/{prefix}"), router),
    }
}

async fn token(State(shared): State<Shared>, Path(tenant): Path<String>, request: HttpRequest) -> Response {
    let sim = &shared.sim;
    sim.counters.asked(Endpoint::Token);
    let (parts, body) = request.into_parts();
    let (slow, effect) = sim.faults.lock().strike(Endpoint::Token, None);
    tokio::time::sleep(Duration::from_millis(slow)).await;
    let Ok(body) = axum::body::to_bytes(body, MOST_BYTES).await else {
        return response(Reply::json(413, &serde_json::json!({"error": "invalid_request"})));
    };
    let granted = || sign_in::answer(sim, &parts.method, &tenant, &parts.headers, &body);
    let reply = match effect {
        None | Some(Effect::Slow { .. } | Effect::Held { .. } | Effect::UserAgent) => granted(),
        Some(Effect::Drop | Effect::Lost) => Reply::dropped(),
        Some(Effect::CutOff) => Reply { ending: Ending::CutOff, ..granted() },
        Some(Effect::SignIn { code }) => sign_in::denied(sim, code),
        Some(Effect::Status { status, code, retry_after }) => {
            let code = code.unwrap_or_else(|| usual_code(status).into());
            let mut reply = Reply::json(status, &serde_json::json!({ "error": code }));
            if let Some(seconds) = retry_after {
                reply = reply.with("retry-after", seconds.to_string());
            }
            reply
        }
    };
    sim.counters.answered(reply.status);
    response(reply.with("content-type", "application/json; charset=utf-8"))
}

async fn sign_in_page(
    State(shared): State<Shared>,
    Path(tenant): Path<String>,
    request: HttpRequest,
) -> Response {
    let sim = &shared.sim;
    sim.counters.asked(Endpoint::Authorize);
    let reply = authorize::answer(sim, request.method(), &tenant, request.uri());
    sim.counters.answered(reply.status);
    response(reply)
}

async fn discovery_document(
    State(shared): State<Shared>,
    Path(tenant): Path<String>,
    request: HttpRequest,
) -> Response {
    let sim = &shared.sim;
    sim.counters.asked(Endpoint::Discovery);
    let (slow, effect) = sim.faults.lock().strike(Endpoint::Discovery, None);
    tokio::time::sleep(Duration::from_millis(slow)).await;
    let reply = match effect {
        Some(Effect::Drop | Effect::Lost) => Reply::dropped(),
        Some(Effect::SignIn { code }) => sign_in::denied(sim, code),
        Some(Effect::Status { status, .. }) => {
            Reply::text(status, "<html>Fault on demand of graph-sim.</html>")
        }
        _ => discovery::answer(sim, request.method(), &tenant),
    };
    sim.counters.answered(reply.status);
    response(reply.with("content-type", "application/json; charset=utf-8"))
}

async fn other(State(shared): State<Shared>, request: HttpRequest) -> Response {
    let (Parts { method, uri, headers, .. }, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, MOST_BYTES).await else {
        return response(Reply::json(413, &serde_json::json!({"error": {"code": "RequestEntityTooLarge"}})));
    };
    response(graph_reply(&shared.sim, method, &uri, headers, body.to_vec()).await)
}

async fn graph_reply(sim: &Sim, method: Method, uri: &Uri, headers: HeaderMap, body: Vec<u8>) -> Reply {
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let (version, rest) = target.strip_prefix('/').and_then(|t| t.split_once('/')).unwrap_or((target, ""));
    if version.eq_ignore_ascii_case("v1.0") {
        return graph::answer(sim, &Request { body, ..Request::new(method, rest, headers) }).await;
    }
    sim.counters.asked(Endpoint::Other);
    let refusal = match version.trim_start_matches('/') {
        "beta" => Refusal::left_out("the beta version"),
        version => Refusal::new(400, "BadRequest", format!("Invalid version: {version}.")),
    };
    graph::finish(sim, &Request::new(method, rest, headers), Err(refusal))
}

/// Gives a reply to the connection, with the ending that it is to have.
pub(crate) fn response(reply: Reply) -> Response {
    let mut builder = Response::builder();
    for (name, value) in &reply.headers {
        builder = builder.header(*name, value);
    }
    let built = match reply.ending {
        Ending::Whole => builder.status(reply.status).body(Body::from(reply.body)),
        Ending::Dropped => builder.extension(Dropped).body(Body::empty()),
        Ending::CutOff => {
            let length = reply.body.len();
            let (half, _) = reply.body.as_bytes().split_at_checked(length / 2).unwrap_or_default();
            // While it waits for the rest, the server sends what it has; then it has to give up.
            let broken = stream::once(async {
                tokio::time::sleep(Duration::from_millis(5)).await;
                Err(Dropped)
            });
            let half = stream::iter([Ok(Bytes::copy_from_slice(half))]);
            let body = Body::from_stream(half.chain(broken));
            builder.status(reply.status).header("content-length", length).body(body)
        }
    };
    built.unwrap_or_else(|_| {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        response
    })
}
