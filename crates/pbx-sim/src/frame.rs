//! Frames: what is wrong with a message before anybody asks what it means.

use appwebsocket::MAX_MESSAGE_BYTES;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, Message};

use crate::violation::Rule;

/// Why a connection ends.
#[derive(Debug)]
pub(crate) enum Fault {
    /// There is nothing to connect to, and why.
    Unreachable(String),
    /// The connection is gone without a word.
    Gone,
    /// The other end closes it, and waits for an answer.
    Closed,
    /// The service broke a rule.
    Violation(Rule, String),
}

/// No message is longer than the platform's receive buffer.
pub(crate) fn limits() -> WebSocketConfig {
    WebSocketConfig::default()
        .max_message_size(Some(MAX_MESSAGE_BYTES))
        .max_frame_size(Some(MAX_MESSAGE_BYTES))
}

/// The text of a frame; `None` for those that carry none.
pub(crate) fn text_of(frame: Option<Result<Message, tungstenite::Error>>) -> Result<Option<String>, Fault> {
    match frame {
        Some(Ok(Message::Text(text))) => Ok(Some(text.as_str().to_owned())),
        Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => Ok(None),
        Some(Ok(Message::Close(_))) => Err(Fault::Closed),
        Some(Ok(Message::Binary(_))) => Err(Fault::Violation(Rule::Frame, "a binary frame".into())),
        Some(Err(tungstenite::Error::Capacity(_))) => {
            let detail = format!("a message of more than {MAX_MESSAGE_BYTES} bytes");
            Err(Fault::Violation(Rule::Frame, detail))
        }
        Some(Err(tungstenite::Error::Utf8(_))) => {
            Err(Fault::Violation(Rule::Frame, "a text frame that is no UTF-8".into()))
        }
        Some(Err(_)) | None => Err(Fault::Gone),
    }
}
