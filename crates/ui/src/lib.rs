//! What the pages are made of: [elements](El) that follow Leptos' signals, and [texts](Words) in six languages.
//!
//! Why not `view!`: it makes a type of its own for every distinct view, and with it code of its own that builds,
//! updates and drops it. In a form of fifty views that was a fifth of the download, and grew with each further view.
//! Here all elements are of one type, and what they follow are boxed closures.

mod content;
mod each;
mod el;
mod event;
mod follow;
mod plural;
mod style;
mod teach;

pub use content::Content;
pub use el::{El, el};
pub use event::{is_checked, value};
pub use follow::follow;
pub use plural::count;
pub use style::adopt;
pub use teach::teach;
pub use words::{Counted, Language, Words, counted, fill, words};
