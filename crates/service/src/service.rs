//! What all parts of the running service share.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::Result;
use tokio::sync::Mutex;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::error;

use crate::appointments::Appointments;
use crate::client::TrustedProxies;
use crate::configuration::Configuration;
use crate::demo::SimulatedPbx;
use crate::http::{FileCache, TryOut};
use crate::instance_password::InstancePassword;
use crate::metrics::Metrics;
use crate::mine::Lookers;
use crate::pbx::Connections;
use crate::places::Places;
use crate::session::Jobs;
use crate::source::Sources;
use crate::source::exchange::sign_in::Desk;
use crate::status::StatusBoard;
use crate::sync::Requests;
use crate::throttle::Throttle;

/// Between two looks after the database.
const LOOK_PAUSE: Duration = Duration::from_secs(1);

/// The running service.
pub(crate) struct Service {
    pub configuration: Configuration,
    pub status: Arc<StatusBoard>,
    /// The connected PBXs.
    pub pbxs: Arc<Connections>,
    /// The way to the synchronization.
    pub sync: Requests,
    pub metrics: Metrics,
    pub throttle: Throttle,
    pub password: InstancePassword,
    /// For clients that have not logged in.
    pub places: Arc<Places>,
    /// Users who look at their own calendar.
    pub mine: Lookers,
    /// One choice of a user after the other is stored.
    pub choosing: Mutex<()>,
    /// For questions that take a while.
    pub jobs: Jobs,
    /// Folder of the built files.
    pub files: PathBuf,
    /// Those that have been asked for.
    pub file_cache: FileCache,
    pub trusted_proxies: TrustedProxies,
    /// With `--try-out`.
    pub try_out: Option<TryOut>,
    /// With `--demo`.
    pub demo: Option<SimulatedPbx>,
    pub limits: Limits,
    /// Where people sign in to Exchange Online; there as soon as calendars are.
    pub desk: OnceLock<Desk>,
    /// What makes sources, and the steps of connection tests; there as soon as calendars are.
    pub sources: OnceLock<Arc<Sources>>,
    /// The Calendar API; there as soon as calendars are.
    pub appointments: OnceLock<Arc<Appointments>>,
    /// Cancelled when the service is to end.
    pub stop: CancellationToken,
    /// All connections; the service ends when they have, or soon after.
    pub connections: TaskTracker,
}

/// Limits that tests want to reach quickly.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// A websocket must log in within this time.
    pub login: Duration,
    /// Bytes that may wait for a slow reader.
    pub outbox_bytes: usize,
    /// Time between two `StatusUpdate`s of a connection.
    pub status_interval: Duration,
    /// A client that takes nothing of what is written for so long is cut off.
    pub write: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            login: Duration::from_secs(30),
            outbox_bytes: 1 << 20,
            status_interval: Duration::from_secs(5),
            write: Duration::from_secs(30),
        }
    }
}

impl Service {
    /// Turns lines about the protocol of calendar servers on and off with the settings. Nothing is restarted by it.
    pub async fn follow_debugging(self: Arc<Self>, debugging: Arc<AtomicBool>) {
        let mut settings = self.configuration.watch();
        loop {
            debugging.store(settings.borrow_and_update().settings.ews_debug, Ordering::Relaxed);
            tokio::select! {
                () = self.stop.cancelled() => return,
                changed = settings.changed() => if changed.is_err() { return },
            }
        }
    }

    /// Keeps the status in step with settings and database until the service ends.
    pub async fn follow_settings(self: Arc<Self>) -> Result<()> {
        let mut settings = self.configuration.watch();
        let mut trouble = self.configuration.store().trouble();
        loop {
            tokio::select! {
                () = self.stop.cancelled() => return Ok(()),
                changed = settings.changed() => changed?,
                changed = trouble.changed() => {
                    changed?;
                    let trouble = *trouble.borrow_and_update();
                    if let Some(trouble) = trouble {
                        error!("{trouble}");
                    }
                    self.status.set_database(trouble);
                }
            }
            let stored = Arc::clone(&settings.borrow_and_update());
            self.status.refresh(&stored.settings);
        }
    }

    /// Looks after the database until the service ends.
    pub async fn look_after_database(self: Arc<Self>) {
        let mut ticks = interval(LOOK_PAUSE);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = self.stop.cancelled() => return,
                _ = ticks.tick() => self.configuration.store().look().await,
            }
        }
    }
}
