//! What is asked over SOAP, and what the answers say.

mod answer;
mod folder;
mod item;
pub(super) mod names;
mod notification;
mod oof;
mod request;

pub use answer::{Content, Response, Version, read};
pub use folder::{Nothing, Subscribed};
pub use item::{Item, Items};
pub use names::{Resolution, Resolutions};
pub use notification::Notifications;
pub use oof::OofSettings;
pub use request::{
    Who, find_items, get_folder, get_oof_settings, get_organizers, get_own_folder, get_streaming_events,
    get_time_zones, resolve_names, subscribe, unsubscribe,
};
