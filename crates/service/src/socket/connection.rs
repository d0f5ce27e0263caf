//! One connection: what it knows, and the loop that serves it.

use std::sync::Arc;
use std::time::Duration;

use appwebsocket::{MAX_MESSAGE_BYTES, SessionKey};
use axum::extract::ws::{Message, WebSocket, close_code};
use futures_util::StreamExt;
use futures_util::stream::SplitStream;
use serde::Serialize;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until, timeout};
use tracing::{debug, error};

use super::config::ConfigUpdates;
use super::outbox::Outbox;
use super::reply::{Outgoing, Request};
use super::rights::Rights;
use super::status::StatusUpdates;
use crate::client::Client;
use crate::pbx::Guard;
use crate::service::Service;
use crate::status::Status;
use crate::store::Stored;

/// How long a client gets to read the reason why its connection is closed.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

/// What a connection knows.
pub(super) struct Connection {
    pub service: Arc<Service>,
    pub client: Client,
    pub outbox: Outbox,
    /// Given and not yet used.
    pub challenge: Option<String>,
    pub rights: Rights,
    /// From the login on.
    pub session_key: Option<SessionKey>,
    pub config: ConfigUpdates,
    pub status: Option<StatusUpdates>,
    pub pbx: Option<Guard>,
}

/// Why a connection ends.
enum End {
    /// The client has gone.
    Gone,
    /// It closes the connection.
    Closed,
    /// It does not read.
    Overflow,
    /// We close it, with a code and a reason.
    Close(u16, &'static str),
}

/// What a connection waits for.
struct Events {
    stream: SplitStream<WebSocket>,
    login_deadline: Instant,
    settings: watch::Receiver<Arc<Stored>>,
    status: watch::Receiver<Status>,
}

impl Connection {
    /// Serves a connection to its end.
    pub async fn serve(service: Arc<Service>, client: Client, socket: WebSocket) {
        service.metrics.websockets.inc();
        let (sink, stream) = socket.split();
        let (outbox, writer) = Outbox::new(sink, service.limits.outbox_bytes);
        let events = Events {
            stream,
            login_deadline: Instant::now() + service.limits.login,
            settings: service.configuration.watch(),
            status: service.status.watch(),
        };
        let mut connection = Self {
            client,
            outbox,
            challenge: None,
            rights: Rights::None,
            session_key: None,
            config: ConfigUpdates::default(),
            status: None,
            pbx: None,
            service,
        };
        connection.run(events, writer).await;
        connection.service.metrics.websockets.dec();
        if connection.pbx.take().is_some() {
            connection.refresh_status();
        }
    }

    async fn run(&mut self, mut events: Events, writer: JoinHandle<()>) {
        let abort = writer.abort_handle();
        let end = loop {
            if let Err(end) = self.next(&mut events).await {
                break end;
            }
        };
        // Reading on sends what the library answers to a close, and takes in what the client had sent before ours.
        let read_on = async { while let Some(Ok(_)) = events.stream.next().await {} };
        match end {
            End::Gone | End::Overflow => {}
            End::Closed => {
                let _ = timeout(CLOSE_TIMEOUT, read_on).await;
            }
            End::Close(code, reason) => {
                debug!(address = %self.client.address, reason, "closing a websocket");
                self.outbox.close(code, reason);
                let _ = timeout(CLOSE_TIMEOUT, async { tokio::join!(read_on, writer) }).await;
            }
        }
        abort.abort();
    }

    /// Waits for something to happen and deals with it.
    async fn next(&mut self, events: &mut Events) -> Result<(), End> {
        let may_configure = self.rights == Rights::Manager;
        let status_due = self.status.as_ref().and_then(StatusUpdates::due);
        let closing = self.pbx.as_ref().map(Guard::closing);
        tokio::select! {
            biased;
            () = self.service.stop.cancelled() => Err(End::Close(close_code::AWAY, "the service stops")),
            () = self.outbox.overflowed() => Err(End::Overflow),
            () = async { closing.unwrap_or_default().cancelled().await }, if self.pbx.is_some() => {
                Err(End::Close(close_code::AWAY, "the PBX answers nothing"))
            }
            () = sleep_until(events.login_deadline), if self.session_key.is_none() => {
                Err(End::Close(close_code::POLICY, "no login within 30 s"))
            }
            Ok(()) = events.settings.changed(), if may_configure => {
                let stored = Arc::clone(&events.settings.borrow_and_update());
                self.config_update(&stored);
                Ok(())
            }
            Ok(()) = events.status.changed(), if self.status.is_some() => {
                let status = events.status.borrow_and_update().clone();
                self.status_changed(status);
                Ok(())
            }
            () = sleep_until(status_due.unwrap_or(events.login_deadline)), if status_due.is_some() => {
                self.status_update();
                Ok(())
            }
            message = events.stream.next() => self.receive(message).await,
        }
    }

    async fn receive(&mut self, message: Option<Result<Message, axum::Error>>) -> Result<(), End> {
        match message {
            Some(Ok(Message::Text(text))) if text.len() > MAX_MESSAGE_BYTES => {
                Err(End::Close(close_code::SIZE, "the message is longer than 65535 bytes"))
            }
            Some(Ok(Message::Text(text))) => {
                self.dispatch(&text).await.map_err(|reason| End::Close(close_code::INVALID, reason))
            }
            Some(Ok(Message::Binary(_))) => {
                Err(End::Close(close_code::UNSUPPORTED, "binary messages are not understood"))
            }
            // Pings are answered by the library.
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
            Some(Ok(Message::Close(_))) => Err(End::Closed),
            None => Err(End::Gone),
            Some(Err(error)) => Err(self.failed(error)),
        }
    }

    /// What the library says about frames that it cannot read.
    fn failed(&self, error: axum::Error) -> End {
        use tungstenite::Error;
        debug!(address = %self.client.address, %error, "websocket");
        match error.into_inner().downcast_ref::<Error>() {
            Some(Error::Capacity(_)) => {
                End::Close(close_code::SIZE, "the message is longer than 65535 bytes")
            }
            Some(Error::Utf8(_)) => End::Close(close_code::INVALID, "the message is not UTF-8"),
            Some(Error::Protocol(_)) => End::Close(close_code::PROTOCOL, "not a websocket frame"),
            _ => End::Gone,
        }
    }

    /// Answers a request.
    pub fn reply(&self, request: Request<'_>, body: impl Serialize) {
        let mt = format!("{}Result", request.mt);
        self.send(&Outgoing { mt: &mt, api: request.api, body, src: request.src });
    }

    /// Sends a message.
    pub fn send(&self, message: &Outgoing<'_, impl Serialize>) {
        match message.to_text() {
            Ok(text) => self.outbox.send(text),
            Err(error) => error!(mt = message.mt, %error, "cannot write a message"),
        }
    }

    /// The status, in step with the settings.
    pub fn refresh_status(&self) -> Status {
        let stored = Arc::clone(&self.service.configuration.watch().borrow());
        self.service.status.refresh(&stored.settings)
    }
}
