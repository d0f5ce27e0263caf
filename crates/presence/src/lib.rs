//! Parse, write and show the calendar presence line of an innovaphone PBX.

#![no_std]

extern crate alloc;

mod activity;
mod blank;
mod civil;
mod digits;
mod escape;
mod language;
#[cfg(feature = "native")]
mod native;
mod next_change;
mod numeric;
mod parse;
mod part;
mod tag;
mod title;
mod viewer;
mod whole_day;
mod words;
mod write;

pub use activity::Activity;
pub use escape::Escaped;
pub use language::{LANGUAGES, Language};
#[cfg(feature = "native")]
pub use native::NativeViewer;
pub use parse::{Next, Note};
pub use part::{Part, Word};
pub use title::clean_title;
pub use viewer::{Clock, Viewer};
pub use words::{Until, Words};
pub use write::Presence;
