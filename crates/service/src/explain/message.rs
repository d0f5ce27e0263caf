//! The answer to `Explain`: the object of `explain --json`, with reasons that programs can read as well, and what comes
//! next. No title stands in a reason.

use calendar::appointment::{Appointment, Span};
use calendar::decide::{Ahead, Reason, Rules, Why};
use calendar::instant::Instant;
use calendar::settings::Settings;
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use crate::source::{Advice, Facts, MailboxState};
use crate::sync::word;
use crate::zones::System;

/// Bytes of all reasons, so that a message stays below what an `AppWebsocket` carries.
const MAX_BYTES: usize = 48_000;
/// So many changes are told, …
const MOST_AHEAD: usize = 20;
/// … and so many bytes of them.
const MAX_AHEAD_BYTES: usize = 8_000;

/// Body of `ExplainResult`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExplainResult {
    activity: &'static str,
    note: String,
    until: Option<Instant>,
    whole_day: bool,
    leading: Option<String>,
    next: Option<String>,
    changes_at: Option<Instant>,
    /// How it goes with the mailbox.
    state: &'static str,
    changes: Vec<Box<RawValue>>,
    reasons: Vec<Box<RawValue>>,
}

/// Why an appointment leads, waits or is left out.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Told<'a> {
    why: &'static str,
    #[serde(flatten)]
    when: When,
    show_as: &'static str,
    /// What decides between this one and the one that comes first, and when that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    behind: Option<When>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keyword: Option<Keyword<'a>>,
    text: String,
}

/// When an appointment is. Of whole days the dates as well, the last one exclusive.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct When {
    start: Instant,
    end: Instant,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<NaiveDate>,
}

#[derive(Serialize)]
struct Keyword<'a> {
    text: &'a str,
    first: bool,
}

/// That nothing was read, and why.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NotRead<'a> {
    why: &'static str,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
    #[serde(skip_serializing_if = "Facts::is_empty")]
    facts: &'a Facts,
    text: String,
}

/// That the decision is not shown.
#[derive(Serialize)]
struct HeldBack {
    why: &'static str,
    text: &'static str,
}

/// How many reasons are missing.
#[derive(Serialize)]
struct More {
    why: &'static str,
    count: usize,
    text: String,
}

#[derive(Serialize)]
struct Change<'a> {
    at: Instant,
    activity: &'a str,
    note: &'a str,
}

impl ExplainResult {
    /// Explains what is shown at `now` to a user whose mailbox is in this `state`.
    pub fn new(settings: &Settings, appointments: &[Appointment], now: Instant, state: &'static str) -> Self {
        let rules = Rules::new(settings, System);
        let explained = rules.explain(appointments, now);
        let zone = settings.presence_time_zone.as_str();
        let decision = &explained.decision;
        Self {
            activity: decision.pbx_activity(),
            note: decision.note.clone(),
            until: decision.until,
            whole_day: decision.whole_day,
            leading: decision.leading.map(|leading| leading.id.clone()),
            next: decision.next.map(|next| next.id.clone()),
            changes_at: decision.changes_at,
            state,
            changes: changes(&rules.ahead(appointments, now, MOST_AHEAD)),
            reasons: reasons(&explained.reasons, zone, MAX_BYTES),
        }
    }

    /// The same, while a presence that is set by hand comes before it.
    pub fn held_back(mut self) -> Self {
        let text = "The user has set a presence by hand, which comes first. What the calendar says is held back until \
                    the user takes it back.";
        let reason = raw(&HeldBack { why: "heldBack", text });
        self.reasons.splice(0..0, reason);
        self
    }

    /// Nothing was read of the mailbox of a user. Nothing is shown then, and that is not for want of appointments.
    pub fn not_read(state: &'static str, error: Option<&Advice>) -> Self {
        let no_facts = Facts::new();
        let told = NotRead {
            why: "notRead",
            state,
            error: error.map(|advice| advice.code),
            facts: error.map_or(&no_facts, |advice| &advice.facts),
            text: match error {
                Some(advice) => format!("The calendar was not read. {}", advice.text),
                None if state == word(MailboxState::Excluded) => {
                    "The settings leave this user out, so no calendar is read.".to_owned()
                }
                None if state == word(MailboxState::HiddenByUser) => {
                    "The user does not want anything of the calendar to be shown.".to_owned()
                }
                None => "The calendar was not read yet.".to_owned(),
            },
        };
        Self {
            activity: "",
            note: String::new(),
            until: None,
            whole_day: false,
            leading: None,
            next: None,
            changes_at: None,
            state,
            changes: Vec::new(),
            reasons: raw(&told).into_iter().collect(),
        }
    }
}

