//! Parse, write and show the calendar presence line of an innovaphone PBX.

#![no_std]

extern crate alloc;

mod activity;
mod blank;
mod escape;
mod language;
mod parse;
mod tag;

pub use activity::Activity;
pub use escape::Escaped;
pub use language::{LANGUAGES, Language};
pub use parse::{Next, Note};
