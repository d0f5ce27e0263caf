//! Time zones, which Exchange names as Windows does, or as everybody else does where an administrator chose so.

use chrono::NaiveDateTime;

use crate::zones::Zone;

/// The zone with this name, a Windows or an IANA one.
pub(super) fn zone(name: &str) -> Option<Zone> {
    Zone::from_name(name)
}

/// The instant at which clocks in the zone first show this time.
pub(super) fn instant(time: NaiveDateTime, zone: Zone) -> Option<i64> {
    zone.instant(time)
}
