//! The AppWebsocket of the innovaphone platform: JSON messages over a websocket, a login by challenge and
//! digest, and a session key that hides single fields.
//!
//! This crate is the part of it that needs no socket: its messages, the
//! [digest](Credentials::digest) and the [session key](SessionKey). The service answers with it, the plugin
//! asks with it.
//!
//! ```
//! use appwebsocket::Credentials;
//!
//! let login = Credentials { app: "pbxadminapi", ..Credentials::default() };
//! assert_eq!(
//!     login.digest("0123456789abcdef", "pwd"),
//!     "a205299ed2ef2786c311e0be1b14db343f2cadd906a6ae7b564eee34bda5e9a1"
//! );
//! ```
//!
//! Source of the facts: the pages *AppWebsocket* and *innovaphone.appwebsocket.Connection* of the innovaphone
//! App SDK, 13r1 to 14r1.

mod digest;
mod message;
mod session_key;

pub use digest::{Credentials, digests_match};
pub use message::{
    AppChallengeResult, AppCheckLogin, AppInfo, AppLogin, AppLoginResult, CheckBuild, Envelope,
    MAX_MESSAGE_BYTES, PbxInfo,
};
pub use session_key::SessionKey;
