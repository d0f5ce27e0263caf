//! What the Calendar plugin shows on demand, compiled to a WebAssembly module of its own: the form opens without it.
//!
//! | module | what it holds |
//! | --- | --- |
//! | [`mount`], [`Page`] | what JavaScript sees |
//! | `frame` | what every page has of the form that it stands in |
//! | `assistant` | the set-up, page by page |
//! | `preview` | an example day with the settings as typed |
//! | `objects` | the App objects in the PBX |
//! | `overview` | what has to happen until presences are shown, then how the users stand |
//! | `transfer` | the whole configuration out as a file and in again |
//! | `certificate` | whose the certificates are that were pasted, and until when |
//! | `dry_run` | for which users the settings as typed would change something |
//! | `users` | the users: their calendars, what colleagues see, and why |
//! | `api` | who may use the Calendar API, and who wrote what |
//! | `relay` | where the service runs, for the relay on an App Platform |
//! | `sign_in` | signing in to Exchange Online |
//! | `settings` | the settings as the form hands them over |
//! | `styles` | the style of all pages |
//! | `test` | the connection test |
//! | `told` | what the form is told by the service, and by a relay |
//! | `text` | everything the pages say, in every language |

mod api;
mod assistant;
mod certificate;
mod dry_run;
mod frame;
mod handle;
mod objects;
mod overview;
mod preview;
mod relay;
mod settings;
mod sign_in;
mod styles;
mod test;
mod text;
mod told;
mod transfer;
mod users;

pub use handle::{Page, Services, State, mount, teach};
