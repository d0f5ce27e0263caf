//! The calendar of one mailbox and the log of its changes, from which delta answers are made.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

use crate::appointment::{Appointment, Change, Series};
use crate::plan::Plan;
use crate::recurrence::Window;
use crate::zone::{Zone, next_day};

/// Names an item within its mailbox; the order is that of delta answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemKey(u64);

impl ItemKey {
    const MADE: u64 = 1 << 56;
    const PLANNED: u64 = 2 << 56;
    const SERIES: u64 = 3 << 56;

    fn made(number: u64) -> Self {
        Self(Self::MADE | number)
    }

    fn planned(date: NaiveDate, slot: usize) -> Self {
        Self(Self::PLANNED | u64::from(date.num_days_from_ce().unsigned_abs()) << 8 | slot as u64)
    }

    /// Date and slot of a planned appointment.
    fn slot(self) -> Option<(NaiveDate, usize)> {
        let days = i32::try_from((self.0 & !(0xff << 56)) >> 8).ok()?;
        let date = NaiveDate::from_num_days_from_ce_opt(days).filter(|date| date.year() <= 9999)?;
        (self.0 >> 56 == 2).then_some((date, usize::try_from(self.0 & 0xff).ok()?))
    }

    /// As a number, for ids.
    pub fn to_bits(self) -> u64 {
        self.0
    }

    /// What [`ItemKey::to_bits`] gave.
    pub fn from_bits(bits: u64) -> Self {
        Self(bits)
    }
}

/// What stands in a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// One appointment.
    Single(Appointment),
    /// A weekly series.
    Series(Series),
}

impl Item {
    /// Changes an appointment, a whole series, or, with a date, one occurrence, which becomes an exception. `None`
    /// where there is no such occurrence.
    pub fn change(&mut self, date: Option<NaiveDate>, change: Change, zone: &Zone) -> Option<()> {
        match (self, date) {
            (Self::Single(appointment), None) => change.apply(appointment),
            (Self::Series(series), None) => {
                // A series that is moved begins anew: Exchange drops its exceptions.
                if change.time.is_some() {
                    series.exceptions.clear();
                    series.deleted.clear();
                }
                change.apply(&mut series.first);
            }
            (Self::Series(series), Some(date)) => {
                let occurrence = series.occurrence(date, zone)?;
                let own = Appointment { time: occurrence.time, ..series.first.clone() };
                let mut changed = occurrence.exception.cloned().unwrap_or(own);
                change.apply(&mut changed);
                series.exceptions.insert(date, changed);
            }
            (Self::Single(_), Some(_)) => return None,
        }
        Some(())
    }

    /// Deletes one occurrence of a series. `None` where there is no such occurrence.
    pub fn delete(&mut self, date: NaiveDate, zone: &Zone) -> Option<()> {
        let Self::Series(series) = self else { return None };
        series.occurrence(date, zone)?;
        series.exceptions.remove(&date);
        series.deleted.insert(date);
        Some(())
    }

    /// Whether all its times are such that Exchange would take them: in order, within the years 1900 to 2999.
    pub fn is_possible(&self) -> bool {
        match self {
            Self::Single(appointment) => appointment.time.is_possible(),
            Self::Series(series) => {
                let exceptions = series.exceptions.values();
                series.first.time.is_possible() && exceptions.into_iter().all(|e| e.time.is_possible())
            }
        }
    }
}

/// An item somebody added, changed or deleted.
#[derive(Debug, Clone)]
pub struct Stored {
    /// `None` once it is deleted.
    pub item: Option<Item>,
    /// The revision of the calendar at which it changed last.
    pub changed: u64,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// When it was changed last.
    pub modified: DateTime<Utc>,
}

/// An item as it is now, wherever it comes from.
#[derive(Debug, Clone)]
pub struct View<'a> {
    /// Its name in the mailbox.
    pub key: ItemKey,
    /// What it is.
    pub item: Cow<'a, Item>,
    /// The revision of the calendar at which it changed last; 0 as long as nobody changed it.
    pub changed: u64,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// When it was changed last.
    pub modified: DateTime<Utc>,
}

/// One mailbox's calendar.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    plan: Option<Plan>,
    stored: BTreeMap<ItemKey, Stored>,
    made: u64,
    /// All that clients have used, also for what is deleted since.
    pub(crate) transactions: BTreeSet<String>,
    /// Counts the changes.
    pub revision: u64,
    /// Delta tokens of another generation are gone.
    pub generation: u32,
}

impl Calendar {
    /// A calendar that nobody has changed yet.
    pub fn planned(plan: Plan) -> Self {
        Self { plan: Some(plan), ..Self::default() }
    }

