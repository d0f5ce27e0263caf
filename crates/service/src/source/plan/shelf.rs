//! A backend in memory, which tells what has changed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use calendar::appointment::{Sensitivity, ShowAs};
use tokio::sync::mpsc;

use crate::source::backend::{
    Backend, Calendar, Cursor, Found, Mailbox, Missing, Push, Read, Reading, Search,
};
use crate::source::record::{Record, Times};
use crate::source::{Advice, Error};

/// Mailboxes by address.
#[derive(Clone, Default)]
pub(super) struct Shelf(Arc<Mutex<Inside>>);

#[derive(Default)]
struct Inside {
    mailboxes: HashMap<String, Vec<Record>>,
    /// Who reads which mailbox.
    readers: HashMap<String, String>,
    pushes: Option<mpsc::Sender<Push>>,
    readings: usize,
}

impl Shelf {
    /// A mailbox has this appointment alone from now on, and says so.
    pub fn put(&self, address: &str, subject: &str, start: i64, end: i64) {
        let mut inside = self.0.lock().unwrap();
        let record = Record {
            id: subject.to_owned(),
            series: None,
            subject: subject.to_owned(),
            times: Times::Time(start, end),
            show_as: ShowAs::Busy,
            sensitivity: Sensitivity::Normal,
            organizer: String::new(),
            cancelled: false,
            declined: false,
            categories: Vec::new(),
            zone: None,
            is_open: false,
        };
        inside.mailboxes.insert(address.to_owned(), vec![record]);
        if let (Some(pushes), Some(guid)) = (&inside.pushes, inside.readers.get(address)) {
            pushes.try_send(Push::Changed(guid.clone())).unwrap();
        }
    }

    /// How many mailboxes were read until now.
    pub fn readings(&self) -> usize {
        self.0.lock().unwrap().readings
    }

    fn reading(&self, guid: &str, address: &str) -> Option<Reading> {
        let mut inside = self.0.lock().unwrap();
        let records = inside.mailboxes.get(address)?.clone();
        inside.readers.insert(address.to_owned(), guid.to_owned());
        inside.readings += 1;
        Some(Reading {
            calendar: Some(Calendar { records, zone: None }),
            afresh: true,
            cursor: Cursor::new(String::new()),
            revisit: None,
            watched: true,
        })
    }
}

#[async_trait]
impl Backend for Shelf {
    async fn find(&self, search: Search<'_>) -> Result<Found, Error> {
        let found = search.addresses.iter().find_map(|address| {
            let mailbox = Mailbox { user: address.clone(), name: address.clone(), warning: None };
            Some(Box::new((mailbox, self.reading(search.guid, address)?)))
        });
        Ok(found.map_or(Found::None(Missing::Unknown), Found::Mailbox))
    }

    async fn read(&self, read: Read<'_>) -> Result<Reading, Error> {
        self.reading(read.guid, &read.mailbox.user).ok_or(Error::NotFound)
    }

    fn pushes(&self) -> Option<mpsc::Receiver<Push>> {
        let (sender, receiver) = mpsc::channel(100);
        self.0.lock().unwrap().pushes = Some(sender);
        Some(receiver)
    }

    async fn start_over(&self) {}

    fn missing(&self, _: Missing, _: &[String]) -> Advice {
        Advice::new("shelf", "There is no such mailbox on the shelf.")
    }

    fn all_forbidden(&self) -> Advice {
        Advice::new("shelfLocked", "The shelf is locked.")
    }
}
