//! What callers send: an appointment, or a change of one.

use serde::{Deserialize, Deserializer};

use super::problem::Problem;
use super::time::Asked;
use crate::source::writing::{Change, Content, Shown};

/// Characters of a title or a place.
const MAX_LINE: usize = 255;
/// Characters of notes.
const MAX_NOTES: usize = 8192;
/// Four weeks, the longest that Outlook offers and more.
const MAX_REMINDER: u32 = 40_320;

/// What is done where the mailbox is busy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum OnConflict {
    /// Nothing is written.
    #[default]
    Refuse,
    /// It is written all the same.
    Allow,
}

/// An appointment to be created.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewDraft {
    /// Address of the mailbox.
    pub mailbox: String,
    start: String,
    end: String,
    subject: String,
    #[serde(default)]
    time_zone: Option<String>,
    #[serde(default)]
    all_day: bool,
    #[serde(default)]
    location: Option<String>,
    #[serde(default)]
    notes: Option<String>,
    #[serde(default)]
    show_as: Shown,
    #[serde(default)]
    private: bool,
    #[serde(default)]
    reminder_minutes: Option<u32>,
    #[serde(default)]
    pub online: bool,
    #[serde(default)]
    pub on_conflict: OnConflict,
}

/// A change of an appointment; what is left out stays.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ChangeDraft {
    #[serde(default)]
    start: Option<String>,
    #[serde(default)]
    end: Option<String>,
    #[serde(default)]
    time_zone: Option<String>,
    #[serde(default)]
    all_day: Option<bool>,
    #[serde(default)]
    subject: Option<String>,
    #[serde(default)]
    location: Option<String>,
    #[serde(default)]
    notes: Option<String>,
    #[serde(default)]
    show_as: Option<Shown>,
    #[serde(default)]
    private: Option<bool>,
    #[expect(clippy::option_option, reason = "left out, null, or a number")]
    #[serde(default, deserialize_with = "given")]
    reminder_minutes: Option<Option<u32>>,
    #[serde(default)]
    pub on_conflict: OnConflict,
}

/// Tells `null` from what is left out.
#[expect(clippy::option_option, reason = "left out, null, or a number")]
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<u32>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl NewDraft {
    /// Its time, and what it says.
    pub fn checked(&self) -> Result<(Asked, Content), Problem> {
        let asked = Asked::read(&self.start, &self.end, self.time_zone.as_deref(), self.all_day)?;
        subject(&self.subject)?;
        let content = Content {
            subject: self.subject.clone(),
            location: location(self.location.clone().unwrap_or_default())?,
            notes: notes(self.notes.clone().unwrap_or_default())?,
            show_as: shown(self.show_as)?,
            private: self.private,
            reminder: reminder(self.reminder_minutes)?,
        };
        Ok((asked, content))
    }
}

impl ChangeDraft {
    /// Its time, if there is another, and what else changes. The time is not in the change yet.
    pub fn checked(&self) -> Result<(Option<Asked>, Change), Problem> {
        let asked = match (&self.start, &self.end) {
            (Some(start), Some(end)) => {
                let is_all_day = self.all_day.unwrap_or_default();
                Some(Asked::read(start, end, self.time_zone.as_deref(), is_all_day)?)
            }
            (None, None) if self.time_zone.is_some() => return Err(together("timeZone")),
            (None, None) if self.all_day.is_some() => return Err(together("allDay")),
            (None, None) => None,
            (None, Some(_)) => return Err(together("start")),
            (Some(_), None) => return Err(together("end")),
        };
        if let Some(text) = &self.subject {
            subject(text)?;
        }
        let change = Change {
            when: None,
            subject: self.subject.clone(),
            location: self.location.clone().map(location).transpose()?,
            notes: self.notes.clone().map(notes).transpose()?,
            show_as: self.show_as.map(shown).transpose()?,
            private: self.private,
            reminder: self.reminder_minutes.map(reminder).transpose()?,
        };
        Ok((asked, change))
    }
}

fn together(field: &str) -> Problem {
    Problem::invalid(field, "start and end change together, with allDay and timeZone where they are needed.")
}

