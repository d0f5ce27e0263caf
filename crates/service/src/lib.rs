//! The App Service `pbx-calendar`: serves the plugin and the apps, keeps the settings, and sets the presence
//! at the PBX.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `cli` | the command line |
//! | `argument` | arguments that several commands have |
//! | `explain` | the command that tells why a presence is what it is |
//! | `present` | the command that shows what a viewer sees |
//! | `serve` | how the service starts and ends |
//! | `service` | what all parts of the running service share |
//! | `server`, `tls` | TCP connections, with TLS or without |
//! | `client` | who is at the other end, also behind proxies |
//! | `http` | pages, files, try-out login, monitoring |
//! | `socket` | the `AppWebsocket` |
//! | `configuration` | the settings of the running service |
//! | `status` | what `GetStatus` tells |
//! | `pbx` | connected PBXs: their users, and presences written there |
//! | `sync` | from users and appointments to presences |
//! | `source` | from the PBX's users to their appointments |
//! | `json` | JSON from outside that is nearly right |
//! | `store`, `keyfile`, `vault` | what is on the disk, and how secrets are kept there |
//! | `paths`, `database_url` | where that is, unless the command line says otherwise |
//! | `log`, `metrics` | what it tells of its work |
//! | `demo` | a simulated PBX and a simulated calendar server, for newcomers |
//! | `zones` | time zones: their names and the rules in force |
//! | `throttle` | slows down whoever guesses passwords |

mod argument;
pub mod cli;
mod client;
mod configuration;
mod database_url;
#[cfg(feature = "demo")]
mod demo;
#[cfg(not(feature = "demo"))]
#[path = "no_demo.rs"]
mod demo;
mod explain;
mod http;
pub mod json;
mod keyfile;
mod log;
mod metrics;
mod paths;
mod pbx;
mod present;
mod serve;
mod server;
mod service;
mod socket;
pub mod source;
mod status;
mod store;
mod sync;
mod throttle;
mod tls;
mod vault;
mod zones;

pub use database_url::DatabaseUrl;
pub use serve::{Options, Running, start};
pub use service::Limits;
pub use tls::TlsFiles;
