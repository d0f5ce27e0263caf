//! The source of appointments against the stand-in of Microsoft Graph.

// A test that meets what it does not expect has failed.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod errors;
mod faults;
mod log;
mod mailboxes;
mod reading;
mod restart;
mod routes;
mod support;
