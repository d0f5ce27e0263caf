//! What all requests of callers share: the settings, the source of the calendars, the limits.

use std::sync::{Arc, Weak};
use std::time::Duration;

use chrono::Utc;
use tokio::sync::Mutex;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use super::audit::Entry;
use super::caller::{Caller, Right};
use super::limits::Limits;
use super::problem::{Problem, Why};
use crate::service::Service;
use crate::source::writing::Writable;
use crate::source::{Advice, Sources, pseudonym};
use crate::store::ApiStore;

const CLEANING_PAUSE: Duration = Duration::from_hours(6);
const DAY_MS: i64 = 24 * 3_600_000;
/// For so long the same key gives the same appointment.
const KEY_DAYS: i64 = 90;
/// For so long after it was written an appointment can be changed: it may begin in 400 days.
const APPOINTMENT_DAYS: i64 = 580;
/// For so long it is known who wrote what.
const AUDIT_DAYS: i64 = 180;

/// Appointments for callers.
pub(crate) struct Appointments {
    service: Weak<Service>,
    sources: Arc<Sources>,
    pub(super) limits: Limits,
    held: Mutex<Option<Held>>,
}

/// The source of the settings of a revision.
struct Held {
    revision: i64,
    source: Result<Arc<dyn Writable>, Advice>,
}

/// What the audit and the log say of an attempt, as far as it is known.
#[derive(Debug, Default)]
pub(super) struct Trace {
    pub mailbox: Option<String>,
    pub id: Option<i64>,
    pub span: Option<(i64, i64)>,
}

impl Appointments {
    pub fn new(service: &Arc<Service>, sources: Arc<Sources>) -> Self {
        let (limits, held) = (Limits::default(), Mutex::default());
        Self { service: Arc::downgrade(service), sources, limits, held }
    }

    fn service(&self) -> Result<Arc<Service>, Problem> {
        self.service.upgrade().ok_or_else(|| Problem::no_source("The service is ending."))
    }

    pub(super) fn store(&self) -> Result<ApiStore, Problem> {
        Ok(self.service()?.configuration.store().api())
    }

    /// Whether this caller may write at all.
    pub(super) fn may_write(&self, caller: &Caller) -> Result<(), Problem> {
        let service = self.service()?;
        if !service.configuration.watch().borrow().settings.calendar_api_write {
            let message = "Writing is switched off. The page Calendar API has the switch.";
            return Err(Problem::new(Why::WritingIsOff, message));
        }
        if caller.may(Right::Write) { Ok(()) } else { Err(Problem::right("write")) }
    }

    /// Where the calendars are, by the settings of now.
    pub(super) async fn source(&self) -> Result<Arc<dyn Writable>, Problem> {
        let service = self.service()?;
        let stored = Arc::clone(&service.configuration.watch().borrow());
        let mut held = self.held.lock().await;
        let is_current = |held: &&Held| held.revision == stored.revision;
        let source = if let Some(held) = held.as_ref().filter(is_current) {
            held.source.clone()
        } else {
            let secrets = service.configuration.store().secrets().await?;
            let source = self.sources.writable(&stored.settings, &secrets);
            *held = Some(Held { revision: stored.revision, source: source.clone() });
            source
        };
        source.map_err(|advice| Problem::no_source(advice.text))
    }

    /// What an attempt to write leaves in the audit. The log has pseudonyms.
    pub(super) fn entry(
        caller: &Caller,
        action: &'static str,
        trace: &Trace,
        result: &'static str,
    ) -> String {
        let mailbox = trace.mailbox.as_deref().map(pseudonym);
        tracing::info!(caller = pseudonym(&caller.id), action, mailbox, result, "Calendar API");
        let entry = Entry {
            caller: caller.name.clone(),
            action: action.to_owned(),
            mailbox: trace.mailbox.clone(),
            id: trace.id.map(|id| id.to_string()),
            start: trace.span.map(|(start, _)| start),
            end: trace.span.map(|(_, end)| end),
            result: result.to_owned(),
        };
        // Texts and numbers always serialize.
        serde_json::to_string(&entry).unwrap_or_default()
    }

    /// Notes an attempt that has come to nothing, or of which nothing else is kept.
    pub(super) async fn note(
        &self,
        caller: &Caller,
        action: &'static str,
        trace: &Trace,
        result: &'static str,
    ) {
        let entry = Self::entry(caller, action, trace, result);
        let noted = match self.store() {
            Ok(store) => store.note(now(), &entry).await,
            Err(_) => return,
        };
        if let Err(error) = noted {
            tracing::error!("{error:#}");
        }
    }
}

impl Appointments {
    /// Forgets what is old, every now and then, until the service ends.
    pub async fn clean_up(self: Arc<Self>, stop: CancellationToken) {
        let mut ticks = interval(CLEANING_PAUSE);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => {}
            }
            let Ok(store) = self.store() else { return };
            let before = |days: i64| now() - days * DAY_MS;
            let cleaned = store.clean(before(KEY_DAYS), before(APPOINTMENT_DAYS), before(AUDIT_DAYS)).await;
            if let Err(error) = cleaned {
                tracing::warn!("{error:#}");
            }
        }
    }
}

/// Milliseconds since the epoch.
pub(super) fn now() -> i64 {
    Utc::now().timestamp_millis()
}
