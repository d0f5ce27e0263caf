//! Writes of many mailboxes in one transaction. When thousands of calendars come in at once, a transaction for each
//! would wait for the disk thousands of times.

use tokio::sync::{mpsc, oneshot};
use tracing::error;

use super::calendars::{Calendars, Stored};

/// Writes that one transaction takes.
const MOST: usize = 200;

/// Hands calendars over to be stored.
#[derive(Clone)]
pub struct Writer(mpsc::Sender<Write>);

struct Write {
    guid: String,
    calendar: Stored,
    done: oneshot::Sender<bool>,
}

impl Writer {
    /// Begins to write, until the last of these is dropped.
    pub fn start(calendars: Calendars) -> Self {
        let (sender, receiver) = mpsc::channel(MOST);
        tokio::spawn(run(calendars, receiver));
        Self(sender)
    }

    /// Stores a calendar and waits until it is. Whether it could be.
    pub async fn write(&self, guid: String, calendar: Stored) -> bool {
        let (done, written) = oneshot::channel();
        self.0.send(Write { guid, calendar, done }).await.is_ok() && written.await.unwrap_or(false)
    }
}

async fn run(calendars: Calendars, mut receiver: mpsc::Receiver<Write>) {
    let mut writes = Vec::new();
    while receiver.recv_many(&mut writes, MOST).await > 0 {
        let (rows, waiting): (Vec<_>, Vec<_>) =
            writes.drain(..).map(|write| ((write.guid, write.calendar), write.done)).unzip();
        let written = calendars.write(&rows).await;
        // Nobody waits when the service ends, which closes the database.
        if let Err(error) = &written
            && waiting.iter().any(|done| !done.is_closed())
        {
            error!("{error:#}");
        }
        for done in waiting {
            // Who no longer waits needs no answer.
            let _ = done.send(written.is_ok());
        }
    }
}
