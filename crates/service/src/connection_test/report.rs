//! The report for a ticket: what was tested, step by step, without the names of whoever tests.

mod names;

use std::fmt::Write;

use calendar::settings::{Item, Kind, Settings, Value};

use super::StepMessage;
use crate::source::steps::Subject;
use names::Names;

/// Bytes of a report, so that it fits into a message.
const MAX_BYTES: usize = 40_000;

/// Writes it.
pub(super) fn write(settings: &Settings, subject: &Subject, messages: &[StepMessage]) -> String {
    let mut names = Names::of(settings, subject);
    for message in messages {
        names.learn(message);
    }
    let mut report = format!(
        "pbx-calendar {}, {}, cloud {}\n",
        env!("CARGO_PKG_VERSION"),
        choice(settings, Item::SyncType),
        choice(settings, Item::NationalCloud)
    );
    for message in messages.iter().filter(|message| message.state != "running") {
        let part = message.part.as_deref().map(|part| format!(" {}", names.hide(part))).unwrap_or_default();
        let code = message.code.as_deref().map(|code| format!(" [{code}]")).unwrap_or_default();
        let detail = names.hide(&message.detail);
        let StepMessage { step, state, ms, .. } = message;
        // Writing to a text cannot fail.
        let _ = writeln!(report, "{step}{part}: {state}, {ms} ms{code} {detail}");
    }
    if report.len() > MAX_BYTES {
        let end = report.char_indices().map(|(at, _)| at).take_while(|at| *at <= MAX_BYTES).last();
        report.truncate(end.unwrap_or_default());
        report.push_str("…\n");
    }
    report
}

/// The word of a choice.
fn choice(settings: &Settings, item: Item) -> &'static str {
    match (item.kind(), settings.get(item)) {
        (Kind::Choice(words), Value::Choice(index)) => words.get(index).copied().unwrap_or_default(),
        _ => "",
    }
}
