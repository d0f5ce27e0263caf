//! When a shown note becomes another text.

use crate::Note;
use crate::parse::Cut;
use crate::tag::LAST_INSTANT;
use crate::viewer::{Clock, DAY};
use core::ops::Range;

/// Clocks are put forward or back at most once in this time, and the result lasts longer than it.
const STEP: i64 = DAY / 2;

impl Note<'_> {
    /// The first instant after `now` at which the shown text is another one: when the day of an end with a
    /// time begins or ends by the viewer's clocks.
    pub fn next_change(&self, clock: &impl Clock, now: i64) -> Option<i64> {
        if self.activity.is_none() || self.title == Cut::Misfit || self.whole_day {
            return None;
        }
        let until = self.until?;
        let day = clock.day(until);
        let mut current: Option<Range<i64>> = None;
        for part in Parts::around(clock, day) {
            match &mut current {
                Some(range) if range.end == part.start => range.end = part.end,
                _ => {
                    // Where clocks are put back just after midnight, a day comes in two pieces.
                    if let Some(change) = current.as_ref().and_then(|range| first_after(range, now)) {
                        return Some(change);
                    }
                    current = Some(part);
                }
            }
        }
        first_after(&current?, now)
    }
}

fn first_after(range: &Range<i64>, now: i64) -> Option<i64> {
    [range.start, range.end].into_iter().find(|midnight| *midnight > now && *midnight <= LAST_INSTANT)
}

/// The parts of a day during which the clocks are not put forward or back, in order.
struct Parts<'c, C> {
    clock: &'c C,
    day: i64,
    from: i64,
}

impl<'c, C: Clock> Parts<'c, C> {
    fn around(clock: &'c C, day: i64) -> Self {
        Self { clock, day, from: within_reach((day - 1) * DAY) }
    }

    /// The instant within a step from `from` from which the offset is another one; the end of the step if there is
    /// none.
    fn steady_until(&self, offset: i64) -> i64 {
        let mut end = self.from + STEP;
        if self.clock.offset(within_reach(end)) == offset {
            return end;
        }
        let mut start = self.from;
        while end - start > 1 {
            let middle = start.midpoint(end);
            if self.clock.offset(within_reach(middle)) == offset { start = middle } else { end = middle }
        }
        end
    }
}

impl<C: Clock> Iterator for Parts<'_, C> {
    type Item = Range<i64>;

    fn next(&mut self) -> Option<Range<i64>> {
        while self.from < (self.day + 2) * DAY {
            let offset = self.clock.offset(within_reach(self.from));
            let end = self.steady_until(offset);
            let midnight = self.day * DAY - offset;
            let part = self.from.max(midnight)..end.min(midnight + DAY);
            self.from = end;
            if !part.is_empty() {
                return Some(part);
            }
        }
        None
    }
}

fn within_reach(instant: i64) -> i64 {
    instant.clamp(-LAST_INSTANT, LAST_INSTANT)
}
