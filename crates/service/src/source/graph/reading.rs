//! Reading a mailbox: its window afresh, or what has changed since the last reading.

use std::time::Duration;

use tracing::debug;

use super::answer::{Next, Page};
use super::client::Graph;
use super::link::Link;
use super::round::Round;
use crate::source::backend::{Calendar, Cursor, Mailbox, Read, Reading, window};
use crate::source::pseudonym::pseudonym;
use crate::source::record::Record;
use crate::source::{Advice, Error};

/// Nobody has more appointments than that in a window; an answer without an end must have one.
const MOST_PAGES: usize = 1000;
const MOST_CHANGES: usize = 50_000;
/// What could not be had of a mailbox is asked for again after this time.
const SOON: Duration = Duration::from_mins(1);
/// A zone that is known may change.
const ZONE_LASTS: Duration = Duration::from_hours(24);

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
        let page = self.follow(&Link::stored(cursor.as_str().to_owned())).await?;
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
        let known = read.known.calendar().await.filter(|known| !round.leaves_open(&known.records));
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
                Next::Delta(link) => return Ok((round, link)),
                Next::Page(link) => link,
            };
            if round.len() > MOST_CHANGES {
                break;
            }
            page = self.follow(&link).await?;
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
        let mut calendar = known.unwrap_or_default();
        for series in round.missing_masters() {
            if let Some(properties) = self.master(&mailbox.user, &series).await? {
                round.add_master(series, properties);
            }
        }
        calendar.records = round.apply(calendar.records);
        let mut revisit = None;
        let is_zone_due = complete || calendar.zone.is_none();
        if is_zone_due && calendar.records.iter().any(Record::is_whole_day) {
            let zone = self.zone(&mailbox.user).await;
            revisit = Some(if zone.is_some() { ZONE_LASTS } else { SOON });
            // A zone that was known is better than none.
            calendar.zone = zone.or(calendar.zone);
        }
        Ok(Reading { calendar: Some(calendar), afresh, cursor: link.into_cursor(), revisit, watched: false })
    }

    /// The zone of a mailbox; empty if the application may not know it, `None` if it is to be asked again.
    async fn zone(&self, user: &str) -> Option<String> {
        if self.mailbox_settings.holds() {
            return Some(String::new());
        }
        match self.time_zone(user).await {
            Ok(zone) => Some(zone),
            Err(Error::Forbidden) => {
                self.mailbox_settings.note();
                Some(String::new())
            }
            Err(Error::NotFound) => Some(String::new()),
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
