//! Parse, write and show the calendar presence line of an innovaphone PBX.

#![no_std]

extern crate alloc;

mod activity;
mod blank;
mod civil;
mod digits;
mod escape;
mod format;
mod language;
#[cfg(feature = "native")]
mod native;
mod next_change;
mod numeric;
mod parse;
mod tag;
mod title;
mod whole_day;
mod words;
mod write;

pub use activity::Activity;
pub use escape::Escaped;
pub use format::Viewer;
pub use language::{LANGUAGES, Language};
#[cfg(feature = "native")]
pub use native::NativeViewer;
pub use parse::{Next, Note};
pub use title::clean_title;
pub use words::{Until, Words};
pub use write::Presence;
