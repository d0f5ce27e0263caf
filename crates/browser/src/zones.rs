use calendar::instant::{Instant, Zones};
use wasm_bindgen::prelude::*;

use crate::Browser;

#[wasm_bindgen(module = "/src/zones.js")]
extern "C" {
    #[wasm_bindgen(js_name = utcOffset)]
    fn utc_offset(zone: &str, instant: f64) -> f64;

    /// The zone that the browser takes for this name; none if there is no such zone.
    pub fn resolved(zone: &str) -> Option<String>;
}

impl Zones for Browser {
    #[expect(clippy::cast_precision_loss, reason = "what a Date holds, a number holds exactly")]
    #[expect(clippy::cast_possible_truncation, reason = "no clock is ahead by more than a day")]
    fn utc_offset(&self, zone: &str, instant: Instant) -> Option<i32> {
        let offset = utc_offset(zone, instant as f64);
        (!offset.is_nan()).then_some(offset as i32)
    }
}

/// The name of a zone as it is spelled, from what the browser takes for it: that may be the zone behind a link, which
/// is not what was meant.
pub fn spelled(name: &str, resolved: String) -> String {
    if resolved.eq_ignore_ascii_case(name) { resolved } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_tells_how_a_zone_is_spelled_but_does_not_change_it() {
        for (name, resolved, expected) in [
            ("europe/berlin", "Europe/Berlin", "Europe/Berlin"),
            ("Europe/Berlin", "Europe/Berlin", "Europe/Berlin"),
            ("asia/CALCUTTA", "Asia/Calcutta", "Asia/Calcutta"),
            ("Asia/Kolkata", "Asia/Calcutta", "Asia/Kolkata"),
            ("Asia/Calcutta", "Asia/Kolkata", "Asia/Calcutta"),
            ("etc/utc", "UTC", "etc/utc"),
        ] {
            assert_eq!(spelled(name, resolved.to_owned()), expected);
        }
    }
}
