//! What `ewsDebug` shows, and what is counted. Never texts, addresses, logins, cookies or tokens.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use hyper::header::HeaderMap;
use tokio::sync::mpsc::UnboundedSender;
use tracing::info;
use url::Url;

use super::session::Open;
use super::state::Metrics;
use super::trouble::Trouble;
use super::wire::Answer;
use super::xml::Reader;
use crate::source::pseudonym::pseudonym;

/// An outline names so many elements at most.
const MAX_NAMES: usize = 64;

/// Writes lines while somebody wants them.
pub struct Log {
    on: Arc<AtomicBool>,
    metrics: Metrics,
    /// Whoever watches a search for the server.
    watcher: Option<UnboundedSender<Seen>>,
}

/// What is seen of a search for the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// A candidate is asked.
    Asked(String),
    /// It sends elsewhere.
    Sent(String),
    /// It has led to the server.
    Found,
    /// It has not, and why.
    Nothing(String),
    /// It sends to a host that does not belong to the domain.
    Stranger(String),
    /// There is no use in asking any other, and why.
    Stopped(Option<Trouble>),
}

/// What a line is about.
pub struct Line {
    operation: &'static str,
    mailbox: String,
}

impl Line {
    /// An operation for a mailbox.
    pub fn new(operation: &'static str, mailbox: &str) -> Self {
        Self { operation, mailbox: pseudonym(mailbox) }
    }
}

impl Log {
    /// `on` is turned on and off while it works.
    pub fn new(on: Arc<AtomicBool>, metrics: Metrics, watcher: Option<UnboundedSender<Seen>>) -> Self {
        Self { on, metrics, watcher }
    }

    /// Tells whoever watches a search.
    pub fn seen(&self, seen: impl FnOnce() -> Seen) {
        if let Some(watcher) = &self.watcher {
            // Nobody may be there any more.
            let _ = watcher.send(seen());
        }
    }

    /// The counters.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// A request with its answer.
    pub fn request(&self, line: &Line, began: Instant, answer: &Result<Answer, Trouble>, code: &str) {
        self.metrics.requests.with_label_values(&[line.operation, code]).inc();
        if !self.is_on() {
            return;
        }
        let ms = milliseconds(began);
        let Line { operation, mailbox } = line;
        if let Ok(Answer { status, headers, body }) = answer {
            let (request_id, server) = (header(headers, "request-id"), header(headers, "x-feserver"));
            let (status, bytes, xml) = (status.as_u16(), body.len(), outline(body));
            info!(operation, mailbox, status, code, ms, bytes, request_id, server, xml, "EWS request");
        } else {
            info!(operation, mailbox, code, ms, "EWS request");
        }
    }

    /// A request whose answer does not end.
    pub fn opened(&self, line: &Line, began: Instant, open: &Result<Open, Trouble>) {
        let code = word(open.as_ref().err());
        self.metrics.requests.with_label_values(&[line.operation, code.as_str()]).inc();
        if !self.is_on() {
            return;
        }
        let ms = milliseconds(began);
        let Line { operation, mailbox } = line;
        if let Ok((_, response)) = open {
            let (request_id, server) =
                (header(response.headers(), "request-id"), header(response.headers(), "x-feserver"));
            let status = response.status().as_u16();
            info!(operation, mailbox, status, code, ms, request_id, server, "EWS stream");
        } else {
            info!(operation, mailbox, code, ms, "EWS stream");
        }
    }

    /// The end of a stream.
    pub fn stream_end(&self, anchor: &str, reason: &'static str) {
        self.metrics.stream_ends.with_label_values(&[reason]).inc();
        if self.is_on() {
            info!(mailbox = pseudonym(anchor), reason, "EWS stream has ended");
        }
    }

    /// What came of asking a candidate of Autodiscover.
    pub fn candidate(&self, url: &Url, outcome: &str) {
        if self.is_on() {
            let (scheme, host) = (url.scheme(), url.host_str().unwrap_or_default());
            info!(scheme, host, outcome, "Autodiscover candidate");
        }
    }

    fn is_on(&self) -> bool {
        self.on.load(Ordering::Relaxed)
    }
}

/// One word for what came of a request.
pub fn word(trouble: Option<&Trouble>) -> String {
    match trouble {
        None => "NoError".to_owned(),
        Some(Trouble::Code(failure)) if failure.code.is_empty() => "unknown".to_owned(),
        Some(Trouble::Code(failure)) => failure.code.clone(),
        Some(Trouble::Busy(_)) => "ErrorServerBusy".to_owned(),
        Some(Trouble::Status(status)) => status.to_string(),
        Some(Trouble::Unreachable(advice) | Trouble::Cut(advice) | Trouble::NoAccess(advice)) => {
            advice.code.to_owned()
        }
    }
}

fn milliseconds(began: Instant) -> u64 {
    u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// A header that helps to find the request in the server's log. Others write it, so only a word comes through.
fn header(headers: &HeaderMap, name: &str) -> String {
    let value = headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_')).take(64).collect()
}

/// The names of the elements of a document, each once, in the order in which they first come; no text of theirs.
fn outline(document: &[u8]) -> String {
    let mut names: Vec<String> = Vec::new();
    let walked = Reader::new(document).and_then(|mut reader| {
        let mut depth = 1_usize;
        while depth > 0 {
            match reader.child()? {
                None => depth -= 1,
                Some(start) => {
                    depth += 1;
                    if names.len() < MAX_NAMES && !names.contains(&start.name) {
                        names.push(start.name);
                    }
                }
            }
        }
        Ok(())
    });
    let end = if walked.is_ok() { "" } else { " (not XML)" };
    for name in &mut names {
        name.retain(|c| c.is_ascii_alphanumeric());
    }
    names.join(" ") + end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_has_names_and_no_texts() {
        let document =
            br#"<a:Envelope xmlns:a="x"><a:Item Id="secret">Title<b>1</b></a:Item><a:Item/></a:Envelope>"#;
        assert_eq!(outline(document), "Envelope Item b");
        assert_eq!(outline(b"<html>Title"), "html (not XML)");
    }
}
