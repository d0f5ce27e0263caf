//! TCP connections, with TLS or without, and HTTP on them.

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use socket2::{SockRef, TcpKeepalive};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;
use tracing::{debug, warn};

use crate::client::Peer;
use crate::service::Service;

/// A client must finish the TLS handshake, and then each head of a request, within this time.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);
/// Pause after the system has refused a connection, as when there are too many.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// After this silence the system asks whether a client is still there, and again until it gives up.
const KEEPALIVE: Duration = Duration::from_mins(1);

/// Accepts connections until the service ends.
pub(crate) async fn run(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    router: Router,
    service: Arc<Service>,
) {
    loop {
        let accepted = tokio::select! {
            () = service.stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, address)) => {
                let task = serve(stream, address, tls.clone(), router.clone(), Arc::clone(&service));
                service.connections.spawn(task);
            }
            Err(error) => {
                warn!(%error, "cannot accept a connection");
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

async fn serve(
    stream: TcpStream,
    address: SocketAddr,
    tls: Option<TlsAcceptor>,
    router: Router,
    service: Arc<Service>,
) {
    let peer = Peer { address, tls: tls.is_some() };
    if let Err(error) = prepare(&stream) {
        debug!(%address, %error, "connection");
    }
    let Some(tls) = tls else { return http(stream, peer, router, service).await };
    match timeout(HEAD_TIMEOUT, tls.accept(stream)).await {
        Ok(Ok(stream)) => http(stream, peer, router, service).await,
        Ok(Err(error)) => debug!(%address, %error, "TLS"),
        Err(_) => debug!(%address, "TLS: no handshake in time"),
    }
}

/// Small messages go at once; clients that have vanished without a word are noticed.
fn prepare(stream: &TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    SockRef::from(stream)
        .set_tcp_keepalive(&TcpKeepalive::new().with_time(KEEPALIVE).with_interval(KEEPALIVE / 4))
}

async fn http<S>(stream: S, peer: Peer, router: Router, service: Arc<Service>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let answer = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        router.clone().oneshot(request.map(Body::new))
    });
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIMEOUT)
            .serve_connection(TokioIo::new(stream), answer)
            .with_upgrades()
    );
    let served = tokio::select! {
        served = connection.as_mut() => served,
        () = service.stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = served {
        debug!(address = %peer.address, %error, "HTTP");
    }
}
