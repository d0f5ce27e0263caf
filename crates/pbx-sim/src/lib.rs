//! A stand-in of an innovaphone PBX, as strict as the published documents allow.
//!
//! [`Pbx`] is the PBX as an App Service meets it: it connects to the service, logs in, lets it replicate the
//! users and takes their presence. It checks every message; what a PBX would refuse or ignore is refused and
//! kept in [`Pbx::violations`]. A test holds the handle, changes users and breaks connections with it, and
//! waits for what the service makes of it:
//!
//! ```no_run
//! # async fn example() {
//! use pbx_sim::{Options, Pbx, User};
//!
//! let pbx = Pbx::start(Options::new("ws://127.0.0.1:8080/pbxcalendar-calendar", "password"));
//! pbx.add_user(User::new("0123456789abcdef0123456789abcdef", "anna"));
//! pbx.until_note("anna", "Free").await;
//! pbx.restart();
//! pbx.until_note("anna", "Free").await;
//! assert_eq!(pbx.violations(), []);
//! # }
//! ```
//!
//! [`manager::Manager`] is the other side of a PBX: what the PBX Manager page asks for App objects.
//!
//! Which published behaviour is followed, and what is left out, stands in `docs/stand-ins.md`.

mod control;
mod directory;
mod frame;
mod link;
pub mod manager;
mod message;
mod observe;
mod options;
mod pbx;
mod presence;
mod state;
mod user;
mod violation;

pub use options::{DEFAULT_APIS, Options};
pub use pbx::{Pbx, Reading};
pub use presence::Presence;
pub use state::Written;
pub use user::User;
pub use violation::{Rule, Violation};
