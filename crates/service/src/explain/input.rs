//! The two files of the command, with the line of whatever is wrong in them.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use calendar::appointment::{Appointment, Sensitivity, ShowAs, Span};
use calendar::settings::{Item, Kind, Settings};
use calendar::{Native, Platform};
use chrono::{DateTime, NaiveDate};
use serde::Deserialize;
use serde_json::Value as Json;
use serde_json::value::RawValue;

/// Something wrong in a file.
#[derive(Debug, PartialEq, Eq)]
pub struct InputError {
    line: usize,
    cause: String,
}

impl InputError {
    /// The line of an error message.
    pub fn in_file(&self, file: &Path) -> String {
        format!("{}, line {}: {}", file.display(), self.line, self.cause)
    }
}

type Result<T> = std::result::Result<T, InputError>;

/// The text of a file, without the mark that some editors put before it.
pub fn text(bytes: &[u8]) -> Result<&str> {
    let text = str::from_utf8(bytes).map_err(|error| InputError {
        line: line_at(bytes, error.valid_up_to()),
        cause: "this is not UTF-8".to_owned(),
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Reads settings: items by name, choices by their word or index.
pub fn settings(text: &str) -> Result<Settings> {
    let mut items: BTreeMap<Cow<'_, str>, &RawValue> = parse(text, text)?;
    // A file that the form has exported is as good: there they stand one level deeper.
    if items.contains_key("format")
        && let Some(exported) = items.get("settings")
    {
        items = parse(text, exported.get())?;
    }
    let mut settings = Settings::default();
    for (name, raw) in items {
        let wrong =
            |cause: String| InputError { line: line_of(text, raw.get()), cause: format!("{name}: {cause}") };
        let item = Item::from_name(&name).ok_or_else(|| wrong("there is no such setting".to_owned()))?;
        if item.read_only() {
            continue;
        }
        let json = by_index(item, parse(text, raw.get())?);
        settings
            .read(item, &json, &Native)
            .map_err(|code| wrong(format!("{} ({})", expected(item), code.as_str())))?;
    }
    Ok(settings)
}

/// A choice given by its word becomes its index.
fn by_index(item: Item, json: Json) -> Json {
    let (Kind::Choice(words), Some(word)) = (item.kind(), json.as_str()) else { return json };
    words.iter().position(|known| *known == word).map_or(json.clone(), Json::from)
}

fn expected(item: Item) -> String {
    match item.kind() {
        Kind::Bool => "expected true or false".to_owned(),
        Kind::Int { min, max } => format!("expected a whole number from {min} to {max}"),
        Kind::Text | Kind::Password => "this text does not fit".to_owned(),
        Kind::Choice(words) => format!("expected one of {} or its index", words.join(", ")),
    }
}

/// Reads an array of appointments; unknown fields are ignored.
pub fn appointments(text: &str) -> Result<Vec<Appointment>> {
    let entries: Vec<&RawValue> = parse(text, text)?;
    let mut appointments = Vec::with_capacity(entries.len());
    let mut ids = HashSet::new();
    for raw in entries {
        let wrong = |cause: String| InputError { line: line_of(text, raw.get()), cause };
        let entry: Entry<'_> = parse(text, raw.get())?;
        let appointment = entry.appointment().map_err(wrong)?;
        if !ids.insert(appointment.id.clone()) {
            return Err(wrong(format!("the id \"{}\" is not unique", appointment.id)));
        }
        appointments.push(appointment);
    }
    Ok(appointments)
}

/// An appointment as `rules.md` writes it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an appointment")]
struct Entry<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow, default)]
    subject: Cow<'a, str>,
    #[serde(borrow)]
    start: Cow<'a, str>,
    #[serde(borrow)]
    end: Cow<'a, str>,
    #[serde(default)]
    all_day: bool,
    #[serde(borrow, default)]
    time_zone: Cow<'a, str>,
    #[serde(borrow, default)]
    show_as: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    sensitivity: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    organizer: Cow<'a, str>,
    #[serde(default)]
    cancelled: bool,
}

