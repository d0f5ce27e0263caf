//! Whether somebody is free.

use super::problem::{Problem, Why};
use super::time::span;
use crate::source::writing::{Busy, Slot, When, Writable};

/// What stands in the way of an appointment, save the one of this id.
pub(super) fn conflicts<'a>(
    slots: &'a [Slot],
    (from, to): (i64, i64),
    own: Option<&'a str>,
) -> impl Iterator<Item = &'a Slot> {
    // The source knows the zone of whole days, and gives those that fall into the time.
    let overlaps = move |slot: &Slot| slot.whole_days || (slot.start < to && slot.end > from);
    slots.iter().filter(move |slot| {
        !slot.cancelled && slot.show_as.blocks() && overlaps(slot) && own != Some(slot.id.as_str())
    })
}

/// The refusal that tells of them.
pub(super) async fn conflict(source: &dyn Writable, mailbox: &str, slots: &[&Slot]) -> Problem {
    let home = if slots.iter().any(|slot| slot.whole_days) {
        source.zone(mailbox).await.unwrap_or_default()
    } else {
        String::new()
    };
    let busy = slots.iter().map(|slot| {
        let (start, end) = if slot.whole_days { whole_days(slot, &home) } else { (slot.start, slot.end) };
        Busy { start, end, status: slot.show_as }
    });
    let message = "The mailbox is busy at this time. Take another, or send onConflict: allow.";
    Problem::new(Why::Conflict(busy.collect()), message)
}

fn whole_days(slot: &Slot, home: &str) -> (i64, i64) {
    let date = |at: i64| chrono::DateTime::from_timestamp_millis(at).unwrap_or_default().date_naive();
    let zone = if home.is_empty() { "UTC" } else { home };
    span(&When::Days { start: date(slot.start), end: date(slot.end), zone: zone.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::writing::Shown;

    fn slot(id: &str, start: i64, end: i64) -> Slot {
        let (created, whole_days, cancelled) = (0, false, false);
        Slot { id: id.to_owned(), created, start, end, whole_days, show_as: Shown::Busy, cancelled }
    }

    #[test]
    fn whatever_is_neither_free_nor_elsewhere_nor_cancelled_is_in_the_way() {
        let found = |slot: Slot, own| conflicts(&[slot], (10, 20), own).count();
        assert_eq!(found(slot("a", 5, 11), None), 1);
        assert_eq!(found(slot("a", 19, 30), None), 1);
        assert_eq!(found(slot("a", 5, 10), None) + found(slot("a", 20, 30), None), 0, "they touch");
        assert_eq!(found(slot("a", 5, 11), Some("a")), 0, "itself");
        for (show_as, expected) in [
            (Shown::Free, 0),
            (Shown::WorkingElsewhere, 0),
            (Shown::Tentative, 1),
            (Shown::Oof, 1),
            (Shown::Unknown, 1),
        ] {
            assert_eq!(found(Slot { show_as, ..slot("a", 10, 20) }, None), expected, "{show_as:?}");
        }
        assert_eq!(found(Slot { cancelled: true, ..slot("a", 10, 20) }, None), 0);
        assert_eq!(found(Slot { whole_days: true, ..slot("a", 0, 1) }, None), 1, "the source has reckoned");
    }
}
