//! Finding the server (Autodiscover), without ever giving a password to a stranger.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `places` | which hosts may be asked, and which of them may see credentials |
//! | `plain` | the request without SOAP and its answer |
//! | `search` | asking one candidate after the other |
//! | `users` | the addresses of many mailboxes at once, over SOAP |

mod places;
mod plain;
mod search;
mod users;

pub use places::{Places, is_online};
pub use search::{Discovered, Search, Undiscovered};
pub use users::{Home, homes};
