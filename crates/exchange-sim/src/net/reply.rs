//! An answer before it is given to its connection.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::Response;
use hyper::body::Bytes;
use tokio::sync::mpsc;

use super::body::{Closed, Outgoing};

/// Pieces one after another, compressed.
pub(crate) fn gzip<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    for piece in pieces {
        // Writing to memory does not fail.
        let _ = encoder.write_all(piece);
    }
    encoder.finish().unwrap_or_default().into()
}

/// What an answer says.
#[derive(Debug)]
pub(crate) enum Content {
    Whole(Bytes),
    Stream(mpsc::Receiver<Result<Bytes, Closed>>),
    /// A beginning, and what comes after it again and again.
    Endless(Bytes, Bytes),
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) content: Content,
    /// The connection is closed after so many bytes.
    pub(crate) cut: Option<usize>,
    pub(crate) ending: Ending,
}

/// Whether there is an answer at all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Ending {
    #[default]
    Answer,
    Drop,
    Silence,
}

impl Reply {
    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        let headers = vec![("content-type".to_owned(), content_type.to_owned())];
        Self { status, headers, content: Content::Whole(body.into()), cut: None, ending: Ending::Answer }
    }

    pub(crate) fn xml(status: u16, body: impl Into<Bytes>) -> Self {
        Self::new(status, "text/xml; charset=utf-8", body)
    }

    pub(crate) fn html(status: u16, title: &str) -> Self {
        let page = format!(
            "<!DOCTYPE html><html><head><title>{title}</title><link rel=stylesheet href=a.css></head><body><h1>{title}\
             </h1><br><p>Sign in to continue &nbsp;</body></html>"
        );
        Self::new(status, "text/html; charset=utf-8", page)
    }

    pub(crate) fn empty(status: u16) -> Self {
        Self { headers: Vec::new(), ..Self::new(status, "", Bytes::new()) }
    }

    pub(crate) fn ending(ending: Ending) -> Self {
        Self { ending, ..Self::empty(0) }
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// As IIS sends it to clients that understand it. What streams stays as it is.
    pub(crate) fn compressed(self) -> Self {
        match &self.content {
            Content::Whole(bytes) if !bytes.is_empty() && !self.is_encoded() => {
                let content = Content::Whole(gzip(std::iter::once(bytes.as_ref())));
                Self { content, ..self }.with("content-encoding", "gzip").with("vary", "Accept-Encoding")
            }
            _ => self,
        }
    }

    fn is_encoded(&self) -> bool {
        self.headers.iter().any(|(name, _)| name == "content-encoding")
    }

    /// What hyper sends; an error makes it close the connection without an answer.
    pub(super) async fn into_response(self) -> Result<Response<Outgoing>, Closed> {
        match self.ending {
            Ending::Answer => {}
            Ending::Drop => return Err(Closed),
            Ending::Silence => std::future::pending().await,
        }
        let mut builder = Response::builder().status(self.status);
        for (name, value) in &self.headers {
            builder = builder.header(name, value);
        }
        if let (Some(_), Content::Whole(bytes)) = (self.cut, &self.content) {
            builder = builder.header("content-length", bytes.len());
        }
        builder.body(Outgoing::new(self.content, self.cut)).map_err(|_| Closed)
    }
}
