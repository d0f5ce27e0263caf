use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;
use unicase::UniCase;
use unicode_normalization::UnicodeNormalization;

use crate::Platform;
use crate::instant::{Instant, Zones};

/// The platform of the service and the command line: the tables are compiled in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Native;

impl Zones for Native {
    fn utc_offset(&self, zone: &str, instant: Instant) -> Option<i32> {
        let zone: Tz = zone.parse().ok()?;
        let utc = DateTime::from_timestamp_millis(instant)?.naive_utc();
        Some(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc())
    }
}

impl Platform for Native {
    fn is_time_zone(&self, name: &str) -> bool {
        name.parse::<Tz>().is_ok()
    }

    fn fold(&self, text: &str) -> String {
        UniCase::unicode(text.nfc().collect::<String>()).to_folded_case()
    }
}
