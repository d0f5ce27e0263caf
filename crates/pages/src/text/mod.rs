//! Everything the pages say. A text holds all languages side by side, in the order of [`ui::Language`].

pub mod certificate;
pub mod dry_run;
pub mod examples;
pub mod items;
pub mod preview;
pub mod reasons;
pub mod transfer;
pub mod users;
