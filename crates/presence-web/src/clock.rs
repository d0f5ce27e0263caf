//! The viewer's clocks: the platform is asked about a day once.

use crate::script::Platform;
use calendar_presence::Clock;
use core::cell::RefCell;

pub const DAY: i64 = 24 * 60 * 60 * 1000;
/// The last instant a `Date` can hold; the first is its negative.
pub const LAST_INSTANT: i64 = 8_640_000_000_000_000;
/// The days that are remembered: of days as far apart as this, the one asked for last.
const SLOTS: i64 = 128;

/// The clocks of a zone of the platform.
pub struct PlatformClock<'p> {
    pub platform: &'p Platform,
    pub days: &'p Days,
}

/// What is known about days of UTC.
pub struct Days(RefCell<Box<[Day]>>);

/// The clocks during a day. No zone ever changed them twice in one day.
#[derive(Clone, Copy)]
struct Day {
    number: i64,
    before: i64,
    change: i64,
    after: i64,
}

impl Days {
    /// Nothing is known yet.
    pub fn new() -> Self {
        let unknown = Day { number: i64::MIN, before: 0, change: 0, after: 0 };
        Self(RefCell::new((0..SLOTS).map(|_| unknown).collect()))
    }
}

impl Clock for PlatformClock<'_> {
    fn offset(&self, instant: i64) -> i64 {
        let day = instant.div_euclid(DAY);
        let slot = usize::try_from(day.rem_euclid(SLOTS)).unwrap_or_default();
        let known = self.days.0.borrow().get(slot).copied().filter(|known| known.number == day);
        let clocks = known.unwrap_or_else(|| {
            let clocks = self.ask_day(day);
            if let Some(place) = self.days.0.borrow_mut().get_mut(slot) {
                *place = clocks;
            }
            clocks
        });
        if instant < clocks.change { clocks.before } else { clocks.after }
    }
}

impl PlatformClock<'_> {
    fn ask_day(&self, day: i64) -> Day {
        let (mut start, mut end) = (day * DAY, (day + 1) * DAY - 1);
        let (before, after) = (self.ask(start), self.ask(end));
        if before == after {
            return Day { number: day, before, change: i64::MAX, after };
        }
        while end - start > 1 {
            let middle = start.midpoint(end);
            if self.ask(middle) == before { start = middle } else { end = middle }
        }
        Day { number: day, before, change: end, after }
    }

    fn ask(&self, instant: i64) -> i64 {
        to_integer(self.platform.offset(to_number(instant.clamp(-LAST_INSTANT, LAST_INSTANT))))
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
