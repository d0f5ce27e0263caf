//! The source of appointments against the stand-in of Exchange.

// A test that meets what it does not expect has failed.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod discovery;
mod errors;
mod log;
mod login;
mod mailboxes;
mod moved;
mod outages;
mod reading;
mod sign_in;
mod streams;
mod support;
mod told;
