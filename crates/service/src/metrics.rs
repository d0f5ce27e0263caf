//! Counters for Prometheus. No label ever holds a name, an address or a title.

use prometheus::{IntCounterVec, IntGauge, Opts, Registry, TextEncoder};

use crate::sync::SyncMetrics;

/// What `/metrics` shows.
pub(crate) struct Metrics {
    registry: Registry,
    /// Open websockets.
    pub websockets: IntGauge,
    /// Logins by result.
    pub logins: IntCounterVec,
    /// Writes of the settings by result.
    pub writes: IntCounterVec,
    /// What the synchronization does.
    pub sync: SyncMetrics,
    revision: IntGauge,
    pbxs: IntGauge,
}

impl Metrics {
    pub fn new() -> Result<Self, prometheus::Error> {
        let registry = Registry::new();
        let gauge = |name, help| {
            let gauge = IntGauge::new(name, help)?;
            registry.register(Box::new(gauge.clone())).map(|()| gauge)
        };
        let counter = |name, help| {
            let counter = IntCounterVec::new(Opts::new(name, help), &["result"])?;
            registry.register(Box::new(counter.clone())).map(|()| counter)
        };
        Ok(Self {
            websockets: gauge("pbx_calendar_websockets", "Open websockets.")?,
            logins: counter("pbx_calendar_logins_total", "Logins by result.")?,
            writes: counter("pbx_calendar_config_writes_total", "Writes of the settings by result.")?,
            sync: SyncMetrics::new(&registry)?,
            revision: gauge("pbx_calendar_config_revision", "Revision of the settings.")?,
            pbxs: gauge(
                "pbx_calendar_pbx_connections",
                "Connected PBXs, the one in the settings and others.",
            )?,
            registry,
        })
    }

    /// Where others put counters of their own.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// The text that Prometheus reads.
    pub fn text(&self, revision: i64, pbxs: usize) -> Result<String, prometheus::Error> {
        self.revision.set(revision);
        self.pbxs.set(i64::try_from(pbxs).unwrap_or(i64::MAX));
        TextEncoder::new().encode_to_string(&self.registry.gather())
    }
}
