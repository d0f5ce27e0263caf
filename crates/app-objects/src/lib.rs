//! The App objects of the service in the PBX: which there are, whether they work, and how they are created, edited,
//! repaired and deleted. No browser here: what carries the messages comes in as a [`Transport`].
//!
//! | file | what it holds |
//! | --- | --- |
//! | `transport` | how messages get to PBX, App Platform and service, and what can go wrong |
//! | `kind` | the two kinds of objects |
//! | `list` | which objects there are, and whether each works |
//! | `templates` | the config templates that give an object to users |
//! | `change` | creating, editing, repairing |
//! | `delete` | deleting |

mod change;
mod delete;
mod kind;
mod list;
mod templates;
#[cfg(test)]
mod tests;
mod transport;

pub use change::{Failed, ObjectSpec, Step, repair, save};
pub use delete::delete;
pub use kind::{Granted, Kind};
pub use list::{Addresses, Health, Object, list};
pub use templates::Template;
pub use transport::{Message, Peer, Problem, Reply, Transport};
