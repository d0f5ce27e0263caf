//! The proxy, behind which all hosts are: their names are looked up nowhere.

use std::sync::Arc;

use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::client::conn::http1 as client;
use hyper::http::uri::Authority;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::body::{Closed, Outgoing};
use super::handler::answer;
use super::reply::Reply;
use super::server::{plain, with_tls};
use crate::login::Connection;
use crate::sim::{LOCAL, LOCAL_ONLINE, Sim};

/// Takes requests and tunnels from one client.
pub(super) async fn serve(sim: Arc<Sim>, stream: TcpStream) {
    let connection = Arc::new(Connection::new(None, LOCAL));
    let service = service_fn(move |request: Request<Incoming>| {
        let (sim, connection) = (sim.clone(), connection.clone());
        async move {
            if request.method() == Method::CONNECT {
                return connect(sim, request).await;
            }
            if is_login(&sim, &request) {
                return forward(request).await.unwrap_or(Reply::empty(502)).into_response().await;
            }
            answer(&sim, &connection, request).await.into_response().await
        }
    });
    let served = http1::Builder::new().serve_connection(TokioIo::new(stream), service).with_upgrades();
    let _ = served.await;
}

/// Whether a request is for the token endpoint that was started along, which is no host of this stand-in.
fn is_login(sim: &Sim, request: &Request<Incoming>) -> bool {
    let address = sim.login_url.as_deref().and_then(|url| url.strip_prefix("http://"));
    let asked = request.uri().authority().map(Authority::as_str);
    asked.is_some() && asked == address.map(|address| address.trim_end_matches('/'))
}

/// Passes a request on, and its answer back.
async fn forward(request: Request<Incoming>) -> Option<Reply> {
    let stream = TcpStream::connect(request.uri().authority()?.as_str()).await.ok()?;
    let (mut sender, connection) = client::handshake(TokioIo::new(stream)).await.ok()?;
    tokio::spawn(connection);
    let (mut head, body) = request.into_parts();
    head.uri = head.uri.path_and_query()?.as_str().parse().ok()?;
    let (head, body) = sender.send_request(Request::from_parts(head, body)).await.ok()?.into_parts();
    let body = body.collect().await.ok()?.to_bytes();
    let kind = head.headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    Some(Reply::new(head.status.as_u16(), kind, body))
}

/// Opens a tunnel to a host, if there is one of this name that listens at this port.
async fn connect(sim: Arc<Sim>, request: Request<Incoming>) -> Result<Response<Outgoing>, Closed> {
    let authority = request.uri().authority().cloned();
    let name = authority.as_ref().map(|authority| authority.host().to_lowercase()).unwrap_or_default();
    let port = authority.and_then(|authority| authority.port_u16()).unwrap_or(443);
    let [http, https, online, _] = sim.ports();
    let host = sim.state.read().hosts.get(&name).cloned();
    let tunnel = match (host, port) {
        (Some(_), port) if port == http => Tunnel::Plain,
        (Some(_), port) if port == online => Tunnel::Tls(LOCAL_ONLINE),
        (Some(_), port) if port == https => Tunnel::Tls(LOCAL),
        (Some(host), 443) if host.https.is_some() => Tunnel::Tls(LOCAL),
        (Some(host), 80) if host.http => Tunnel::Plain,
        (Some(_), _) => Tunnel::None(504),
        (None, _) => Tunnel::None(502),
    };
    if let Tunnel::None(status) = tunnel {
        sim.counters.count(|counts| *counts.hosts.entry(name).or_default() += 1);
        return Reply::html(status, "No such host").into_response().await;
    }
    let until = sim.tunnels.lock().clone();
    tokio::spawn(until.run_until_cancelled_owned(async move {
        let Ok(upgraded) = hyper::upgrade::on(request).await else { return };
        let stream = TokioIo::new(upgraded);
        match tunnel {
            Tunnel::Plain => plain(sim, stream).await,
            Tunnel::Tls(local) => with_tls(sim, stream, local).await,
            Tunnel::None(_) => {}
        }
    }));
    Reply::empty(200).into_response().await
}

#[derive(Debug, Clone, Copy)]
enum Tunnel {
    Plain,
    Tls(&'static str),
    None(u16),
}
