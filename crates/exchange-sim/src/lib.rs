//! A stand-in of Exchange Web Services: a local Exchange with NTLM, Exchange Online with tokens, and Autodiscover before
//! them. It implements what Microsoft has published and refuses what the real services would refuse;
//! `docs/stand-ins.md` lists both, and what is left out.
//!
//! ```
//! use exchange_sim::{Account, ExchangeSim, Fault, Mailbox, Operation, Options};
//! use graph_sim::Appointment;
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sim = ExchangeSim::start(Options::default()).await?;
//! sim.add_mailbox(Mailbox::new("anna@contoso.example"))?;
//! sim.add_account(Account::new("svc-calendar", "contoso.example", "secret"));
//! let (start, end) = ("2026-11-21T09:00:00Z".parse()?, "2026-11-21T10:00:00Z".parse()?);
//! let meeting = sim.add("anna@contoso.example", Appointment::new("Meeting", start, end))?;
//!
//! // Point the client at `sim.ews_url()`, or at `sim.proxy_url()` for hosts with names of their own, and let it
//! // trust `sim.ca_pem()`; then let things happen:
//! sim.delete("anna@contoso.example", &meeting, None)?;
//! sim.fault(Fault::busy(5_000).at(Operation::FindItem).times(1));
//! sim.break_streams(None);
//! sim.down().await;
//! sim.up().await?;
//! assert_eq!(sim.violations(), []);
//! # Ok(())
//! # }
//! ```

mod account;
mod certificate;
mod command;
mod control;
mod control_http;
mod counters;
mod discovery;
mod events;
mod ews;
mod faults;
mod host;
mod id;
mod login;
mod mailbox;
mod net;
mod ops;
mod options;
mod schema;
mod sim;
mod site;
mod subscriptions;
mod time;
mod violation;
mod xml;

pub use account::{Account, AccountState, Impersonates};
pub use certificate::Certificate;
pub use command::Command;
pub use control::{Control, ControlError, ExchangeSim, StartError};
pub use counters::Counts;
pub use faults::{BusyForm, Effect, Fault, Hostile, Operation};
pub use host::{Discovery, Host, Protection};
pub use login::LoginFault;
pub use mailbox::Mailbox;
pub use options::{Options, Version};
pub use sim::{Limits, WallClocks};
pub use site::Site;
pub use subscriptions::StreamSettings;
pub use violation::{Rule, Violation};
