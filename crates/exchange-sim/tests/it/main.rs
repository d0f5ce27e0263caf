//! The stand-in over real sockets: what it answers and everything that it refuses.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail"
)]

mod calendar;
mod client;
mod cloud;
mod control;
mod discovery;
mod exchangelib;
mod faults;
mod login;
mod ntlm;
mod refusals;
mod streams;
