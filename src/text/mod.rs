//! Everything the form says. A text is a constant, or a row of an exhaustive match, that holds all languages side by
//! side in the order of [`ui::Language`], so that a missing translation does not compile.
//!
//! English labels are those of the published documentation. The other languages use the terms of Outlook for
//! appointments, those of Microsoft's portal for app registrations, and those of innovaphone's clients for the presence.
//! They address people formally or not at all.

mod choices;
mod fields;
mod guidance;
mod help;
mod hints;
mod labels;
mod more;
mod pages;
mod problems;
mod saving;
mod sections;
mod status;
#[cfg(test)]
mod tests;

pub use choices::choices;
pub use fields::*;
pub use guidance::*;
pub use help::help;
pub use hints::*;
pub use labels::label;
pub use more::more;
pub use pages::*;
pub use problems::problem;
pub use saving::*;
pub use sections::*;
pub use status::*;
