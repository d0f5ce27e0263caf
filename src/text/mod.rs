//! What the form says, of the texts in `locales/`.

pub use texts::*;
pub use texts::{fields::*, guidance::*, hints::*, pages::*, saving::*, sections::*, status::*};
