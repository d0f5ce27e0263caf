//! What the form, the service and the command line must agree on: the [settings] with their checks, and what the
//! PBX shows for a user with these [appointments](appointment): [`Rules`](decide::Rules).
//!
//! Nothing here knows a clock, a network or a browser. What a platform must answer (time zones, Unicode
//! normalization) comes in through the trait [`Platform`], so that the browser uses what it has and only the
//! service carries the tables.
// A test writes all settings in one text.
#![cfg_attr(test, recursion_limit = "256")]

pub mod appointment;
pub mod decide;
pub mod dry_run;
mod fold;
pub mod instant;
pub mod keyword;
mod membership;
#[cfg(feature = "native")]
mod native;
mod platform;
pub mod settings;
pub mod viewer;

pub use fold::{Folded, fold};
pub use membership::Membership;
#[cfg(feature = "native")]
pub use native::Native;
pub use platform::Platform;
