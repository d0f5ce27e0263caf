//! What the Calendar plugin shows on demand, compiled to a WebAssembly module of its own: the form opens without it.
//!
//! | module | what it holds |
//! | --- | --- |
//! | [`mount`], [`Page`] | what JavaScript sees |
//! | `style` | the style sheet of the shadow root |

mod handle;
mod style;
mod text;

pub use handle::{Page, Services, State, mount, teach};