    /// The item of a name, unless it was deleted.
    pub fn get(&self, key: ItemKey, zone: &Zone) -> Option<View<'_>> {
        if let Some(stored) = self.stored.get(&key) {
            return stored.view(key);
        }
        let plan = self.plan?;
        if key.0 == ItemKey::SERIES {
            let series = plan.series(zone);
            let created = zone.start_of(series.first_date(zone)) - TimeDelta::days(14);
            return Some(View::untouched(key, Item::Series(series), created));
        }
        let (date, slot) = key.slot()?;
        let appointment = plan.on(date, zone).into_iter().nth(slot)?;
        Some(View::untouched(key, Item::Single(appointment), zone.start_of(date) - TimeDelta::days(14)))
    }

    /// The items that may have something in the window, in order. It is for the caller to look closer.
    pub fn all(&self, window: Window, zone: &Zone) -> Vec<View<'_>> {
        let mut views: Vec<_> = self.stored.iter().filter_map(|(key, stored)| stored.view(*key)).collect();
        if let Some(plan) = self.plan {
            views.extend(self.planned_on(plan, window, zone));
            let series = ItemKey(ItemKey::SERIES);
            if !self.stored.contains_key(&series) {
                views.extend(self.get(series, zone));
            }
        }
        views.sort_by_key(|view| view.key);
        views
    }

    fn planned_on(&self, plan: Plan, window: Window, zone: &Zone) -> Vec<View<'_>> {
        let last = zone.local(window.end).date();
        let mut views = Vec::new();
        let mut date = zone.local(window.start).date();
        while date <= last {
            for (slot, appointment) in plan.on(date, zone).into_iter().enumerate() {
                let key = ItemKey::planned(date, slot);
                if !self.stored.contains_key(&key) {
                    let created = zone.start_of(date) - TimeDelta::days(14);
                    views.push(View::untouched(key, Item::Single(appointment), created));
                }
            }
            date = next_day(date);
        }
        views
    }

    /// What changed after one revision and up to another, in order, deleted items included.
    pub fn changes(&self, from: u64, to: u64) -> impl Iterator<Item = (ItemKey, &Stored)> {
        let changed = move |stored: &Stored| stored.changed > from && stored.changed <= to;
        self.stored.iter().filter(move |(_, stored)| changed(stored)).map(|(key, stored)| (*key, stored))
    }

    /// Puts an item in; its name comes back.
    pub fn add(&mut self, item: Item, now: DateTime<Utc>) -> ItemKey {
        self.made += 1;
        let key = ItemKey::made(self.made);
        self.store(key, Some(item), now, now);
        key
    }

    /// Puts in what a client has created.
    pub(crate) fn add_with_transaction(&mut self, event: Appointment, now: DateTime<Utc>) -> ItemKey {
        self.transactions.extend(event.details.transaction_id.clone());
        self.add(Item::Single(event), now)
    }

    /// Puts another item in the place of one, or nothing.
    pub fn replace(&mut self, key: ItemKey, item: Option<Item>, now: DateTime<Utc>, zone: &Zone) {
        let created = self.get(key, zone).map_or(now, |view| view.created);
        self.store(key, item, created, now);
    }

    fn store(&mut self, key: ItemKey, item: Option<Item>, created: DateTime<Utc>, now: DateTime<Utc>) {
        self.revision += 1;
        self.stored.insert(key, Stored { item, changed: self.revision, created, modified: now });
    }
}

impl Stored {
    /// The item, unless it was deleted.
    pub fn view(&self, key: ItemKey) -> Option<View<'_>> {
        let item = Cow::Borrowed(self.item.as_ref()?);
        Some(View { key, item, changed: self.changed, created: self.created, modified: self.modified })
    }
}

impl View<'_> {
    fn untouched(key: ItemKey, item: Item, created: DateTime<Utc>) -> Self {
        View { key, item: Cow::Owned(item), changed: 0, created, modified: created }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week() -> Window {
        let start: DateTime<Utc> = "2026-11-16T00:00:00Z".parse().unwrap();
        Window { start, end: start + TimeDelta::days(7) }
    }

    #[test]
    fn planned_items_are_found_by_their_keys() {
        let zone = Zone::utc();
        let calendar = Calendar::planned(Plan { seed: 7 });
        let all = calendar.all(week(), &zone);
        assert!(all.len() > 5, "{}", all.len());
        for view in all {
            assert_eq!(calendar.get(view.key, &zone).unwrap().item, view.item);
        }
    }

    #[test]
    fn a_deleted_planned_item_stays_deleted_and_is_logged() {
        let zone = Zone::utc();
        let mut calendar = Calendar::planned(Plan { seed: 7 });
        let before = calendar.all(week(), &zone).len();
        let key = calendar.all(week(), &zone)[0].key;
        calendar.replace(key, None, week().start, &zone);
        assert_eq!(calendar.all(week(), &zone).len(), before - 1);
        assert!(calendar.get(key, &zone).is_none());
        assert_eq!(calendar.changes(0, 1).map(|(key, _)| key).collect::<Vec<_>>(), [key]);
        assert_eq!(calendar.changes(1, 1).count(), 0);
    }
}