impl Entry<'_> {
    fn appointment(&self) -> std::result::Result<Appointment, String> {
        let span = if self.all_day {
            let zone = match Native.time_zone(&self.time_zone) {
                Some(zone) => zone,
                None if self.time_zone.is_empty() => String::new(),
                None => return Err(format!("timeZone: there is no time zone \"{}\"", self.time_zone)),
            };
            Span::Days { start: date("start", &self.start)?, end: date("end", &self.end)?, zone }
        } else {
            Span::Time { start: instant("start", &self.start)?, end: instant("end", &self.end)? }
        };
        Ok(Appointment {
            id: self.id.clone().into_owned(),
            subject: self.subject.clone().into_owned(),
            span,
            show_as: word("showAs", self.show_as.as_deref(), ShowAs::Busy, &ShowAs::ALL, ShowAs::name)?,
            sensitivity: word(
                "sensitivity",
                self.sensitivity.as_deref(),
                Sensitivity::Normal,
                &Sensitivity::ALL,
                Sensitivity::name,
            )?,
            organizer: self.organizer.clone().into_owned(),
            cancelled: self.cancelled,
        })
    }
}

fn date(field: &str, text: &str) -> std::result::Result<NaiveDate, String> {
    // chrono also takes fewer figures, more of them, and blanks.
    let date = text.parse().ok().filter(|date: &NaiveDate| date.to_string() == text);
    date.ok_or_else(|| format!("{field}: expected a date YYYY-MM-DD for a whole day, not \"{text}\""))
}

fn instant(field: &str, text: &str) -> std::result::Result<i64, String> {
    DateTime::parse_from_rfc3339(text)
        .map(|instant| instant.timestamp_millis())
        .map_err(|_| format!("{field}: expected an instant such as 2026-11-21T09:00:00Z, not \"{text}\""))
}

fn word<T: Copy>(
    field: &str,
    given: Option<&str>,
    default: T,
    all: &[T],
    name: fn(T) -> &'static str,
) -> std::result::Result<T, String> {
    let Some(given) = given else { return Ok(default) };
    all.iter().copied().find(|one| name(*one) == given).ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|one| name(*one)).collect();
        format!("{field}: expected one of {}, not \"{given}\"", names.join(", "))
    })
}

/// Parses `part`, which lies within `text`, and tells the line of an error within `text`.
fn parse<'a, T: Deserialize<'a>>(text: &str, part: &'a str) -> Result<T> {
    serde_json::from_str(part).map_err(|error| {
        let message = error.to_string();
        // serde_json tells the place at the end; the line goes to the front here, counted within the file.
        let cause = message.rsplit_once(" at line ").map_or(message.as_str(), |(cause, _)| cause);
        InputError { line: line_of(text, part) + error.line().saturating_sub(1), cause: cause.to_owned() }
    })
}

/// The line of `text` on which `part`, a piece of it, begins.
fn line_of(text: &str, part: &str) -> usize {
    let offset = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    line_at(text.as_bytes(), offset)
}

