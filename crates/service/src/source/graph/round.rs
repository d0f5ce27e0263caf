//! What one round of requests says about a mailbox, and what it makes of the appointments known before.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{DateTime, NaiveDate, NaiveTime};

use super::event::{Change, Event, Kind, Properties};
use crate::source::record::{Record, Times};

/// The changes of all pages of a round.
#[derive(Debug, Default)]
pub struct Round {
    /// By id; what comes later counts.
    changes: BTreeMap<String, Change>,
    masters: BTreeMap<String, Properties>,
    /// Series that could not be read, and may be later.
    open: HashSet<String>,
    /// How many entries came, also of the same event.
    entries: usize,
}

impl Round {
    /// Takes a page in.
    pub fn add(&mut self, changes: Vec<Change>) {
        self.entries += changes.len();
        for change in changes {
            let id = match &change {
                Change::Removed { id } => id.clone(),
                Change::Event(event) => event.id.clone(),
            };
            if let Change::Event(event) = &change
                && event.kind == Kind::Master
                && let Some(properties) = &event.properties
            {
                self.masters.insert(id.clone(), properties.clone());
            }
            self.changes.insert(id, change);
        }
    }

    /// Whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.entries
    }

    /// Whether these changes leave open what became of something known. A cancelled occurrence, or all of them when
    /// a series is moved, leaves no trace in a delta: the rest of the series is sent again, and that is all. Then the
    /// mailbox must be read afresh.
    pub fn leaves_open(&self, known: &[Record]) -> bool {
        let ids: HashSet<&str> = known.iter().map(|record| record.id.as_str()).collect();
        let touched: HashSet<&str> =
            self.changes.values().filter_map(|change| touched(change, &ids)).collect();
        let is_touched =
            |record: &Record| record.series.as_deref().is_some_and(|series| touched.contains(series));
        known.iter().any(|record| is_touched(record) && !self.changes.contains_key(&record.id))
    }

    /// The series of which occurrences came without the master.
    pub fn missing_masters(&self) -> Vec<String> {
        let series = self.changes.values().filter_map(|change| match change {
            Change::Event(event) if event.properties.is_none() => series(&event.kind),
            _ => None,
        });
        let missing: BTreeSet<&str> = series.filter(|series| !self.masters.contains_key(*series)).collect();
        missing.into_iter().map(str::to_owned).collect()
    }

    /// Adds a master that was asked for.
    pub fn add_master(&mut self, id: String, properties: Properties) {
        self.masters.insert(id, properties);
    }

    /// Notes that a master cannot be read for now.
    pub fn leave_open(&mut self, id: String) {
        self.open.insert(id);
    }

    /// The appointments after these changes. Occurrences of a series that is removed go with it; one that came of a
    /// series that cannot be had counts as what it says itself.
    pub fn apply(self, known: Vec<Record>) -> Vec<Record> {
        let Self { changes, masters, open, .. } = self;
        let removed: HashSet<&str> = changes
            .iter()
            .filter(|(_, change)| matches!(change, Change::Removed { .. }))
            .map(|(id, _)| id.as_str())
            .collect();
        let stays = |record: &Record| {
            !changes.contains_key(&record.id)
                && !record.series.as_deref().is_some_and(|series| removed.contains(series))
        };
        let mut records: BTreeMap<String, Record> =
            known.into_iter().filter(stays).map(|record| (record.id.clone(), record)).collect();
        for (id, change) in changes {
            if let Change::Event(event) = change {
                records.extend(record(event, &masters, &open).map(|record| (id, record)));
            }
        }
        records.into_values().collect()
    }
}

/// What is kept of an event.
fn record(
    mut event: Event,
    masters: &BTreeMap<String, Properties>,
    open: &HashSet<String>,
) -> Option<Record> {
    let properties = event.properties.take();
    let of_series = || series(&event.kind).and_then(|series| masters.get(series)).cloned();
    if let Some(properties) = properties.or_else(of_series) {
        return event.record(properties);
    }
    let is_open = series(&event.kind).is_some_and(|series| open.contains(series));
    let all_day = event.is_from_midnight_to_midnight();
    let record = event.record(Properties { all_day, ..Properties::unknown() });
    record.map(|record| Record { is_open, ..record })
}

/// Lets occurrences say what their series says, which could not be read before.
pub(super) fn complete(record: &mut Record, properties: &Properties) {
    record.subject = Record::title(&properties.subject);
    record.show_as = properties.show_as;
    record.sensitivity = properties.sensitivity;
    record.organizer.clone_from(&properties.organizer);
    record.cancelled = properties.cancelled;
    record.categories = Record::categories(&properties.categories);
    record.times = match (record.times, properties.all_day) {
        (Times::Time(start, end), true) => days(start, end).unwrap_or(record.times),
        (Times::Days(start, end), false) => Times::Time(midnight(start), midnight(end)),
        (times, _) => times,
    };
    record.is_open = false;
}

/// Times are in UTC, as they were asked for.
fn days(start: i64, end: i64) -> Option<Times> {
    let date = |instant| DateTime::from_timestamp_millis(instant).map(|time| time.date_naive());
    Some(Times::Days(date(start)?, date(end)?))
}

fn midnight(date: NaiveDate) -> i64 {
    date.and_time(NaiveTime::MIN).and_utc().timestamp_millis()
}

/// The series that is sent again with this change, if one is.
fn touched<'a>(change: &'a Change, known: &HashSet<&str>) -> Option<&'a str> {
    let Change::Event(event) = change else { return None };
    match &event.kind {
        Kind::Single => None,
        Kind::Master => Some(&event.id),
        Kind::Occurrence { series } => Some(series),
        // One that changes keeps its id; a new one may stand for an occurrence that we know.
        Kind::Exception { series } => (!known.contains(event.id.as_str())).then_some(series),
    }
}

fn series(kind: &Kind) -> Option<&str> {
    match kind {
        Kind::Occurrence { series } | Kind::Exception { series } => Some(series),
        Kind::Single | Kind::Master => None,
    }
}

#[cfg(test)]
mod tests;
