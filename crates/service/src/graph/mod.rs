//! Microsoft Graph: the few requests that the service needs, and what its answers mean.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `endpoints` | the hosts of Microsoft's clouds, and how tests and proxies move them |
//! | `link` | next and delta links without the host they name |
//! | `token` | the access token |
//! | `client` | one request, from the token to the bytes of the answer |
//! | `mailbox` | the requests: calendar view, series masters, accounts, time zone |
//! | `answer` | reading calendar views |
//! | `event` | what an answer says of an event |
//! | `zone` | names of time zones |
//! | `backoff` | how long to wait after failures |
//! | `error` | what may go wrong |
//! | `classify` | how it is told from a status, an error code or a failed connection |

mod answer;
mod backoff;
mod classify;
mod client;
mod endpoints;
mod error;
mod event;
mod link;
mod mailbox;
mod token;
mod zone;

pub use answer::{Next, Page};
pub use backoff::backoff;
pub use classify::permission_missing;
pub use client::Graph;
pub use endpoints::Overrides;
pub use error::{Advice, Error};
pub use event::{Change, Event, Kind, Point, Properties};
pub use link::Link;
pub use mailbox::Account;
