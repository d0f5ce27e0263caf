use unicode_normalization::UnicodeNormalization;

use crate::Platform;

/// The platform of the service and the command line: the tables are compiled in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Native;

impl Platform for Native {
    fn is_time_zone(&self, name: &str) -> bool {
        name.parse::<chrono_tz::Tz>().is_ok()
    }

    fn nfc(&self, text: &str) -> String {
        text.nfc().collect()
    }
}
