//! What concerns a session though its client says nothing.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::mine::MineUpdates;
use super::rights::Rights;
use super::status::StatusUpdates;
use super::{Close, Session};
use crate::instance_password::Fingerprint;
use crate::pbx::Guard;
use crate::service::Service;
use crate::status::Status;
use crate::store::Stored;

/// A PBX that says nothing for so long is asked for a sign of life, and then again.
const PING_PAUSE: Duration = Duration::from_secs(20);

/// What a session waits for.
pub(super) struct Watched {
    login_deadline: Instant,
    ping_at: Instant,
    settings: watch::Receiver<Arc<Stored>>,
    status: watch::Receiver<Status>,
    password: watch::Receiver<Fingerprint>,
}

/// What has happened.
enum Event {
    Settings,
    Status,
    StatusDue,
    Mine,
    MineDue,
    Password,
    Ping,
    Close(Close),
}

impl Watched {
    pub fn new(service: &Service) -> Self {
        let now = Instant::now();
        Self {
            login_deadline: now + service.limits.login,
            ping_at: now + PING_PAUSE,
            settings: service.configuration.watch(),
            status: service.status.watch(),
            password: service.password.watch(),
        }
    }
}

impl Session {
    /// The client is there, whatever it says.
    pub fn heard(&mut self) {
        self.place.seen();
        if let Some(pbx) = &self.pbx {
            pbx.heard();
            self.watched.ping_at = Instant::now() + PING_PAUSE;
        }
    }

    /// Waits for something to happen and deals with it. Whoever gives up waiting loses nothing.
    pub async fn attend(&mut self) -> Result<(), Close> {
        match self.event().await {
            Event::Settings => {
                let stored = Arc::clone(&self.watched.settings.borrow_and_update());
                self.config_update(&stored);
            }
            Event::Status => {
                let status = self.watched.status.borrow_and_update().clone();
                self.status_changed(status);
            }
            Event::StatusDue => self.status_update(),
            Event::Mine => self.mine_changed(),
            Event::MineDue => self.mine_update().await,
            Event::Password => {
                let now = *self.watched.password.borrow_and_update();
                if self.login.as_ref().is_some_and(|login| login.password != now) {
                    return Err(Close { code: Close::POLICY, reason: "the instance password has changed" });
                }
            }
            Event::Ping => {
                self.watched.ping_at = Instant::now() + PING_PAUSE;
                self.outbox.ping();
            }
            Event::Close(close) => return Err(close),
        }
        Ok(())
    }

    async fn event(&mut self) -> Event {
        let may_configure = self.rights == Rights::Manager;
        let status_due = self.status.as_ref().and_then(StatusUpdates::due);
        let mine_due = self.mine.as_ref().and_then(MineUpdates::due);
        let mine = &mut self.mine;
        let closing = self.pbx.as_ref().map(Guard::closing);
        let close = |code, reason| Event::Close(Close { code, reason });
        let Watched { login_deadline, ping_at, settings, status, password } = &mut self.watched;
        tokio::select! {
            biased;
            () = self.service.stop.cancelled() => close(Close::AWAY, "the service stops"),
            () = async { closing.unwrap_or_default().cancelled().await }, if self.pbx.is_some() => {
                close(Close::AWAY, "the PBX answers nothing")
            }
            () = sleep_until(*login_deadline), if self.login.is_none() => {
                close(Close::POLICY, "no login within 30 s")
            }
            Ok(()) = password.changed(), if self.login.is_some() => Event::Password,
            Ok(()) = settings.changed(), if may_configure => Event::Settings,
            Ok(()) = status.changed(), if self.status.is_some() => Event::Status,
            () = sleep_until(status_due.unwrap_or(*login_deadline)), if status_due.is_some() => Event::StatusDue,
            () = async { match mine { Some(mine) => mine.news().await, None => std::future::pending().await } } => Event::Mine,
            () = sleep_until(mine_due.unwrap_or(*login_deadline)), if mine_due.is_some() => Event::MineDue,
            () = sleep_until(*ping_at), if self.pbx.is_some() => Event::Ping,
            // All the rest is disabled at times; then nothing happens.
            () = std::future::pending() => Event::StatusDue,
        }
    }
}
