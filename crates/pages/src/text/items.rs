//! What items and their choices are called, and what may be wrong with them: the form's own files, so that whoever adds
//! an item writes its texts in one place.

#[path = "../../../../src/text/choices.rs"]
mod choices;
#[path = "../../../../src/text/labels.rs"]
mod labels;
#[path = "../../../../src/text/problems.rs"]
mod problems;

pub use choices::choices;
pub use labels::label;
pub use problems::problem;
