//! The whole way: settings saved, users of a PBX matched with mailboxes, appointments shown as presence.

mod api;
mod appointments;
mod faults;
mod other_pbxs;
mod random_faults;
mod scale;
mod settings;
mod users;
mod world;
