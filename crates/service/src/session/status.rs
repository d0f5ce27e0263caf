//! `GetStatus`, and `StatusUpdate` from then on.

use std::time::Duration;

use serde_json::value::RawValue;
use tokio::time::Instant;

use super::Session;
use super::reply::{Outgoing, Request};
use crate::status::Status;

/// A client that wants to know when the status changes.
pub(super) struct StatusUpdates {
    /// The `src` of its request, which every update carries.
    src: Option<Box<RawValue>>,
    /// What it knows.
    sent: Status,
    /// What it does not know yet.
    news: Option<Status>,
    /// Before this no update is sent.
    not_before: Instant,
}

impl StatusUpdates {
    /// When the next update is due, if there is news.
    pub fn due(&self) -> Option<Instant> {
        self.news.as_ref().map(|_| self.not_before)
    }
}

impl Session {
    /// `GetStatus`.
    pub(super) fn get_status(&mut self, request: Request<'_>) {
        let status = self.refresh_status();
        self.reply(request, self.service.status.dated(&status));
        let not_before = self.status.as_ref().map_or_else(Instant::now, |updates| updates.not_before);
        let src = request.src.map(ToOwned::to_owned);
        self.status = Some(StatusUpdates { src, sent: status, news: None, not_before });
    }

    /// Remembers a status to be sent; one that changed back is no news.
    pub(super) fn status_changed(&mut self, status: Status) {
        if let Some(updates) = &mut self.status {
            updates.news = (status != updates.sent).then_some(status);
        }
    }

    /// `StatusUpdate`.
    pub(super) fn status_update(&mut self) {
        let interval: Duration = self.service.limits.status_interval;
        let Some(updates) = &mut self.status else { return };
        let Some(status) = updates.news.take() else { return };
        updates.sent = status;
        updates.not_before = Instant::now() + interval;
        let Some(updates) = &self.status else { return };
        let (body, src) = (self.service.status.dated(&updates.sent), updates.src.as_deref());
        self.send(&Outgoing { mt: "StatusUpdate", api: Some("Calendar"), body, src });
    }
}
