use std::borrow::Cow;

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};
use unicase::UniCase;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

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
    fn time_zone(&self, name: &str) -> Option<String> {
        let zone = TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(name))?;
        Some(zone.name().to_owned())
    }

    fn fold(&self, text: &str) -> String {
        // Most texts are normalized already, which is told much faster than done.
        let normal = match is_nfc_quick(text.chars()) {
            IsNormalized::Yes => Cow::Borrowed(text),
            IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfc().collect()),
        };
        UniCase::unicode(normal).to_folded_case()
    }
}
