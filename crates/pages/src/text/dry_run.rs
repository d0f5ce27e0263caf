//! What the dry run says.

pub use texts::dry_run::*;

pub use super::preview::{AFTER, BEFORE};
pub use super::users::{LOADING, UNREACHABLE};