fn subject(text: &str) -> Result<(), Problem> {
    let is_good = !text.trim().is_empty() && is_line(text);
    let wrong = || Problem::invalid("subject", "subject must be one line of 1 to 255 characters.");
    is_good.then_some(()).ok_or_else(wrong)
}

fn location(text: String) -> Result<String, Problem> {
    let wrong = || Problem::invalid("location", "location must be one line of at most 255 characters.");
    is_line(&text).then_some(()).ok_or_else(wrong).map(|()| text)
}

fn is_line(text: &str) -> bool {
    text.chars().count() <= MAX_LINE && !text.contains(char::is_control)
}

fn notes(text: String) -> Result<String, Problem> {
    let is_stray = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    let is_good = text.chars().count() <= MAX_NOTES && !text.contains(is_stray);
    let wrong = || Problem::invalid("notes", "notes must be a text of at most 8192 characters.");
    is_good.then_some(()).ok_or_else(wrong).map(|()| text)
}

fn shown(show_as: Shown) -> Result<Shown, Problem> {
    let wrong =
        || Problem::invalid("showAs", "showAs must be free, tentative, busy, oof or workingElsewhere.");
    (show_as != Shown::Unknown).then_some(show_as).ok_or_else(wrong)
}

fn reminder(minutes: Option<u32>) -> Result<Option<u32>, Problem> {
    let is_good = minutes.is_none_or(|minutes| minutes <= MAX_REMINDER);
    let wrong =
        || Problem::invalid("reminderMinutes", "reminderMinutes must be 0 to 40320, or null for none.");
    is_good.then_some(minutes).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::super::problem::Why;
    use super::*;

    fn new(changes: &Json) -> Result<Content, Why> {
        let mut draft = json!({"mailbox": "a@b.de", "start": "2026-11-28T10:00:00Z", "end": "2026-11-28T11:00:00Z",
            "subject": "Visit"});
        draft.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let draft: NewDraft = serde_json::from_value(draft).unwrap();
        draft.checked().map(|(_, content)| content).map_err(|problem| problem.why)
    }

    #[test]
    fn what_is_left_out_has_its_default() {
        let content = new(&json!({})).unwrap();
        let expected = Content { subject: "Visit".to_owned(), ..Content::default() };
        assert!(content == expected && content.show_as == Shown::Busy && content.reminder.is_none());
        let change = |text| serde_json::from_str::<ChangeDraft>(text).unwrap().checked().unwrap().1;
        assert!(change("{}") == Change::default());
        assert_eq!(change(r#"{"reminderMinutes": null}"#).reminder, Some(None));
        assert_eq!(change(r#"{"reminderMinutes": 0}"#).reminder, Some(Some(0)));
    }

    #[test]
    fn texts_have_limits_in_characters() {
        assert!(
            new(&json!({"subject": "ü".repeat(255), "location": "ü".repeat(255), "notes": "ü".repeat(8192)}))
                .is_ok()
        );
        for (field, value) in [
            ("subject", json!("x".repeat(256))),
            ("subject", json!(" ")),
            ("subject", json!("a\nb")),
            ("location", json!("x".repeat(256))),
            ("location", json!("a\u{0}b")),
            ("notes", json!("x".repeat(8193))),
            ("notes", json!("a\u{7}b")),
            ("showAs", json!("away")),
            ("reminderMinutes", json!(40_321)),
        ] {
            assert_eq!(new(&json!({ field: value })).err(), Some(Why::Invalid(field.to_owned())));
        }
        assert!(new(&json!({"notes": "two\r\nlines\tof text"})).is_ok());
    }

    #[test]
    fn times_change_together() {
        for (text, field) in [
            (r#"{"start": "2026-11-28T10:00:00Z"}"#, "end"),
            (r#"{"end": "2026-11-28T10:00:00Z"}"#, "start"),
            (r#"{"timeZone": "UTC"}"#, "timeZone"),
            (r#"{"allDay": true}"#, "allDay"),
        ] {
            let problem = serde_json::from_str::<ChangeDraft>(text).unwrap().checked().err().unwrap();
            assert_eq!(problem.why, Why::Invalid(field.to_owned()));
        }
    }
}
