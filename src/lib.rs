//! The Calendar plugin of the innovaphone PBX Manager: the form with the settings of the Calendar service, compiled to
//! WebAssembly.
//!
//! | module | what it holds |
//! | --- | --- |
//! | [`mount`], [`FormHandle`], [`teach`] | what JavaScript sees |
//! | `host` | what the form needs of the page it is shown in |
//! | `connection` | the AppWebsocket to the service |
//! | `page` | a page of the second module, and what the form does for it |
//! | `intl` | dates and durations in words |
//! | `json` | JSON as the browser reads and writes it |
//! | `form` | the form itself |
//! | `text` | everything it says, in every language |
//! | `platform` | what the browser knows: time zones, normalization, names |
//!
//! The files beside the code: `guard.js` keeps a panic from the host page, `form.css` is the style sheet, beside
//! that of the fields in `crates/ui`.

mod connection;
mod form;
mod handle;
mod host;
mod intl;
mod json;
mod page;
mod platform;
mod text;

pub use handle::{FormHandle, mount, teach};
pub use host::Host;
