//! One connection, and what goes over it.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{CONTENT_ENCODING, HeaderMap};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use url::Url;

use super::reach;
use super::trouble::Trouble;

/// Who sends nothing for so long will send nothing more.
pub const SILENCE: Duration = Duration::from_secs(30);

/// A connection. Whoever has it is alone with it; it ends when it is dropped.
pub struct Wire {
    sender: SendRequest<Full<Bytes>>,
    certificate: Option<Vec<u8>>,
    task: JoinHandle<()>,
}

/// An answer, whole.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, no longer compressed.
    pub body: Vec<u8>,
}

impl Wire {
    /// Speaks HTTP/1.1 over a stream.
    pub async fn new<S>(stream: S, certificate: Option<Vec<u8>>) -> hyper::Result<Self>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        let task = tokio::spawn(async move {
            // How it ends is seen by whoever waits for an answer.
            let _ = connection.await;
        });
        Ok(Self { sender, certificate, task })
    }

    /// The certificate that the server has shown, in DER.
    pub fn certificate(&self) -> Option<&[u8]> {
        self.certificate.as_deref()
    }

    /// Whether it can take a further request.
    pub fn is_open(&self) -> bool {
        !self.sender.is_closed()
    }

    /// Sends a request; the body of the answer is still to come.
    pub async fn send(&mut self, request: Request<Full<Bytes>>) -> Result<Response<Incoming>, NoAnswer> {
        let exchange = async {
            self.sender.ready().await?;
            self.sender.send_request(request).await
        };
        match timeout(SILENCE, exchange).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(_)) => Err(NoAnswer::Broke),
            Err(_) => Err(NoAnswer::Silent),
        }
    }
}

/// Why nothing came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// The connection broke, or had been closed before.
    Broke,
    /// The server has not said a word.
    Silent,
}

impl NoAnswer {
    /// As it is told.
    pub fn trouble(self, url: &Url) -> Trouble {
        match self {
            Self::Broke => reach::broke(url),
            Self::Silent => reach::silent(url),
        }
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Reads an answer to its end, if it is no longer than that.
pub async fn collect(url: &Url, response: Response<Incoming>, limit: usize) -> Result<Answer, Trouble> {
    let (parts, mut body) = response.into_parts();
    let mut bytes = BytesMut::new();
    while let Some(frame) = timeout(SILENCE, body.frame()).await.map_err(|_| reach::silent(url))? {
        let frame = frame.map_err(|_| reach::broke(url))?;
        let Some(data) = frame.data_ref() else { continue };
        if bytes.len() + data.len() > limit {
            return Err(reach::too_long(url));
        }
        bytes.extend_from_slice(data);
    }
    let encoding = parts.headers.get(CONTENT_ENCODING).map(|value| value.as_bytes().to_ascii_lowercase());
    let body = match encoding.as_deref() {
        None | Some(b"identity") => bytes.to_vec(),
        Some(b"gzip") => unpack(&bytes, limit).ok_or_else(|| reach::too_long(url))?,
        Some(_) => return Err(reach::unreadable(url, parts.status.as_u16())),
    };
    Ok(Answer { status: parts.status, headers: parts.headers, body })
}

/// What was compressed, unless it is longer than that or broken.
fn unpack(bytes: &[u8], limit: usize) -> Option<Vec<u8>> {
    use std::io::Read;
    let mut body = Vec::new();
    let most = u64::try_from(limit).ok()?.checked_add(1)?;
    flate2::read::MultiGzDecoder::new(bytes).take(most).read_to_end(&mut body).ok()?;
    (body.len() <= limit).then_some(body)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn what_unpacks_to_more_than_the_limit_is_refused() {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(&vec![b'x'; 1 << 20]).unwrap();
        let packed = packed.finish().unwrap();
        assert!(packed.len() < 4096);
        assert_eq!(unpack(&packed, 1 << 20).map(|body| body.len()), Some(1 << 20));
        assert_eq!(unpack(&packed, (1 << 20) - 1), None);
        assert_eq!(unpack(&packed[..packed.len() / 2], 1 << 20), None);
    }
}
