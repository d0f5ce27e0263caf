//! Everything the pages say, of the texts in `locales/`.

pub mod dry_run;
pub mod preview;
pub mod reasons;
pub mod users;

pub use texts::{certificate, examples, transfer};

/// What items and their choices are called, and what may be wrong with them.
pub mod items {
    pub use texts::{choices, label, problem};
}
