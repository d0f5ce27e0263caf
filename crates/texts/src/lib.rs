//! Everything that form and pages say. The texts are those of `locales/*.json`, a file for each language; each is a
//! constant in a module after its key: `saving.save` is [`saving::SAVE`]. How a text is added is told in
//! `CONTRIBUTING.md`.
//!
//! English labels are those of the published documentation. The other languages use the terms of Outlook for
//! appointments, those of Microsoft's portal for app registrations, and those of innovaphone's clients for the presence.
//! They address people formally or not at all.

mod choices;
mod headings;
mod help_for;
mod items;
mod more;
mod problems;
#[cfg(test)]
mod tests;
mod troubles;

pub use choices::choices;
pub use headings::{about, heading};
pub use help_for::help_for;
pub use items::{help, label};
pub use more::more;
pub use problems::problem;
pub use troubles::trouble;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));
