use std::fmt::Write as _;

use calendar::decide::{Explained, Reason, Why};
use calendar::instant::{Instant, local_time};
use calendar::settings::Settings;
use calendar::viewer::ZoneViewer;
use calendar_presence::Note;
use serde::Serialize;
use serde_json::Value as Json;

use super::Viewer;
use crate::zones::System;

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
    pub fn new(settings: &Settings, explained: &'a Explained<'a>) -> Self {
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

    /// The same for a message, with reasons of at most so many bytes. Where that cuts some off, those come first that
    /// count, and the last one tells how many are missing.
    pub fn for_message(settings: &Settings, explained: &'a Explained<'a>, bytes: usize) -> Self {
        let all = Self::new(settings, explained);
        if fitting(&all.reasons, bytes) == all.reasons.len() {
            return all;
        }
        let counts = explained.reasons.iter().map(|reason| !matches!(reason.why, Why::LeftOut(_)));
        let (mut reasons, left_out): (Vec<_>, Vec<_>) =
            all.reasons.into_iter().zip(counts).partition(|(_, counts)| *counts);
        reasons.extend(left_out);
        let mut reasons: Vec<String> = reasons.into_iter().map(|(reason, _)| reason).collect();
        let fitting = fitting(&reasons, bytes);
        let missing = reasons.len() - fitting;
        reasons.truncate(fitting);
        reasons.push(format!("and {missing} more"));
        Self { reasons, ..all }
    }
}

/// How many of these, from the first on, have so many bytes as JSON.
fn fitting(reasons: &[String], bytes: usize) -> usize {
    let mut total = 0;
    let fits = |reason: &&String| {
        total += Json::from(reason.as_str()).to_string().len() + 1;
        total <= bytes
    };
    reasons.iter().take_while(fits).count()
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

#[cfg(test)]
mod tests {
    use calendar::appointment::{Appointment, Span};
    use calendar::decide::explain;

    use super::*;

    /// One that counts after others that do not.
    fn appointments(left_out: i64) -> Vec<Appointment> {
        let appointment = |end: i64| Appointment::new(&format!("a\"{end}"), Span::Time { start: -10, end });
        (-left_out..0).chain([10]).map(appointment).collect()
    }

    #[test]
    fn reasons_that_fit_stay_as_they_are() {
        let (settings, appointments) = (Settings::default(), appointments(5));
        let explained = explain(&settings, &appointments, 0, &System);
        let all = Explanation::new(&settings, &explained).reasons;
        let bytes = Json::from(all.clone()).to_string().len();
        assert_eq!(Explanation::for_message(&settings, &explained, bytes).reasons, all);
    }

    #[test]
    fn of_too_many_reasons_those_come_first_that_count() {
        let (settings, appointments) = (Settings::default(), appointments(5));
        let explained = explain(&settings, &appointments, 0, &System);
        let told = Explanation::for_message(&settings, &explained, 200);
        let told: Vec<&str> = told.reasons.iter().map(String::as_str).collect();
        assert_eq!(
            told,
            [
                "a\"10 (busy, 1969-12-31 23:59 to 1970-01-01 00:00) leads",
                "a\"-5 (busy, 1969-12-31 23:59 to 1969-12-31 23:59) is left out: it is over",
                "and 4 more",
            ]
        );
    }
}
