//! Users with a presence of ours. They stand in the database before the first word is written to the PBX, so that
//! whatever happens to this process, what it has written can be cleared.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tracing::error;

use super::engine::Engine;
use crate::pbx::Link;
use crate::service::Service;
use crate::source::Advice;

/// Pause after the database has failed.
const PAUSE: Duration = Duration::from_secs(5);

/// What is being written to the database.
#[derive(Default)]
pub(super) struct Ledger {
    under_way: Option<JoinHandle<(Vec<Batch>, Result<()>)>>,
    /// Set after a failure.
    pause: Option<Instant>,
}

/// Changes that belong to one connected PBX.
pub(super) struct Batch {
    /// Number of the connection.
    link: u64,
    pbx: String,
    enter: Vec<String>,
    forget: Vec<String>,
}

impl Ledger {
    /// The end of what is under way, if anything is.
    pub async fn done(&mut self) -> (Vec<Batch>, Result<()>) {
        let Some(task) = &mut self.under_way else { return std::future::pending().await };
        let done = task.await.unwrap_or_else(|error| (Vec::new(), Err(error.into())));
        self.under_way = None;
        done
    }
}

impl Engine {
    /// Writes to the database what has come up, unless something is being written already: then it waits, and
    /// goes together with what comes meanwhile.
    pub(super) fn write_ledger(&mut self, now: Instant) {
        if self.ledger.under_way.is_some() || self.ledger.pause.is_some_and(|pause| now < pause) {
            return;
        }
        let batches: Vec<Batch> = self.pbxs.links_mut().filter_map(Batch::take).collect();
        if !batches.is_empty() {
            let service = Arc::clone(&self.service);
            self.ledger.under_way = Some(tokio::spawn(async move {
                let written = write(&service, &batches).await;
                (batches, written)
            }));
        }
    }

    /// Something has been written to the database, or could not be.
    pub(super) fn ledger_written(&mut self, batches: Vec<Batch>, written: &Result<()>, now: Instant) {
        self.ledger.pause = written.is_err().then(|| now + PAUSE);
        self.database_error = written.as_ref().err().map(|error| {
            error!("{error:#}");
            Advice::new(
                "database",
                "The database does not work, so no new presences are written. See the log of the service.",
            )
        });
        for batch in batches {
            let Some(link) = self.pbxs.link_mut(batch.link) else { continue };
            if written.is_ok() {
                link.writer().entered(batch.enter);
            } else {
                link.writer().not_entered(batch.enter, batch.forget);
            }
        }
    }
}

impl Batch {
    fn take(link: &mut Link) -> Option<Self> {
        let (id, pbx) = (link.id(), link.pbx().to_lowercase());
        let writer = link.writer();
        let batch = Self { link: id, pbx, enter: writer.take_to_enter(), forget: writer.take_to_forget() };
        (!batch.enter.is_empty() || !batch.forget.is_empty()).then_some(batch)
    }
}

async fn write(service: &Service, batches: &[Batch]) -> Result<()> {
    let store = service.configuration.store();
    for Batch { pbx, enter, forget, .. } in batches {
        store.note_presences(pbx, enter, forget).await?;
    }
    Ok(())
}
