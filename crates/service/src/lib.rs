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
//! | `session` | what a client of the `AppWebsocket` may do, and the answers to its messages |
//! | `socket` | the websocket that carries a session |
//! | `instance_password` | ends sessions when it has changed |
//! | `places`, `descriptors` | how many clients that have not logged in are served at the same time |
//! | `appointments` | appointments for other programs |
//! | `connection_test` | the connection test, step by step |
//! | `check` | the command that tests the connection |
//! | `configuration` | the settings of the running service |
//! | `status` | what `GetStatus` tells |
//! | `pbx` | connected PBXs: their users, and presences written there |
//! | `sync` | from users and appointments to presences |
//! | `source` | from the PBX's users to their appointments |
//! | `cut` | how much of what comes from outside is looked at |
//! | `json` | JSON from outside that is nearly right |
//! | `store`, `keyfile`, `vault` | what is on the disk, and how secrets are kept there |
//! | `paths`, `database_url` | where that is, unless the command line says otherwise |
//! | `log`, `metrics` | what it tells of its work |
//! | `demo` | a simulated PBX and a simulated calendar server, for newcomers |
//! | `zones` | time zones: their names and the rules in force |
//! | `throttle` | slows down whoever guesses passwords |

mod appointments;
mod argument;
mod check;
mod choices;
pub mod cli;
mod client;
mod configuration;
mod connection_test;
mod cut;
mod database_url;
#[cfg(feature = "demo")]
mod demo;
#[cfg(not(feature = "demo"))]
#[path = "no_demo.rs"]
mod demo;
mod demo_kind;
mod descriptors;
mod explain;
mod http;
mod instance_password;
pub mod json;
mod keyfile;
mod log;
mod metrics;
mod mine;
mod paths;
mod pbx;
mod places;
mod present;
mod serve;
mod server;
mod service;
mod session;
mod sign_in;
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
