//! The websocket to the service.

use std::error::Error;
use std::io;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt, stream};
use tokio::net::{TcpSocket, TcpStream, lookup_host};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async_tls_with_config};

use crate::frame::{self, Fault, text_of};
use crate::options::Options;

pub(crate) type Wire = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// A close frame holds no more text, its code aside.
const MAX_REASON: usize = 123;

/// Nobody waits longer for a service that reads nothing.
pub(super) const FAREWELL: Duration = Duration::from_secs(1);

pub(crate) struct Socket {
    pub wire: Wire,
}

impl Socket {
    pub(crate) async fn open(options: &Options) -> Result<Self, Fault> {
        let url = options.websocket_url();
        let unreachable = |error: &dyn Error| Fault::Unreachable(format!("cannot connect to {url}: {error}"));
        let request = url.as_str().into_client_request().map_err(|error| unreachable(&error))?;
        let uri = request.uri();
        let port = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("wss") { 443 } else { 80 });
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let tcp = dial(&host, port, options.receive_buffer).await.map_err(|error| unreachable(&error))?;
        let (wire, _) = client_async_tls_with_config(request, tcp, Some(frame::limits()), None)
            .await
            .map_err(|error| unreachable(&error))?;
        Ok(Self { wire })
    }

    pub(crate) async fn send(&mut self, message: &serde_json::Value) -> Result<(), Fault> {
        self.wire.send(Message::text(message.to_string())).await.map_err(|_| Fault::Gone)
    }

    pub(crate) async fn receive(&mut self) -> Result<String, Fault> {
        loop {
            if let Some(text) = text_of(self.wire.next().await)? {
                return Ok(text);
            }
        }
    }

    /// Says why, and closes.
    pub(crate) async fn refuse(&mut self, reason: &str) {
        // Whether it arrives is the service's affair: the connection ends either way.
        let _ = tokio::time::timeout(FAREWELL, self.wire.send(refusal(reason))).await;
    }
}

async fn dial(host: &str, port: u16, receive_buffer: Option<u32>) -> io::Result<TcpStream> {
    let mut failure = io::Error::from(io::ErrorKind::NotFound);
    for address in lookup_host((host, port)).await? {
        let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        if let Some(size) = receive_buffer {
            socket.set_recv_buffer_size(size)?;
        }
        match socket.connect(address).await {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                return Ok(stream);
            }
            Err(error) => failure = error,
        }
    }
    Err(failure)
}

fn refusal(reason: &str) -> Message {
    let reason = reason.get(..reason.floor_char_boundary(MAX_REASON)).unwrap_or_default().into();
    Message::Close(Some(CloseFrame { code: CloseCode::Policy, reason }))
}

/// What a session sends. It goes through a task of its own, so that a service that does not read cannot keep
/// the PBX from reading.
#[derive(Debug)]
pub(crate) enum Outgoing {
    Message(serde_json::Value),
    Refusal(String),
}

/// Sends until the channel closes, the connection breaks or a refusal is sent.
pub(crate) async fn send_all(
    mut wire: stream::SplitSink<Wire, Message>,
    mut outgoing: tokio::sync::mpsc::UnboundedReceiver<Outgoing>,
) {
    while let Some(next) = outgoing.recv().await {
        let sent = match next {
            Outgoing::Message(message) => wire.send(Message::text(message.to_string())).await,
            Outgoing::Refusal(reason) => {
                let _ = wire.send(refusal(&reason)).await;
                return;
            }
        };
        if sent.is_err() {
            return;
        }
    }
}
