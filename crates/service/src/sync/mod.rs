//! The synchronization: from the users of the PBX and the appointments of their mailboxes to the presence of each.
//!
//! One task, the [`Engine`], holds all that it knows and does one thing after the other; everybody else sends it
//! messages. It waits for nobody: the database, the PBX and the calendars tell it when they are done.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `engine` | the task: waits for something to happen and deals with it |
//! | `follow` | what a change of the settings brings about |
//! | `pbxs` | with which of the connected PBXs it works, and how |
//! | `sources` | the sources of appointments: started, restarted and stopped with the settings |
//! | `decisions` | from appointments to presences, now and when time passes |
//! | `people` | the users with everything known about them |
//! | `choices` | what users decide about their own calendar |
//! | `membership` | which of them the settings leave out |
//! | `place` | where users stand in the list of them, and stood |
//! | `schedule` | when whose presence changes |
//! | `impact` | what a change of the settings affects |
//! | `health` | what the status says |
//! | `request`, `answers`, `user_list` | questions of managers, and their answers |
//! | `ledger` | users with a presence of ours, kept in the database |
//! | `metrics` | counters |
//! | `clock` | what time it is |

mod answers;
mod choices;
mod clock;
mod decisions;
mod engine;
mod follow;
mod health;
mod impact;
mod ledger;
mod membership;
mod metrics;
mod pbxs;
mod people;
mod place;
mod request;
mod schedule;
mod sources;
#[cfg(test)]
pub(crate) mod tests;
mod user_list;

pub(crate) use choices::{Mine, Who};
pub(crate) use clock::Clock;
pub(crate) use engine::Engine;
pub(crate) use health::{Freshness, Report, SourceReport, SourceStatus, State};
pub(crate) use metrics::SyncMetrics;
pub(crate) use people::word;
pub(crate) use request::{Explained, Known, Request, Requests, Snapshot, Survey};
pub(crate) use sources::{Plan, Planned, Show, Start};
pub(crate) use user_list::{UserPage, UserQuery};
