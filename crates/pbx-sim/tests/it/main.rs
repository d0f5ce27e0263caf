//! The PBX against a tiny App Service, the manager against a tiny plugin, over real sockets.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod faults;
mod link;
mod manager;
mod pbx_api;
mod service;
mod table_users;
