//! One websocket: the loop that carries a session over it.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tracing::debug;

use crate::client::Client;
use crate::places::Place;
use crate::service::Service;
use crate::session::{Close, Frame, Frames, Outbox, Session};

/// How long a client gets to read the reason why its connection is closed.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

/// Why a connection ends.
enum End {
    /// The client has gone, does not read, or has to make room for others.
    Gone,
    /// It closes the connection.
    Closed,
    /// We close it.
    Close(Close),
}

/// The two directions of a websocket, and what else ends it.
struct Connection {
    stream: SplitStream<WebSocket>,
    writer: JoinHandle<()>,
    outbox: Outbox,
    place: Arc<Place>,
}

/// Serves a connection to its end.
pub(super) async fn serve(service: Arc<Service>, client: Client, place: Arc<Place>, socket: WebSocket) {
    let (sink, stream) = socket.split();
    let (outbox, frames) = Outbox::new(service.limits.outbox_bytes);
    let writer = tokio::spawn(write(sink, frames));
    let mut session = Session::new(service, client, Arc::clone(&place), outbox.clone());
    let mut connection = Connection { stream, writer, outbox, place };
    let end = loop {
        if let Err(end) = connection.next(&mut session).await {
            break end;
        }
    };
    if let End::Close(Close { reason, .. }) = end {
        debug!(address = %client.address, reason, "closing a websocket");
    }
    connection.end(end).await;
}

impl Connection {
    /// Waits for something to happen and deals with it.
    async fn next(&mut self, session: &mut Session) -> Result<(), End> {
        tokio::select! {
            biased;
            () = self.outbox.overflowed() => Err(End::Gone),
            () = self.place.evicted() => Err(End::Gone),
            // It cannot write any more, so what the client says leads to nothing.
            _ = &mut self.writer => Err(End::Gone),
            attended = session.attend() => attended.map_err(End::Close),
            message = self.stream.next() => receive(session, message).await,
        }
    }

    async fn end(mut self, end: End) {
        let abort = self.writer.abort_handle();
        // Reading on sends what the library answers to a close, and takes in what the client had sent before ours.
        let read_on = async { while let Some(Ok(_)) = self.stream.next().await {} };
        match end {
            End::Gone => {}
            End::Closed => {
                let _ = timeout(CLOSE_TIMEOUT, read_on).await;
            }
            End::Close(close) => {
                self.outbox.close(close);
                let _ = timeout(CLOSE_TIMEOUT, async { tokio::join!(read_on, self.writer) }).await;
            }
        }
        abort.abort();
    }
}

async fn receive(session: &mut Session, message: Option<Result<Message, axum::Error>>) -> Result<(), End> {
    match message {
        // Answers to some messages need much room, which a silent session is not to occupy.
        Some(Ok(Message::Text(text))) => Box::pin(session.receive(&text)).await.map_err(End::Close),
        Some(Ok(Message::Binary(_))) => Err(End::Close(Close {
            code: close_code::UNSUPPORTED,
            reason: "binary messages are not understood",
        })),
        // Pings are answered by the library.
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => {
            session.heard();
            Ok(())
        }
        Some(Ok(Message::Close(_))) => Err(End::Closed),
        None => Err(End::Gone),
        Some(Err(error)) => Err(failed(error)),
    }
}

/// What the library says about frames that it cannot read.
fn failed(error: axum::Error) -> End {
    use tungstenite::Error;
    debug!(%error, "websocket");
    End::Close(match error.into_inner().downcast_ref::<Error>() {
        Some(Error::Capacity(_)) => Close::TOO_LONG,
        Some(Error::Utf8(_)) => Close { code: close_code::INVALID, reason: "the message is not UTF-8" },
        Some(Error::Protocol(_)) => Close { code: close_code::PROTOCOL, reason: "not a websocket frame" },
        _ => return End::Gone,
    })
}

/// Empties the outbox into the websocket.
async fn write(mut sink: SplitSink<WebSocket, Message>, mut frames: Frames) {
    while let Some(frame) = frames.next().await {
        let (message, length, is_last) = match frame {
            Frame::Text(text) => {
                let length = text.len();
                (Message::Text(text.into()), length, false)
            }
            Frame::Ping => (Message::Ping(axum::body::Bytes::new()), 0, false),
            Frame::Close(Close { code, reason }) => {
                (Message::Close(Some(CloseFrame { code, reason: reason.into() })), 0, true)
            }
        };
        if sink.send(message).await.is_err() || is_last {
            return;
        }
        frames.sent(length);
    }
}
