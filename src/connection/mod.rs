//! The AppWebsocket of the form: connects, logs in with a login that the host gives, finds the replies to requests,
//! and connects again after a break for as long as it is wanted.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `backoff` | how long to wait between attempts |
//! | `message` | what is said |
//! | `relay` | how the link of a relay on an App Platform stands |
//! | `values` | items as they come |
//! | `client` | the connection itself |

mod backoff;
mod client;
mod message;
mod relay;
mod values;

use wasm_bindgen::JsValue;

pub use client::{Connection, member};
pub use message::{CONFIG, Config, ConfigItems, Nothing, Outcome, Pbxs, Source, Status, WriteConfig};
pub use relay::Relay;
pub use values::{Items, Values};

/// Where the connection stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// The socket opens.
    Connecting,
    /// The socket is open, the login is awaited.
    LoggingIn,
    /// Logged in.
    Connected,
    /// Logged in at a relay, which has no link to the service.
    Away,
    /// Broken, and tried again after this many seconds.
    Waiting(Trouble, u32),
}

/// Why there is no connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The socket did not open, or it closed.
    Unreachable,
    /// The host gave no login; with what it said about that.
    NoLogin(String),
    /// The instance did not take the login.
    LoginRefused,
}

/// Why a request has no reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// There is no connection; nothing was sent.
    NotConnected,
    /// It was sent, and the connection broke or nothing came back.
    Lost,
    /// It is longer than a message may be; nothing was sent.
    TooLarge,
    /// The reply is not what it should be; with what is wrong with it.
    Unreadable(String),
}

/// What the connection tells without being asked.
#[derive(Debug)]
pub enum Event {
    /// It stands elsewhere now.
    State(State),
    /// Somebody else has written settings.
    Config(Config),
    /// The service does otherwise than before; as far as the form knows it, and as it came.
    Status(Status, JsValue),
    /// The link of a relay stands elsewhere.
    Relay(JsValue),
}
