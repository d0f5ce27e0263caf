//! What one round of requests says about a mailbox, and what it makes of the appointments known before.

use std::collections::{BTreeMap, BTreeSet};

use super::event::{Change, Kind, Properties};
use crate::source::record::Record;

/// The changes of all pages of a round.
#[derive(Debug, Default)]
pub struct Round {
    /// By id; what comes later counts.
    changes: BTreeMap<String, Change>,
    masters: BTreeMap<String, Properties>,
}

impl Round {
    /// Takes a page in.
    pub fn add(&mut self, changes: Vec<Change>) {
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

    /// Number of changes.
    pub fn len(&self) -> usize {
        self.changes.len()
    }

    /// Whether these changes leave open what became of something known. A cancelled occurrence, or all of them when
    /// a series is moved, leaves no trace in a delta: the rest of the series is sent again, and that is all. Then the
    /// mailbox must be read afresh.
    pub fn leaves_open(&self, known: &[Record]) -> bool {
        let touched: BTreeSet<&str> =
            self.changes.values().filter_map(|change| touched(change, known)).collect();
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

    /// The appointments after these changes. Occurrences of a series that is gone go with it.
    pub fn apply(self, known: Vec<Record>) -> Vec<Record> {
        let mut records: BTreeMap<String, Record> =
            known.into_iter().map(|record| (record.id.clone(), record)).collect();
        for (id, change) in self.changes {
            records.remove(&id);
            match change {
                Change::Removed { .. } => records.retain(|_, record| record.series.as_ref() != Some(&id)),
                Change::Event(mut event) => {
                    let of_series =
                        || series(&event.kind).and_then(|series| self.masters.get(series)).cloned();
                    let properties = event.properties.take().or_else(of_series);
                    let record = properties.and_then(|properties| event.record(properties));
                    records.extend(record.map(|record| (id, record)));
                }
            }
        }
        records.into_values().collect()
    }
}

/// The series that is sent again with this change, if one is.
fn touched<'a>(change: &'a Change, known: &[Record]) -> Option<&'a str> {
    let Change::Event(event) = change else { return None };
    match &event.kind {
        Kind::Single => None,
        Kind::Master => Some(&event.id),
        Kind::Occurrence { series } => Some(series),
        // One that changes keeps its id; a new one may stand for an occurrence that we know.
        Kind::Exception { series } => (!known.iter().any(|record| record.id == event.id)).then_some(series),
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
