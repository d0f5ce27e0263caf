//! Tests of the running service: real processes, sockets, files and databases. One file per behaviour.

// A test that meets what it does not expect has failed.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

mod calendar_api;
mod command_line;
mod config;
mod connection_test;
mod databases;
#[cfg(feature = "demo")]
mod demo;
mod durability;
mod explain;
mod files;
mod full_disk;
mod garbage;
mod hardening;
mod instance_password;
mod login;
mod lost_files;
mod messages;
mod monitoring;
mod pages;
mod pbx;
mod proxies;
mod secret_again;
mod secrets;
mod slow_clients;
mod start_and_stop;
mod status;
mod sync;
mod tls;
mod try_out;
mod upgrade;
mod zones;