/// The line on which the byte at `offset` stands.
fn line_at(bytes: &[u8], offset: usize) -> usize {
    bytes.iter().take(offset).filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use calendar::settings::{Mapping, SyncType};

    use super::*;

    fn error<T: std::fmt::Debug>(result: Result<T>) -> String {
        result.unwrap_err().in_file(Path::new("file.json"))
    }

    #[test]
    fn settings_take_choices_by_word_or_index() {
        let read = settings(
            r#"{"mapBusy": "doNotDisturb", "mapNoData": 2, "syncType": "cloudAppOnly", "redirectUri": "x"}"#,
        );
        let expected = Settings {
            map_busy: Mapping::DoNotDisturb,
            map_no_data: Mapping::Away,
            sync_type: SyncType::CloudAppOnly,
            ..Settings::default()
        };
        assert_eq!(read, Ok(expected));
    }

    #[test]
    fn errors_in_settings_name_the_line() {
        assert_eq!(
            error(settings("{\n\"mapBusy\": \"x\"}")),
            "file.json, line 2: mapBusy: expected one of available, busy, away, doNotDisturb, ignore or its index (type)"
        );
        assert_eq!(
            error(settings("{\n\n\"nothing\": 1}")),
            "file.json, line 3: nothing: there is no such setting"
        );
        assert_eq!(error(settings("{\n\"mapBusy\": 1,\n}")), "file.json, line 3: trailing comma");
        assert_eq!(error(settings("[]")), "file.json, line 1: invalid type: sequence, expected a map");
    }

    #[test]
    fn an_exported_configuration_can_be_read() {
        let before = Settings { map_busy: Mapping::Away, ..Settings::default() };
        let file = serde_json::to_string_pretty(&calendar::settings::transfer::export(&before)).unwrap();
        assert_eq!(settings(&file), Ok(before));
        let wrong = file.replace("\"away\"", "\"nix\"");
        assert!(error(settings(&wrong)).contains("mapBusy: expected one of available"), "{wrong}");
    }

    #[test]
    fn appointments_have_defaults_and_ignore_unknown_fields() {
        let read = appointments(
            r#"[{"id": "a", "start": "2026-11-21T10:00:00+01:00", "end": "2026-11-21T10:00:00.5Z", "x": []}]"#,
        );
        let expected = Appointment {
            id: "a".to_owned(),
            subject: String::new(),
            span: Span::Time { start: 1_795_251_600_000, end: 1_795_255_200_500 },
            show_as: ShowAs::Busy,
            sensitivity: Sensitivity::Normal,
            organizer: String::new(),
            cancelled: false,
        };
        assert_eq!(read, Ok(vec![expected]));
    }

    #[test]
    fn errors_in_appointments_name_the_line() {
        let in_second = |fields: &str| {
            let first = r#"{"id": "a", "start": "2026-11-21", "end": "2026-11-22", "allDay": true}"#;
            error(appointments(&format!("[{first},\n{fields}\n]")))
        };
        assert_eq!(
            in_second("{\n\"id\": 1}"),
            "file.json, line 3: invalid type: integer `1`, expected a string"
        );
        assert_eq!(in_second("{\"id\": \"b\"}"), "file.json, line 2: missing field `start`");
        assert_eq!(
            in_second("{\"id\": \"b\", \"start\": \"2026-11-21\", \"end\": \"2026-11-22\"}"),
            "file.json, line 2: start: expected an instant such as 2026-11-21T09:00:00Z, not \"2026-11-21\""
        );
        assert_eq!(in_second("5"), "file.json, line 2: invalid type: integer `5`, expected an appointment");
        for date in ["2026-1-5", "+2026-01-05", " 2026-01-05", "2026-02-30", "2026-01-05T00:00:00Z", ""] {
            assert_eq!(
                in_second(&format!(
                    r#"{{"id": "b", "start": "{date}", "end": "2026-11-22", "allDay": true}}"#
                )),
                format!(
                    "file.json, line 2: start: expected a date YYYY-MM-DD for a whole day, not \"{date}\""
                )
            );
        }
        assert_eq!(
            in_second(r#"{"id": "a", "start": "2026-11-21", "end": "2026-11-22", "allDay": true}"#),
            "file.json, line 2: the id \"a\" is not unique"
        );
        assert_eq!(
            in_second(
                r#"{"id": "b", "start": "2026-11-21", "end": "2026-11-22", "allDay": true, "timeZone": "Mars"}"#
            ),
            "file.json, line 2: timeZone: there is no time zone \"Mars\""
        );
        assert_eq!(
            in_second(
                r#"{"id": "b", "start": "2026-11-21", "end": "2026-11-22", "allDay": true, "showAs": "Busy"}"#
            ),
            "file.json, line 2: showAs: expected one of free, tentative, busy, oof, workingElsewhere, noData, not \"Busy\""
        );
    }
}
