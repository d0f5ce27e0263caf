//! What the rules of the calendar ask their platform, answered by the browser.

mod fold;
mod names;
mod zones;

pub use fold::fold;
pub use names::{age, date, distance, language_name, own_time_zone, time_zones, today};

use calendar::Platform;
use calendar::instant::Zones as _;

/// The browser as a platform.
#[derive(Clone, Copy, Debug, Default)]
pub struct Browser;

impl Platform for Browser {
    fn is_time_zone(&self, name: &str) -> bool {
        self.utc_offset(name, 0).is_some()
    }

    fn fold(&self, text: &str) -> String {
        fold(text)
    }
}