fn reasons(all: &[Reason<'_>], zone: &str, bytes: usize) -> Vec<Box<RawValue>> {
    let told = |reason: &&Reason<'_>| raw(&told(reason, zone));
    let every: Vec<_> = all.iter().filter_map(|reason| told(&reason)).collect();
    if fitting(&every, bytes) == every.len() {
        return every;
    }
    // Those come first that count.
    let counts = |reason: &&Reason<'_>| !matches!(reason.why, Why::LeftOut(_));
    let (counting, left_out): (Vec<_>, Vec<_>) = all.iter().partition(counts);
    let mut reasons: Vec<_> = counting.iter().chain(&left_out).filter_map(told).collect();
    let fitting = fitting(&reasons, bytes);
    let count = reasons.len() - fitting;
    reasons.truncate(fitting);
    reasons.extend(raw(&More { why: "more", count, text: format!("and {count} more") }));
    reasons
}

fn told<'a>(reason: &'a Reason<'_>, zone: &str) -> Told<'a> {
    let (by, behind) = match reason.why {
        Why::Behind { leading, by } => {
            let (start, end) = leading.span.instants(zone, &System);
            (Some(by.name()), Some(when(&leading.span, start, end)))
        }
        _ => (None, None),
    };
    Told {
        why: reason.why.name(),
        when: when(&reason.appointment.span, reason.start, reason.end),
        show_as: reason.appointment.show_as.name(),
        by,
        behind,
        keyword: reason.keyword.as_ref().map(|one| Keyword { text: &one.keyword, first: one.first }),
        text: reason.sentence(zone, &System),
    }
}

fn when(span: &Span, start: Instant, end: Instant) -> When {
    let (start_date, end_date) = match span {
        Span::Days { start, end, .. } => (Some(*start), Some(*end)),
        Span::Time { .. } => (None, None),
    };
    When { start, end, start_date, end_date }
}

fn changes(ahead: &[Ahead]) -> Vec<Box<RawValue>> {
    let change = |one: &Ahead| raw(&Change { at: one.at, activity: one.activity, note: &one.note });
    let mut changes: Vec<_> = ahead.iter().filter_map(change).collect();
    changes.truncate(fitting(&changes, MAX_AHEAD_BYTES));
    changes
}

/// Texts and numbers always serialize.
fn raw(value: &impl Serialize) -> Option<Box<RawValue>> {
    to_raw_value(value).ok()
}

/// How many of these, from the first on, have so many bytes.
fn fitting(all: &[Box<RawValue>], bytes: usize) -> usize {
    let mut total = 0;
    let fits = |one: &&RawValue| {
        total += one.get().len() + 1;
        total <= bytes
    };
    all.iter().map(Box::as_ref).take_while(fits).count()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;

    const HOUR: i64 = 3_600_000;

    fn appointment(id: &str, start: i64, end: i64) -> Appointment {
        Appointment { subject: "Secret".to_owned(), ..Appointment::new(id, Span::Time { start, end }) }
    }

    fn told(result: &ExplainResult) -> Json {
        serde_json::to_value(result).unwrap()
    }

    #[test]
    fn reasons_have_words_for_programs_and_for_people() {
        let date = |text: &str| text.parse().unwrap();
        let days = Span::Days { start: date("1970-01-01"), end: date("1970-01-02"), zone: String::new() };
        let all = [
            appointment("a1", 0, 2 * HOUR),
            Appointment { cancelled: true, ..Appointment::new("a2", days) },
            appointment("a3", -HOUR, HOUR),
        ];
        let settings = Settings { priority_words: "secret".to_owned(), ..Settings::default() };
        let result = told(&ExplainResult::new(&settings, &all, 1, "matched"));
        let keyword = json!({"text": "secret", "first": true});
        let [first, second, third] = [0, 1, 2].map(|place| result["reasons"][place].clone());
        assert_eq!(
            (&first["why"], &first["start"], &first["keyword"]),
            (&json!("leads"), &json!(0), &keyword)
        );
        assert!(first["text"].as_str().unwrap().starts_with("a1 (busy, "), "{first}");
        assert_eq!((&second["why"], &second["startDate"]), (&json!("cancelled"), &json!("1970-01-01")));
        assert_eq!((&third["why"], &third["by"]), (&json!("behind"), &json!("laterStart")));
        assert_eq!(third["behind"], json!({"start": 0, "end": 2 * HOUR}));
        assert_eq!((&result["state"], &result["leading"]), (&json!("matched"), &json!("a1")));
        assert_eq!(
            (&result["changes"][0]["at"], &result["changes"][0]["note"]),
            (&json!(2 * HOUR), &json!("Free"))
        );
        assert!(!result["reasons"].to_string().contains("Secret"));
    }

    #[test]
    fn where_nothing_was_read_that_is_the_reason() {
        let advice = Advice::new("noMailbox", "Do this.").with("addresses", "a@x");
        let result = told(&ExplainResult::not_read("noMailbox", Some(&advice)));
        let expected = json!([{
            "why": "notRead", "state": "noMailbox", "error": "noMailbox", "facts": {"addresses": "a@x"},
            "text": "The calendar was not read. Do this.",
        }]);
        assert_eq!((&result["reasons"], &result["note"]), (&expected, &json!("")));
        let result = told(&ExplainResult::not_read("waiting", None));
        assert_eq!(result["reasons"][0]["text"], "The calendar was not read yet.");
        let result = told(&ExplainResult::not_read("excluded", None));
        let text = "The settings leave this user out, so no calendar is read.";
        assert_eq!(result["reasons"][0]["text"], text);
    }

    #[test]
    fn of_too_many_reasons_those_come_first_that_count() {
        let mut all: Vec<_> =
            (0..999).map(|number| appointment(&number.to_string(), -9, number - 999)).collect();
        all.push(appointment("last", -9, 9));
        let result = told(&ExplainResult::new(&Settings::default(), &all, 0, "matched"));
        let reasons = result["reasons"].as_array().unwrap();
        assert_eq!(reasons[0]["why"], "leads");
        let last = reasons.last().unwrap();
        assert_eq!((&last["why"], &last["count"]), (&json!("more"), &json!(1001 - reasons.len())));
        assert!(result.to_string().len() < 60_000);
    }
}
