//! What the tests need: a service, clients for its two protocols, a PostgreSQL server.

pub mod http;
pub mod inside;
pub mod postgres;
pub mod server;
pub mod socket;

pub use http::get;
pub use inside::Inside;
pub use postgres::Postgres;
pub use server::{Server, fails};
pub use socket::Socket;

/// Nothing in these tests takes as long; a test that waits longer has failed.
pub const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);
