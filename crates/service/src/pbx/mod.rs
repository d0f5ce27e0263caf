//! The way to the PBX: which PBXs are connected, who their users are, and what they show for them.
//!
//! Nothing here knows calendars or settings. The [`sync`](crate::sync) decides for which PBX a [`Link`] is opened
//! and which presence each user shall have.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `connections` | the connected PBXs, each with a way to write to it |
//! | `link` | the work with one of them: reads the users, writes presences |
//! | `replication` | how the table of users is read |
//! | `users` | the users |
//! | `email` | what stands in a user's e-mail list |
//! | `writer` | which presence is asked for or written next |
//! | `presence` | a presence, and the messages about it |

mod connections;
mod email;
mod link;
mod presence;
mod replication;
mod users;
mod writer;

pub(crate) use connections::{Connections, Guard, Heard, Peer, is_named};
pub(crate) use link::{Link, Problem};
pub(crate) use presence::Presence;
pub(crate) use users::{User, UserChange};
pub(crate) use writer::Counts;

/// API of the table of users.
pub(crate) const TABLE_USERS: &str = "PbxTableUsers";
/// API of presences.
pub(crate) const PBX_API: &str = "PbxApi";
