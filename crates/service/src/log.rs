//! The log, on standard error.

use std::io::IsTerminal;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts the log. Below warnings only the service itself speaks: libraries would show whole messages, and with
/// them passwords.
pub(crate) fn start(level: LevelFilter) {
    let targets =
        Targets::new().with_default(level.min(LevelFilter::WARN)).with_target("pbx_calendar", level);
    let format = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    // Fails if there is a log already, as where tests start several services.
    let _ = tracing_subscriber::registry().with(format).with(targets).try_init();
}
