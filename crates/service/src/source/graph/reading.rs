//! Reading a mailbox: its window afresh, or what has changed since the last reading.

use std::collections::{BTreeMap, BTreeSet};
use tracing::debug;

use super::answer::{MOST_ENTRIES, Next, Page};
use super::client::{Graph, PAGE_SIZES};
use super::event::Properties;
use super::link::Link;
use super::round::{Round, complete};
use super::work;
use crate::source::backend::{Calendar, Cursor, Mailbox, Read, Reading, Revisit, window};
use crate::source::pseudonym::pseudonym;
use crate::source::record::Record;
use crate::source::{Advice, Error};

/// An answer without an end must have one: also where every page has a single entry.
const MOST_PAGES: usize = MOST_ENTRIES;
/// More than so many entries or appointments take more time than other tasks should wait.
const MANY: usize = 500;

/// What was asked about series.
#[derive(Default)]
struct Masters {
    found: BTreeMap<String, Properties>,
    /// Those that may be read later.
    open: BTreeSet<String>,
}

impl Graph {
    /// Reads the window of a mailbox.
    pub(super) async fn read_window(&self, read: Read<'_>) -> Result<Reading, Error> {
        let (start, end) = window(read.now);
        let page = self.calendar_view(&read.mailbox.user, start, end).await?;
        self.read_afresh(read.guid, read.mailbox, page).await
    }

    /// Reads a whole window, of which this is the first page.
    pub(super) async fn read_afresh(
        &self,
        guid: &str,
        mailbox: &Mailbox,
        page: Page,
    ) -> Result<Reading, Error> {
        let (round, link) = self.collect(page).await?;
        debug!(user = pseudonym(guid), changes = round.len(), "window read");
        self.take_in(mailbox, round, None, link, true).await
    }

    /// Asks for the changes since the last reading.
    pub(super) async fn go_on(&self, read: Read<'_>, cursor: &Cursor) -> Result<Reading, Error> {
        let page = self.follow(&Link::stored(cursor.as_str().to_owned()), PAGE_SIZES[0]).await?;
        let (round, link) = self.collect(page).await?;
        if round.is_empty() && !read.revisit {
            return Ok(Reading {
                calendar: None,
                afresh: false,
                cursor: link.into_cursor(),
                revisit: None,
                watched: false,
            });
        }
        // What cannot be read counts as lost.
        let known = read.known.calendar().await;
        let is_long = round.len() > MANY;
        let (round, known) = work::aside(is_long, move || {
            let known = known.filter(|known| !round.leaves_open(&known.records));
            (round, known)
        })
        .await;
        let Some(known) = known else {
            debug!(user = pseudonym(read.guid), "what changed is not clear; reading afresh");
            return self.read_window(read).await;
        };
        self.take_in(read.mailbox, round, Some(known), link, read.revisit).await
    }

    /// Follows the links of a round to its end.
    async fn collect(&self, mut page: Page) -> Result<(Round, Link), Error> {
        let mut round = Round::default();
        for _ in 0..MOST_PAGES {
            round.add(page.changes);
            let link = match page.next {
                Next::Delta(link) if round.len() <= MOST_ENTRIES => return Ok((round, link)),
                Next::Page(link) if round.len() <= MOST_ENTRIES => link,
                Next::Delta(_) | Next::Page(_) => break,
            };
            page = self.follow(&link, page.size).await?;
        }
        Err(unreadable("has no end"))
    }

    /// Applies a round to what is known. `complete` asks anew for what may have been left open.
    async fn take_in(
        &self,
        mailbox: &Mailbox,
        mut round: Round,
        known: Option<Calendar>,
        link: Link,
        complete: bool,
    ) -> Result<Reading, Error> {
        let afresh = known.is_none();
        let Calendar { records, zone } = known.unwrap_or_default();
        let mut masters = self.masters(mailbox, round.missing_masters()).await?;
        for (series, properties) in std::mem::take(&mut masters.found) {
            round.add_master(series, properties);
        }
        masters.open.into_iter().for_each(|series| round.leave_open(series));
        let is_long = round.len() + records.len() > MANY;
        let records = work::aside(is_long, move || round.apply(records)).await;
        let mut calendar = Calendar { records, zone };
        if complete {
            self.complete(mailbox, &mut calendar.records).await?;
        }
        let is_open = self.resolve_organizers(&mut calendar.records).await
            || calendar.records.iter().any(|record| record.is_open);
        let mut revisit = is_open.then_some(Revisit::Soon);
        let is_zone_due = complete || calendar.zone.is_none();
        if is_zone_due && calendar.records.iter().any(Record::is_whole_day) {
            let zone = self.zone(&mailbox.user).await;
            let again = if zone.is_some() { Revisit::Daily } else { Revisit::Soon };
            revisit = Some(revisit.unwrap_or(again).min(again));
            // A zone that was known is better than none.
            let is_known = calendar.zone.as_ref().is_some_and(|zone| !zone.is_empty());
            calendar.zone = zone.filter(|zone| !is_known || !zone.is_empty()).or(calendar.zone);
        }
        Ok(Reading { calendar: Some(calendar), afresh, cursor: link.into_cursor(), revisit, watched: false })
    }

    /// Asks for series that were left open before.
    async fn complete(&self, mailbox: &Mailbox, records: &mut [Record]) -> Result<(), Error> {
        let open = records.iter().filter(|record| record.is_open).filter_map(|record| record.series.clone());
        let open: BTreeSet<String> = open.collect();
        let Masters { found, open } = self.masters(mailbox, open.into_iter().collect()).await?;
        for record in records.iter_mut().filter(|record| record.is_open) {
            let Some(series) = record.series.as_deref() else { continue };
            match found.get(series) {
                Some(properties) => complete(record, properties),
                None => record.is_open = open.contains(series),
            }
        }
        Ok(())
    }

    /// Asks for series masters. What is wrong with one of them concerns no other appointment.
    async fn masters(&self, mailbox: &Mailbox, series: Vec<String>) -> Result<Masters, Error> {
        let mut masters = Masters::default();
        let mut is_busy = false;
        for series in series {
            if is_busy {
                masters.open.insert(series);
                continue;
            }
            match self.master(&mailbox.user, &series).await {
                Ok(Some(properties)) => {
                    masters.found.insert(series, properties);
                }
                Ok(None) => {}
                Err(error @ (Error::NoAccess(_) | Error::Unreachable(_))) => return Err(error),
                Err(error) => {
                    is_busy = matches!(error, Error::Throttled(_));
                    debug!(?error, "a series cannot be read");
                    masters.open.insert(series);
                }
            }
        }
        Ok(masters)
    }

    /// The zone of a mailbox; empty if the application may not know it, `None` if it is to be asked again.
    async fn zone(&self, user: &str) -> Option<String> {
        if self.mailbox_settings.holds() {
            return Some(String::new());
        }
        match self.time_zone(user).await.map_err(Error::from) {
            Ok(zone) => Some(zone),
            Err(Error::Forbidden) => {
                self.mailbox_settings.note();
                Some(String::new())
            }
            Err(_) => None,
        }
    }
}

fn unreadable(what: &str) -> Error {
    Error::Failed(Advice::new(
        "answer",
        format!("Microsoft Graph's answer {what}. The request is repeated by itself."),
    ))
}
