//! The ports, and what comes in by them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use rustls::server::Acceptor;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::LazyConfigAcceptor;

use super::handler::{LOCALS, answer, served_host};
use super::proxy;
use crate::login::{Connection, Tls};
use crate::sim::{LOCAL, Sim};

/// What a port is for.
#[derive(Debug, Clone, Copy)]
enum Port {
    Http,
    /// With TLS; the host behind `localhost`.
    Https(&'static str),
    Proxy,
}

/// The open ports; they close when this is dropped.
#[derive(Debug)]
pub(crate) struct Servers {
    tasks: JoinSet<()>,
}

impl Servers {
    /// Opens http, TLS, TLS of Exchange Online and the proxy.
    pub(crate) async fn open(sim: &Arc<Sim>, addresses: [SocketAddr; 4]) -> std::io::Result<Self> {
        let [local, online] = LOCALS;
        let ports = [Port::Http, Port::Https(local), Port::Https(online), Port::Proxy];
        let (mut tasks, mut bound) = (JoinSet::new(), addresses);
        for ((port, address), bound) in ports.into_iter().zip(addresses).zip(&mut bound) {
            let listener = bind(address).await?;
            *bound = listener.local_addr()?;
            tasks.spawn(accept(sim.clone(), listener, port));
        }
        sim.state.write().addresses = bound;
        Ok(Self { tasks })
    }

    /// Closes the ports and all connections.
    pub(crate) async fn close(mut self) {
        self.tasks.shutdown().await;
    }
}

/// A port that was ours a moment ago may be held for a moment more.
async fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    let mut tries = 0;
    loop {
        match TcpListener::bind(address).await {
            Err(_) if address.port() != 0 && tries < 100 => {
                tries += 1;
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            bound => return bound,
        }
    }
}

/// Connections live in here, so that they end with the port.
async fn accept(sim: Arc<Sim>, listener: TcpListener, port: Port) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let _ = stream.set_nodelay(true);
                    connections.spawn(connection(sim.clone(), stream, port));
                }
                // Out of file handles: some connection will end.
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn connection(sim: Arc<Sim>, stream: TcpStream, port: Port) {
    match port {
        Port::Http => plain(sim, stream).await,
        Port::Https(local) => with_tls(sim, stream, local).await,
        Port::Proxy => proxy::serve(sim, stream).await,
    }
}

/// What speaks http on a stream.
pub(super) async fn plain(sim: Arc<Sim>, stream: impl AsyncRead + AsyncWrite + Unpin) {
    speak(sim, stream, Connection::new(None, LOCAL)).await;
}

/// What speaks TLS on a stream. The certificate is that of the host whose name is asked for.
pub(super) async fn with_tls(sim: Arc<Sim>, stream: impl AsyncRead + AsyncWrite + Unpin, local: &str) {
    let Ok(start) = LazyConfigAcceptor::new(Acceptor::default(), stream).await else { return };
    let name = start.client_hello().server_name().map(str::to_owned);
    let served = served_host(&sim, name.as_deref(), local).and_then(|(name, host)| {
        let kind = host.https?;
        sim.identities.get(&sim.authority, &name, kind)
    });
    let Some(served) = served else { return };
    let Ok(stream) = start.into_stream(served.config).await else { return };
    speak(sim, stream, Connection::new(Some(Tls { binding: served.binding }), local)).await;
}

async fn speak(sim: Arc<Sim>, stream: impl AsyncRead + AsyncWrite + Unpin, connection: Connection) {
    sim.counters.count(|counts| counts.connections += 1);
    let (sim, connection) = (&sim, &connection);
    let service =
        service_fn(
            move |request| async move { answer(sim, connection, request).await.into_response().await },
        );
    // How a connection ends is the client's business, or was asked for.
    let _ =
        http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await;
}
