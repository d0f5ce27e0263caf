//! Microsoft Graph: the few requests that the service needs, and what its answers mean.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `endpoints` | the hosts of Microsoft's clouds, and how tests and proxies move them |
//! | `link` | next and delta links without the host they name |
//! | `token` | the access token |
//! | `login_error` | what the login says instead of it |
//! | `client` | one request, from the token to the bytes of the answer |
//! | `mailbox` | the requests: calendar view, series masters, accounts, time zone |
//! | `answer` | reading calendar views |
//! | `skim` | what is kept of an answer that is too long |
//! | `field` | one field of an entry, readable or not |
//! | `event` | what an answer says of an event |
//! | `zone` | names of time zones |
//! | `search` | finding the mailbox of a user |
//! | `failures` | addresses that fail for ever |
//! | `organizer` | addresses of organizers who are named otherwise |
//! | `reading` | reading a mailbox, afresh or from where the last reading ended |
//! | `round` | what a round of requests makes of the appointments known before |
//! | `work` | what takes long is done beside the other tasks |
//! | `writing`, `written` | single appointments for the Calendar API |
//! | `mailboxes` | how requests name mailboxes |
//! | `backend` | all of it as the scheduler sees it |
//! | `steps` | the steps of a connection test |
//! | `missing` | what is told of a user without a mailbox |
//! | `foreign` | answers that something on the way gives in Microsoft's place |
//! | `classify` | how it is told from a status, an error code or a failed connection |

mod answer;
mod backend;
mod classify;
mod client;
pub(super) mod endpoints;
mod event;
mod failures;
mod field;
mod foreign;
mod link;
mod login_error;
mod mailbox;
mod mailboxes;
mod missing;
mod organizer;
mod reading;
mod round;
mod search;
mod skim;
mod steps;
pub(super) mod token;
mod work;
mod writing;
mod written;
mod zone;

pub use client::{Graph, requests};
pub use endpoints::Overrides;
pub(super) use foreign::answer as foreign_login;
pub(super) use login_error::LoginError;
pub use steps::GraphSteps;
