//! Time zones by the browser's `Intl`.

use std::cell::RefCell;
use std::collections::BTreeMap;

use calendar::instant::{Instant, Zones};
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::platform::Browser;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DateTimeFormat;

    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &str, options: &Object) -> Result<DateTimeFormat, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn format(this: &DateTimeFormat, instant: f64) -> Result<String, JsValue>;
}

thread_local! {
    /// A formatter is slow to make and quick to ask.
    static FORMATTERS: RefCell<BTreeMap<String, Option<DateTimeFormat>>> = RefCell::default();
}

impl Zones for Browser {
    fn utc_offset(&self, zone: &str, instant: Instant) -> Option<i32> {
        FORMATTERS.with_borrow_mut(|formatters| {
            if !formatters.contains_key(zone) {
                formatters.insert(zone.to_owned(), formatter(zone));
            }
            // A JavaScript number holds every instant that a date can have.
            #[expect(clippy::cast_precision_loss)]
            let text = formatters.get(zone)?.as_ref()?.format(instant as f64).ok()?;
            offset_in(&text)
        })
    }
}

/// Writes instants with the offset, such as `11/21/2026, GMT+01:00`.
fn formatter(zone: &str) -> Option<DateTimeFormat> {
    let options = Object::new();
    for (key, value) in [("timeZone", zone), ("timeZoneName", "longOffset")] {
        Reflect::set(&options, &key.into(), &value.into()).ok()?;
    }
    DateTimeFormat::new("en-US", &options).ok()
}

/// Seconds of an offset: `GMT`, `GMT+05:30`, in old times also with seconds.
fn offset_in(text: &str) -> Option<i32> {
    let offset = text.split_once("GMT")?.1;
    let sign = if offset.starts_with(['-', '\u{2212}']) { -1 } else { 1 };
    let figures = offset.trim_start_matches(['+', '-', '\u{2212}']);
    let mut seconds = 0;
    for (figure, unit) in figures.split(':').filter(|figure| !figure.is_empty()).zip([3600, 60, 1]) {
        seconds += figure.parse::<i32>().ok()? * unit;
    }
    Some(sign * seconds)
}

#[cfg(test)]
mod tests {
    use super::offset_in;

    #[test]
    fn offsets_are_read() {
        assert_eq!(offset_in("11/21/2026, GMT"), Some(0));
        assert_eq!(offset_in("11/21/2026, GMT+05:30"), Some(19_800));
        assert_eq!(offset_in("11/21/2026, GMT-03:30"), Some(-12_600));
        assert_eq!(offset_in("1/1/1900, GMT+00:53:28"), Some(3208));
        assert_eq!(offset_in("11/21/2026"), None);
    }
}
