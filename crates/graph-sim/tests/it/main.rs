//! The stand-in as a client sees it, in one program.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail")]

#[path = "../common/mod.rs"]
mod common;
mod control;
mod delegated;
mod delta;
mod faults;
mod series;
mod sign_in;
mod users;
