use std::borrow::Cow;

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};
use unicase::UniCase;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::Platform;
use crate::instant::{Instant, Zones};

/// A platform whose tables are compiled in. They know no rules that are newer than the program, so the service has zones
/// of its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Native;

impl Zones for Native {
    fn utc_offset(&self, zone: &str, instant: Instant) -> Option<i32> {
        let zone = zone_named(zone)?;
        let utc = DateTime::from_timestamp_millis(instant)?.naive_utc();
        Some(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc())
    }
}

impl Platform for Native {
    fn time_zone(&self, name: &str) -> Option<String> {
        zone_named(name).map(|zone| zone.name().to_owned())
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

fn zone_named(name: &str) -> Option<Tz> {
    let in_any_case = || TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(name)).copied();
    name.parse().ok().or_else(in_any_case)
}
