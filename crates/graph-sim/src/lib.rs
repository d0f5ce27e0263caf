//! A stand-in of two services of Microsoft, for tests and demonstrations: the token endpoint of the identity platform
//! and the part of Microsoft Graph that reads calendars. It says so wherever it is asked, implements what Microsoft
//! has published, and refuses what the real services would refuse; `docs/stand-ins.md` lists both, and what is left
//! out.
//!
//! ```
//! use graph_sim::{Appointment, Change, Fault, GraphSim, Settings, User};
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sim = GraphSim::start(Settings::default()).await?;
//! sim.add_user(User::new("anna@contoso.example"))?;
//! let (start, end) = ("2026-11-21T09:00:00Z".parse()?, "2026-11-21T10:00:00Z".parse()?);
//! let meeting = sim.add("anna@contoso.example", Appointment::new("Meeting", start, end))?;
//!
//! // Point the client at `sim.url()` for Graph and for the login, then let things happen:
//! sim.change("anna@contoso.example", &meeting, Change::private())?;
//! sim.fault(Fault::throttled(5).of("anna@contoso.example").times(1))?;
//! sim.expire_delta_tokens(None)?;
//! sim.down().await;
//! sim.up().await;
//! assert_eq!(sim.counts().throttled, 0);
//! # Ok(())
//! # }
//! ```

mod access_token;
mod application;
mod appointment;
mod authorize;
pub mod calendar;
mod clock;
mod cloud;
mod command;
mod consent;
mod control;
mod control_http;
mod counters;
mod delegated;
mod delta;
mod delta_token;
mod directory;
mod discovery;
mod endpoint;
mod error;
mod event;
mod events;
mod faults;
mod filter;
mod graph;
pub mod hash;
mod id;
mod limits;
mod mailbox_settings;
mod message;
pub mod plan;
pub mod recurrence;
mod schedule;
mod seal;
mod select;
mod server;
mod sign_in;
mod sim;
mod users;
mod view;
mod wire;
mod write;
mod written;
pub mod zone;

pub use access_token::{Access, TokenRefused};
pub use application::{Application, Secret};
pub use appointment::{Appointment, Change, Details, Sensitivity, Series, ShowAs, Time};
pub use cloud::Cloud;
pub use command::Command;
pub use control::{Control, ControlError, GraphSim};
pub use counters::Counts;
pub use directory::{AutomaticReplies, Mailbox, User, UserError};
pub use endpoint::Endpoint;
pub use faults::{Effect, Fault};
pub use limits::{Concurrency, Limits};
pub use sim::{Paging, Settings};
