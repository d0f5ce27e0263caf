use std::fmt::Write as _;

use calendar::Native;
use calendar::decide::Decision;
use calendar::instant::{Instant, local_time};
use calendar::settings::Settings;
use calendar_presence::Note;
use serde::Serialize;

use super::Viewer;

/// The object of `explain --json`; the API message `ExplainResult` carries the same.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation<'a> {
    activity: &'static str,
    note: &'a str,
    until: Option<Instant>,
    whole_day: bool,
    leading: Option<&'a str>,
    next: Option<&'a str>,
    changes_at: Option<Instant>,
    reasons: Vec<String>,
}

impl<'a> Explanation<'a> {
    /// Explains a decision made with these settings.
    pub fn new(settings: &Settings, decision: &'a Decision<'a>) -> Self {
        Self {
            activity: decision.pbx_activity(),
            note: &decision.note,
            until: decision.until,
            whole_day: decision.whole_day,
            leading: decision.leading.map(|leading| leading.id.as_str()),
            next: decision.next.map(|next| next.id.as_str()),
            changes_at: decision.changes_at,
            reasons: reasons(settings, decision),
        }
    }
}

fn reasons(settings: &Settings, decision: &Decision<'_>) -> Vec<String> {
    decision.reasons.iter().map(|reason| reason.sentence(&settings.presence_time_zone, &Native)).collect()
}

/// The one JSON object.
pub fn json(settings: &Settings, decision: &Decision<'_>) -> String {
    // Texts, numbers and booleans always serialize.
    serde_json::to_string(&Explanation::new(settings, decision)).unwrap_or_default()
}

/// What a person reads.
pub fn text(settings: &Settings, decision: &Decision<'_>, viewers: &[Viewer], now: Instant) -> String {
    let zone = settings.presence_time_zone.as_str();
    let instant = |instant: Option<Instant>| {
        instant.map_or("never".to_owned(), |instant| {
            format!("{} ({zone})", local_time(instant, zone, &Native).format("%Y-%m-%d %H:%M:%S"))
        })
    };
    let activity = if decision.pbx_activity().is_empty() { "free" } else { decision.pbx_activity() };
    let mut text = format!(
        "Note: {}\nActivity: {activity}\nUntil: {}\nChanges at: {}\n",
        decision.note,
        instant(decision.until),
        instant(decision.changes_at)
    );
    let note = Note::parse(&decision.note);
    for Viewer { name, viewer } in viewers {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{name} sees: {}", note.format(viewer, now));
    }
    text.push_str("Reasons:\n");
    for reason in reasons(settings, decision) {
        let _ = writeln!(text, "  {reason}");
    }
    if decision.reasons.is_empty() {
        text.push_str("  there are no appointments\n");
    }
    text
}
