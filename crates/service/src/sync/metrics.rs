//! Counters of the synchronization. No label ever holds a name, an address or a title.

use prometheus::{Gauge, Histogram, HistogramOpts, IntCounter, IntCounterVec, IntGaugeVec, Opts, Registry};

use super::people::{states, word};
use crate::pbx::Counts;
use crate::source::MailboxState;

/// Seconds. A change is to come within the first of them.
const LATENESS: [f64; 9] = [0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0];

/// What `/metrics` shows of the synchronization.
pub(crate) struct SyncMetrics {
    /// Starts of the source of appointments.
    pub starts: IntCounter,
    /// Rounds of requests by result; the source counts them.
    pub rounds: IntCounterVec,
    /// Readings of mailboxes that ended in a panic; the source counts them.
    pub panics: IntCounter,
    users: IntGaugeVec,
    presences: IntCounterVec,
    lateness: Histogram,
    age: Gauge,
}

impl SyncMetrics {
    pub fn new(registry: &Registry) -> Result<Self, prometheus::Error> {
        let metrics = Self {
            starts: IntCounter::new(
                "pbx_calendar_source_starts_total",
                "Starts of the source of appointments.",
            )?,
            rounds: IntCounterVec::new(
                Opts::new("pbx_calendar_mailbox_rounds_total", "Mailboxes asked for changes, by result."),
                &["result"],
            )?,
            panics: IntCounter::new(
                "pbx_calendar_job_panics_total",
                "Readings of mailboxes that failed inside the service, which is a defect.",
            )?,
            users: IntGaugeVec::new(
                Opts::new("pbx_calendar_users", "Users of the PBX by mailbox state."),
                &["state"],
            )?,
            presences: IntCounterVec::new(
                Opts::new(
                    "pbx_calendar_presence_writes_total",
                    "Presences that the PBX has taken or refused.",
                ),
                &["result"],
            )?,
            lateness: Histogram::with_opts(
                HistogramOpts::new(
                    "pbx_calendar_change_lateness_seconds",
                    "From the instant at which a presence changes to its message to the PBX.",
                )
                .buckets(LATENESS.to_vec()),
            )?,
            age: Gauge::new("pbx_calendar_data_age_seconds", "Age of the oldest calendar that is shown.")?,
        };
        registry.register(Box::new(metrics.starts.clone()))?;
        registry.register(Box::new(metrics.panics.clone()))?;
        registry.register(Box::new(metrics.rounds.clone()))?;
        registry.register(Box::new(metrics.users.clone()))?;
        registry.register(Box::new(metrics.presences.clone()))?;
        registry.register(Box::new(metrics.lateness.clone()))?;
        registry.register(Box::new(metrics.age.clone()))?;
        for (_, word) in states() {
            metrics.users.with_label_values(&[word]);
        }
        for result in ["ok", "refused"] {
            metrics.presences.with_label_values(&[result]);
        }
        Ok(metrics)
    }

    pub fn set_users(&self, count: impl Fn(MailboxState) -> u32) {
        for (state, _) in states() {
            self.users.with_label_values(&[word(state)]).set(i64::from(count(state)));
        }
    }

    pub fn count_presences(&self, counts: Counts) {
        for (result, count) in [("ok", counts.taken), ("refused", counts.refused)] {
            if count > 0 {
                self.presences.with_label_values(&[result]).inc_by(count);
            }
        }
    }

    /// How late a change is, in milliseconds. Before its time it is in time: the clock was set.
    pub fn observe_lateness(&self, ms: i64) {
        self.lateness.observe(seconds(ms));
    }

    /// Age of the oldest data in milliseconds; none is none.
    pub fn set_age(&self, ms: Option<i64>) {
        self.age.set(ms.map_or(0.0, seconds));
    }
}

fn seconds(ms: i64) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "as long as a machine runs, milliseconds fit into 52 bits"
    )]
    let seconds = ms.max(0) as f64 / 1000.0;
    seconds
}
