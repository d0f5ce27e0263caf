//! What the rules of the calendar ask their platform, answered by the browser.

mod fold;
mod names;
mod zones;

pub use fold::fold;
pub use names::{age, date, day_name, distance, language_name, own_time_zone, time_zones, today};
pub use zones::spelled;

use calendar::Platform;

/// The browser as a platform.
#[derive(Clone, Copy, Debug, Default)]
pub struct Browser;

impl Platform for Browser {
    fn time_zone(&self, name: &str) -> Option<String> {
        Some(spelled(name, zones::resolved(name)?))
    }

    fn fold(&self, text: &str) -> String {
        fold(text)
    }
}
