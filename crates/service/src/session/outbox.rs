//! What waits to be sent in a session. It never waits for its client to read; a client that reads too slowly is
//! dropped.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::Close;

/// What goes to the client.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// A message.
    Text(String),
    /// Asks for a sign of life.
    Ping,
    /// The end, and why.
    Close(Close),
}

/// The way to the client.
#[derive(Clone)]
pub(crate) struct Outbox {
    queue: mpsc::UnboundedSender<Frame>,
    waiting: Arc<AtomicUsize>,
    limit: usize,
    overflow: CancellationToken,
}

/// The other end of an outbox, which whatever carries the session empties.
pub(crate) struct Frames {
    queue: mpsc::UnboundedReceiver<Frame>,
    waiting: Arc<AtomicUsize>,
}

impl Outbox {
    /// An outbox in which so many bytes may wait.
    pub fn new(limit: usize) -> (Self, Frames) {
        let (sender, queue) = mpsc::unbounded_channel();
        let waiting = Arc::new(AtomicUsize::new(0));
        let frames = Frames { queue, waiting: Arc::clone(&waiting) };
        (Self { queue: sender, waiting, limit, overflow: CancellationToken::new() }, frames)
    }

    /// One whose messages nobody reads.
    #[cfg(test)]
    pub fn to_nobody() -> Self {
        Self::new(usize::MAX).0
    }

    /// Sends a text, unless too much waits already: then the session [overflows](Self::overflowed).
    pub fn send(&self, text: String) {
        let length = text.len();
        if self.waiting.fetch_add(length, Ordering::Relaxed) + length > self.limit {
            self.overflow.cancel();
        } else {
            self.put(Frame::Text(text));
        }
    }

    /// Asks for a sign of life.
    pub fn ping(&self) {
        self.put(Frame::Ping);
    }

    /// Sends the end of the session and its reason.
    pub fn close(&self, close: Close) {
        self.put(Frame::Close(close));
    }

    /// Resolves once more waits than may.
    pub async fn overflowed(&self) {
        self.overflow.cancelled().await;
    }

    fn put(&self, frame: Frame) {
        // Fails when nobody carries the session any more, which ends by itself then.
        let _ = self.queue.send(frame);
    }
}

impl Frames {
    /// The next one to be sent; none when the session has ended.
    pub async fn next(&mut self) -> Option<Frame> {
        self.queue.recv().await
    }

    /// The next one, if there is one already.
    #[cfg(test)]
    pub fn try_next(&mut self) -> Option<Frame> {
        self.queue.try_recv().ok()
    }

    /// A message of so many bytes waits no longer.
    pub fn sent(&self, bytes: usize) {
        self.waiting.fetch_sub(bytes, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_waits_is_counted_until_it_is_sent() {
        let (outbox, mut frames) = Outbox::new(10);
        outbox.send("12345678".to_owned());
        assert_eq!(frames.next().await, Some(Frame::Text("12345678".to_owned())));
        frames.sent(8);
        outbox.send("12345678".to_owned());
        assert!(!outbox.overflow.is_cancelled());
        outbox.send("123".to_owned());
        outbox.overflowed().await;
    }

    #[tokio::test]
    async fn frames_keep_their_order_and_end_with_the_session() {
        let (outbox, mut frames) = Outbox::new(10);
        let end = Close { code: 1001, reason: "over" };
        outbox.ping();
        outbox.close(end);
        drop(outbox);
        assert_eq!(frames.next().await, Some(Frame::Ping));
        assert_eq!(frames.next().await, Some(Frame::Close(end)));
        assert_eq!(frames.next().await, None);
    }
}
