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
//! | `search` | finding the mailbox of a user |
//! | `reading` | reading a mailbox, afresh or from where the last reading ended |
//! | `round` | what a round of requests makes of the appointments known before |
//! | `backend` | all of it as the scheduler sees it |
//! | `missing` | what is told of a user without a mailbox |
//! | `classify` | how it is told from a status, an error code or a failed connection |

mod answer;
mod backend;
mod classify;
mod client;
mod endpoints;
mod event;
mod link;
mod mailbox;
mod missing;
mod reading;
mod round;
mod search;
mod token;
mod zone;

pub use client::{Graph, requests};
pub use endpoints::Overrides;
