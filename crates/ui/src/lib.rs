//! What the pages are made of that are no Leptos components yet: [elements](El) that follow Leptos' signals. Texts and
//! styles are those of `kit`. Nothing new is written with it.

mod content;
mod each;
mod el;
mod event;
mod follow;

pub use content::Content;
pub use el::{El, el};
pub use event::{is_checked, value};
pub use follow::follow;
pub use kit::{Counted, Language, Words, adopt, counted, fill, teach, words};
