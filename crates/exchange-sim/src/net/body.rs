//! Bodies of answers: whole, streamed or endless, and cut off where a fault says so.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::sync::mpsc;
use tokio::time::Sleep;

use super::reply::Content;

/// The connection is to be closed.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("closed on demand")]
pub(crate) struct Closed;

/// A body on its way.
#[derive(Debug)]
pub(crate) struct Outgoing {
    source: Source,
    /// Bytes until the connection is closed.
    left: Option<usize>,
    pause: Option<Pin<Box<Sleep>>>,
}

#[derive(Debug)]
enum Source {
    Whole(Option<Bytes>),
    Stream(mpsc::Receiver<Result<Bytes, Closed>>),
    /// A beginning, and what is repeated after it.
    Endless(Option<Bytes>, Bytes),
}

impl Outgoing {
    pub(crate) fn new(content: Content, cut: Option<usize>) -> Self {
        let source = match content {
            Content::Whole(bytes) => Source::Whole(Some(bytes).filter(|bytes| !bytes.is_empty())),
            Content::Stream(receiver) => Source::Stream(receiver),
            Content::Endless(first, again) => Source::Endless(Some(first), again),
        };
        Self { source, left: cut, pause: None }
    }

    fn next(&mut self, context: &mut Context) -> Poll<Option<Result<Bytes, Closed>>> {
        match &mut self.source {
            Source::Whole(bytes) => Poll::Ready(bytes.take().map(Ok)),
            Source::Stream(receiver) => receiver.poll_recv(context),
            Source::Endless(first, again) => {
                Poll::Ready(Some(Ok(first.take().unwrap_or_else(|| again.clone()))))
            }
        }
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = Closed;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Closed>>> {
        let body = self.get_mut();
        if body.left == Some(0) {
            // While it waits for the rest, the server sends what it has; then it has to give up.
            let pause =
                body.pause.get_or_insert_with(|| Box::pin(tokio::time::sleep(Duration::from_millis(5))));
            return pause.as_mut().poll(context).map(|()| Some(Err(Closed)));
        }
        body.next(context).map(|bytes| {
            let mut bytes = match bytes? {
                Ok(bytes) => bytes,
                Err(closed) => return Some(Err(closed)),
            };
            if let Some(left) = &mut body.left {
                bytes.truncate(*left);
                *left -= bytes.len();
            }
            Some(Ok(Frame::data(bytes)))
        })
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.source, Source::Whole(None)) && self.left != Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        match (&self.source, self.left) {
            (Source::Whole(bytes), None) => SizeHint::with_exact(bytes.as_ref().map_or(0, Bytes::len) as u64),
            _ => SizeHint::default(),
        }
    }
}
