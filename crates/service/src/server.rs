//! TCP connections, with TLS or without, and HTTP on them.

use std::io;
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
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::TlsAcceptor;
use tokio_util::io::InspectReader;
use tower::ServiceExt;
use tracing::{debug, warn};

use crate::client::Peer;
use crate::places::Place;
use crate::service::Service;

/// A client must finish the TLS handshake, and then each head of a request, within this time.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);
/// The head of a request, and whatever of its body comes along, must fit into so many bytes.
const MAX_HEAD_BYTES: usize = 16 * 1024;
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
                // Who has too many connections already is not worth an answer.
                let Some(place) = service.places.take(address.ip()) else { continue };
                let peer = Peer { address, tls: tls.is_some() };
                let task = serve(stream, peer, place, tls.clone(), router.clone(), Arc::clone(&service));
                service.connections.spawn(task);
            }
            Err(error) => {
                warn!(%error, "cannot accept a connection");
                service.places.make_room();
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

async fn serve(
    stream: TcpStream,
    peer: Peer,
    place: Arc<Place>,
    tls: Option<TlsAcceptor>,
    router: Router,
    service: Arc<Service>,
) {
    let Peer { address, .. } = peer;
    if let Err(error) = prepare(&stream, service.limits.write) {
        debug!(%address, %error, "connection");
    }
    let reading = Arc::clone(&place);
    let stream = InspectReader::new(stream, move |bytes: &[u8]| reading.has_read(bytes.len()));
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(service.limits.write));
    let stream = Box::pin(stream);
    let Some(tls) = tls else { return http(stream, peer, place, router, service).await };
    let accepted = tokio::select! {
        () = place.evicted() => return,
        accepted = timeout(HEAD_TIMEOUT, tls.accept(stream)) => accepted,
    };
    match accepted {
        Ok(Ok(stream)) => http(stream, peer, place, router, service).await,
        Ok(Err(error)) => debug!(%address, %error, "TLS"),
        Err(_) => debug!(%address, "TLS: no handshake in time"),
    }
}

/// Small messages go at once; clients that have vanished without a word are noticed, and so are those that do not
/// read what the system has taken over from us.
fn prepare(stream: &TcpStream, write: Duration) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let socket = SockRef::from(stream);
    socket.set_tcp_keepalive(&TcpKeepalive::new().with_time(KEEPALIVE).with_interval(KEEPALIVE / 4))?;
    socket.set_tcp_user_timeout(Some(write))
}

async fn http<S>(stream: S, peer: Peer, place: Arc<Place>, router: Router, service: Arc<Service>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let asking = Arc::clone(&place);
    let answer = service_fn(move |mut request: Request<Incoming>| {
        asking.seen();
        asking.is_complete();
        request.extensions_mut().insert(peer);
        request.extensions_mut().insert(Arc::clone(&asking));
        router.clone().oneshot(request.map(Body::new))
    });
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIMEOUT)
            .max_buf_size(MAX_HEAD_BYTES)
            .serve_connection(TokioIo::new(stream), answer)
            .with_upgrades()
    );
    let served = tokio::select! {
        served = connection.as_mut() => served,
        () = place.evicted() => return,
        () = service.stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = served {
        debug!(address = %peer.address, %error, "HTTP");
    }
}
