//! What waits to be sent on a connection. The connection never waits for its client to read; a client that reads
//! too slowly is dropped.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::SinkExt;
use futures_util::stream::SplitSink;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// The way to the writer of a connection.
#[derive(Clone)]
pub(crate) struct Outbox {
    queue: mpsc::UnboundedSender<Message>,
    waiting: Arc<AtomicUsize>,
    limit: usize,
    overflow: CancellationToken,
}

impl Outbox {
    /// An outbox and the task that empties it into the socket.
    pub fn new(sink: SplitSink<WebSocket, Message>, limit: usize) -> (Self, JoinHandle<()>) {
        let (queue, messages) = mpsc::unbounded_channel();
        let waiting = Arc::new(AtomicUsize::new(0));
        let writer = tokio::spawn(write(sink, messages, Arc::clone(&waiting)));
        (Self { queue, waiting, limit, overflow: CancellationToken::new() }, writer)
    }

    /// One whose messages nobody reads.
    #[cfg(test)]
    pub fn to_nobody() -> Self {
        let (queue, _) = mpsc::unbounded_channel();
        Self { queue, waiting: Arc::default(), limit: usize::MAX, overflow: CancellationToken::new() }
    }

    /// Sends a text, unless too much waits already: then the connection [overflows](Self::overflowed).
    pub fn send(&self, text: String) {
        let length = text.len();
        if self.waiting.fetch_add(length, Ordering::Relaxed) + length > self.limit {
            self.overflow.cancel();
        } else {
            // Fails when the writer has ended, which the connection notices by itself.
            let _ = self.queue.send(Message::Text(text.into()));
        }
    }

    /// Sends the end of the connection and its reason.
    pub fn close(&self, code: u16, reason: &'static str) {
        let _ = self.queue.send(Message::Close(Some(CloseFrame { code, reason: reason.into() })));
    }

    /// Resolves once more waits than may.
    pub async fn overflowed(&self) {
        self.overflow.cancelled().await;
    }
}

async fn write(
    mut sink: SplitSink<WebSocket, Message>,
    mut messages: mpsc::UnboundedReceiver<Message>,
    waiting: Arc<AtomicUsize>,
) {
    while let Some(message) = messages.recv().await {
        let is_last = matches!(message, Message::Close(_));
        let length = match &message {
            Message::Text(text) => text.len(),
            _ => 0,
        };
        if sink.send(message).await.is_err() || is_last {
            return;
        }
        waiting.fetch_sub(length, Ordering::Relaxed);
    }
}
