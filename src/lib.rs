//! The Calendar plugin of the innovaphone PBX Manager: the form with the settings of the Calendar service, compiled to
//! WebAssembly.
//!
//! | module | what it holds |
//! | --- | --- |
//! | [`CalendarForm`] | the form as a component, for any Leptos program |
//! | [`host`] | what the form needs of the page it is shown in |
//! | [`mount`], [`FormHandle`], [`teach`] | what JavaScript sees |
//! | `js_host` | a page written in JavaScript as a host |
//! | `connection` | the AppWebsocket to the service |
//! | `services` | what the form does for a page of the second module |
//! | `intl` | dates and durations in words |
//! | `form` | the form itself |
//! | `text` | everything it says, in every language |
//! | `scroll` | what scrolls the form |
//! | `platform` | what the browser knows: time zones, normalization, names |
//!
//! The files beside the code: `guard.js` keeps a panic from the host page, `form.css` is the style sheet, beside
//! that of the fields in `crates/kit`.

mod connection;
mod form;
mod handle;
pub mod host;
mod intl;
mod js_host;
mod platform;
mod scroll;
mod services;
mod text;

pub use form::{CalendarForm, CalendarFormProps};
pub use handle::{FormHandle, mount, teach};
pub use js_host::JsHost;
