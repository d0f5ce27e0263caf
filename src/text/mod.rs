//! What the form says, of the texts in `locales/`.

pub use texts::{about, choices, heading, help, label, more, problem};
pub use texts::{fields::*, guidance::*, hints::*, pages::*, saving::*, sections::*, status::*};
