//! The log, on standard error.

use std::io::IsTerminal;

use clap::ValueEnum;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// How a line of the log looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Starts the log. Below warnings only the service itself speaks: libraries would show whole messages, and with
/// them passwords.
pub(crate) fn start(level: LevelFilter, format: Format) {
    let targets =
        Targets::new().with_default(level.min(LevelFilter::WARN)).with_target("pbx_calendar", level);
    // Without the last word, a log that cannot be written, as on a full disk, would end in a panic.
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).log_internal_errors(false);
    let layer = match format {
        Format::Text => layer.with_ansi(std::io::stderr().is_terminal()).boxed(),
        Format::Json => layer.json().boxed(),
    };
    // Fails if there is a log already, as where tests start several services.
    let _ = tracing_subscriber::registry().with(layer.with_filter(targets)).try_init();
}
