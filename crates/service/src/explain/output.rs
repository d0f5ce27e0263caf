use std::fmt::Write as _;

use calendar::decide::{Explained, Reason};
use calendar::instant::{Instant, local_time};
use calendar::settings::Settings;
use calendar::viewer::ZoneViewer;
use calendar_presence::Note;
use serde::Serialize;

use super::Viewer;
use crate::zones::System;

/// The object of `explain --json`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Explanation<'a> {
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
    fn new(settings: &Settings, explained: &'a Explained<'a>) -> Self {
        let decision = &explained.decision;
        Self {
            activity: decision.pbx_activity(),
            note: &decision.note,
            until: decision.until,
            whole_day: decision.whole_day,
            leading: decision.leading.map(|leading| leading.id.as_str()),
            next: decision.next.map(|next| next.id.as_str()),
            changes_at: decision.changes_at,
            reasons: reasons(settings, &explained.reasons),
        }
    }
}

fn reasons(settings: &Settings, reasons: &[Reason<'_>]) -> Vec<String> {
    reasons.iter().map(|reason| reason.sentence(&settings.presence_time_zone, &System)).collect()
}

/// The one JSON object.
pub fn json(settings: &Settings, explained: &Explained<'_>) -> String {
    // Texts, numbers and booleans always serialize.
    serde_json::to_string(&Explanation::new(settings, explained)).unwrap_or_default()
}

/// What a person reads.
pub fn text(settings: &Settings, explained: &Explained<'_>, viewers: &[Viewer], now: Instant) -> String {
    let decision = &explained.decision;
    let zone = settings.presence_time_zone.as_str();
    let instant = |instant: Option<Instant>| {
        instant.map_or("never".to_owned(), |instant| {
            format!("{} ({zone})", local_time(instant, zone, &System).format("%Y-%m-%d %H:%M:%S"))
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
    for Viewer { name, language, zone } in viewers {
        let viewer = ZoneViewer { language: *language, zone: zone.name(), zones: &System };
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{name} sees: {}", note.format(&viewer, now));
    }
    text.push_str("Reasons:\n");
    for reason in reasons(settings, &explained.reasons) {
        let _ = writeln!(text, "  {reason}");
    }
    if explained.reasons.is_empty() {
        text.push_str("  there are no appointments\n");
    }
    text
}
