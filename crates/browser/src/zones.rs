use calendar::instant::{Instant, Zones};
use wasm_bindgen::prelude::*;

use crate::Browser;

#[wasm_bindgen(module = "/src/zones.js")]
extern "C" {
    #[wasm_bindgen(js_name = utcOffset)]
    fn utc_offset(zone: &str, instant: f64) -> f64;
}

impl Zones for Browser {
    #[expect(clippy::cast_precision_loss, reason = "what a Date holds, a number holds exactly")]
    #[expect(clippy::cast_possible_truncation, reason = "no clock is ahead by more than a day")]
    fn utc_offset(&self, zone: &str, instant: Instant) -> Option<i32> {
        let offset = utc_offset(zone, instant as f64);
        (!offset.is_nan()).then_some(offset as i32)
    }
}
