//! The whole way: settings saved, users of a PBX matched with mailboxes, appointments shown as presence.

mod api;
mod appointments;
mod by_hand;
mod exchange;
mod faults;
mod groups;
mod metrics;
mod mine;
mod more;
pub mod other_pbxs;
mod random_faults;
mod settings;
mod users;
pub mod world;
