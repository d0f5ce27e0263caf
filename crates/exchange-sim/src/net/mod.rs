//! Connections: plain, with TLS, and through the proxy behind which all hosts are.

mod body;
mod handler;
mod identities;
mod proxy;
mod reply;
mod server;

pub(crate) use body::Closed;
pub(crate) use handler::{Request, local_url};
pub(crate) use identities::Identities;
pub(crate) use reply::{Content, Ending, Reply, gzip};
pub(crate) use server::Servers;
