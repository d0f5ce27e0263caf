//! Reading the files of the command, with the line of whatever is wrong in them; and the settings.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use calendar::settings::{Item, Kind, Settings};
use serde::Deserialize;
use serde_json::Value as Json;
use serde_json::value::RawValue;

use crate::zones::System;

/// Something wrong in a file.
#[derive(Debug, PartialEq, Eq)]
pub struct InputError {
    /// The line of the file, from 1.
    pub line: usize,
    /// What is wrong there.
    pub cause: String,
}

impl InputError {
    /// The line of an error message.
    pub fn in_file(&self, file: &Path) -> String {
        format!("{}, line {}: {}", file.display(), self.line, self.cause)
    }
}

pub(super) type Result<T> = std::result::Result<T, InputError>;

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
        if item.read_only() || raw.get() == "null" {
            continue;
        }
        let json = by_index(item, parse(text, raw.get())?);
        settings
            .read(item, &json, &System)
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

/// Parses `part`, which lies within `text`, and tells the line of an error within `text`.
pub(super) fn parse<'a, T: Deserialize<'a>>(text: &str, part: &'a str) -> Result<T> {
    serde_json::from_str(part).map_err(|error| {
        let message = error.to_string();
        // serde_json tells the place at the end; the line goes to the front here, counted within the file.
        let cause = message.rsplit_once(" at line ").map_or(message.as_str(), |(cause, _)| cause);
        InputError { line: line_of(text, part) + error.line().saturating_sub(1), cause: cause.to_owned() }
    })
}

/// The line of `text` on which `part`, a piece of it, begins.
pub(super) fn line_of(text: &str, part: &str) -> usize {
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
            r#"{"mapBusy": "doNotDisturb", "mapNoData": 2, "syncType": "cloudAppOnly", "redirectUri": "x", "pbxName": null}"#,
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
}
