//! A viewer in a browser: `Intl` asked once per day, minute of the day and change of the clocks.

use crate::cache::Cache;
use crate::script::Platform;
use calendar_presence::{Language, Viewer};
use wasm_bindgen::JsValue;

const DAY: i64 = 24 * 60 * 60 * 1000;
/// The last instant a `Date` can hold; the first is its negative.
pub const LAST_INSTANT: i64 = 8_640_000_000_000_000;

/// A person with a locale, a time zone and an hour cycle of the platform.
pub struct BrowserViewer {
    language: Language,
    platform: Platform,
    dates: Cache<String>,
    times: Cache<String>,
    clocks: Cache<Clocks>,
}

/// The clocks during a day of UTC. No zone ever changed them twice in one day.
struct Clocks {
    before: i64,
    change: i64,
    after: i64,
}

impl BrowserViewer {
    /// Fails with a `RangeError` for options that do not exist.
    pub fn new(options: &JsValue) -> Result<Self, JsValue> {
        let platform = Platform::new(options)?;
        Ok(Self {
            language: Language::from_locale(&platform.language()),
            platform,
            dates: Cache::new(128),
            times: Cache::new(1440),
            clocks: Cache::new(128),
        })
    }

    /// What came of the options.
    pub fn resolved_options(&self) -> JsValue {
        self.platform.resolved_options(self.language.code())
    }

    fn ask_clocks(&self, day: i64) -> Clocks {
        let (mut start, mut end) = (day * DAY, (day + 1) * DAY - 1);
        let (before, after) = (self.ask_offset(start), self.ask_offset(end));
        if before == after {
            return Clocks { before, change: i64::MAX, after };
        }
        while end - start > 1 {
            let middle = start.midpoint(end);
            if self.ask_offset(middle) == before { start = middle } else { end = middle }
        }
        Clocks { before, change: end, after }
    }

    fn ask_offset(&self, instant: i64) -> i64 {
        to_integer(self.platform.offset(to_number(instant.clamp(-LAST_INSTANT, LAST_INSTANT))))
    }
}

impl Viewer for BrowserViewer {
    fn language(&self) -> Language {
        self.language
    }

    fn offset(&self, instant: i64) -> i64 {
        let day = instant.div_euclid(DAY);
        let read = |clocks: &Clocks| if instant < clocks.change { clocks.before } else { clocks.after };
        self.clocks.read(day, || self.ask_clocks(day), read)
    }

    fn append_date(&self, day: i64, text: &mut String) {
        self.dates.read(day, || self.platform.date(to_number(day)), |date| text.push_str(date));
    }

    fn append_time(&self, minute: u16, text: &mut String) {
        self.times.read(minute.into(), || self.platform.time(minute.into()), |time| text.push_str(time));
    }
}

/// Exact: what is within a `Date` is within the integers that a number holds.
#[expect(clippy::cast_precision_loss, reason = "see above")]
pub const fn to_number(integer: i64) -> f64 {
    integer as f64
}

/// Rounds down, as a clock does.
#[expect(clippy::cast_possible_truncation, reason = "out of range saturates")]
pub fn to_integer(number: f64) -> i64 {
    number.floor() as i64
}
