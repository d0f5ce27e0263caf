//! `appointments.json`. It is read as a calendar is: what cannot be read of one field costs that field alone, and an entry
//! only where it has no start or end. A start or end that is written but wrong is a mistake of whoever wrote the file.

use std::collections::HashSet;

use calendar::appointment::{Appointment, Sensitivity, ShowAs, Span};
use calendar::instant::day_begins;
use chrono::{DateTime, NaiveDate};
use serde_json::value::RawValue;
use serde_json::{Map, Value as Json};

use super::input::{InputError, Result, line_of, parse};
use crate::zones::{System, Zone};

/// The appointments of a file, and what of it was not read. `zone` is where whole days are meant that name none.
pub fn appointments(text: &str, zone: &str) -> Result<(Vec<Appointment>, Vec<InputError>)> {
    let entries: Vec<&RawValue> = parse(text, text)?;
    let (mut appointments, mut unread) = (Vec::with_capacity(entries.len()), Vec::new());
    let mut ids = HashSet::new();
    for raw in entries {
        let line = line_of(text, raw.get());
        let wrong = |cause: String| InputError { line, cause };
        let mut fields: Map<String, Json> = parse(text, raw.get())?;
        fields.retain(|_, value| !value.is_null());
        let mut entry = Entry { fields, zone, unread: Vec::new() };
        let appointment = entry.appointment().map_err(wrong)?;
        unread.extend(entry.unread.into_iter().map(wrong));
        let Some(appointment) = appointment else { continue };
        if !ids.insert(appointment.id.clone()) {
            return Err(wrong(format!("the id \"{}\" is not unique", appointment.id)));
        }
        appointments.push(appointment);
    }
    Ok((appointments, unread))
}

/// An appointment as `rules.md` writes it.
struct Entry<'z> {
    fields: Map<String, Json>,
    zone: &'z str,
    unread: Vec<String>,
}

impl Entry<'_> {
    /// The appointment; `None` if it has no start or end.
    fn appointment(&mut self) -> std::result::Result<Option<Appointment>, String> {
        let id = match self.fields.get("id") {
            Some(Json::String(id)) => id.clone(),
            Some(_) => return Err("id: expected a text".to_owned()),
            None => return Err("missing field `id`".to_owned()),
        };
        let (Some(start), Some(end)) = (self.fields.get("start").cloned(), self.fields.get("end").cloned())
        else {
            self.unread.push(format!("{id} is left out: it has no start or no end"));
            return Ok(None);
        };
        Ok(Some(Appointment {
            subject: self.text("subject"),
            show_as: self.word("showAs", ShowAs::Busy, ShowAs::NoData, &ShowAs::ALL, ShowAs::name),
            sensitivity: self.word(
                "sensitivity",
                Sensitivity::Normal,
                Sensitivity::Private,
                &Sensitivity::ALL,
                Sensitivity::name,
            ),
            organizer: self.text("organizer"),
            cancelled: self.flag("cancelled"),
            declined: self.flag("declined"),
            categories: self.categories(),
            ..Appointment::new(&id, self.span(&start, &end)?)
        }))
    }

    fn span(&mut self, start: &Json, end: &Json) -> std::result::Result<Span, String> {
        if !self.flag("allDay") {
            return Ok(Span::Time { start: instant("start", start)?, end: instant("end", end)? });
        }
        let zone = self.time_zone();
        if let (Some(start), Some(end)) = (date(start), date(end)) {
            return Ok(Span::Days { start, end, zone: zone.to_owned() });
        }
        // Days that are given as instants, as some calendars do.
        let zone = if zone.is_empty() { self.zone } else { zone };
        let point = |field, value: &Json| match date(value) {
            Some(date) => Ok(day_begins(date, zone, &System)),
            None => instant(field, value)
                .map_err(|_| format!("{field}: expected a date YYYY-MM-DD for a whole day, not {value}")),
        };
        Ok(Span::whole_days(point("start", start)?, point("end", end)?, zone, &System))
    }

    /// The zone in which whole days are meant; empty if it names none that there is.
    fn time_zone(&mut self) -> &'static str {
        let name = self.text("timeZone");
        let zone = Zone::from_name(&name);
        if zone.is_none() && !name.is_empty() {
            self.unread
                .push(format!("timeZone: there is no time zone \"{name}\"; presenceTimeZone is taken"));
        }
        zone.map_or("", Zone::name)
    }

    fn text(&mut self, field: &str) -> String {
        match self.fields.get(field) {
            None => String::new(),
            Some(Json::String(text)) => text.clone(),
            Some(_) => {
                self.unread.push(format!("{field}: expected a text"));
                String::new()
            }
        }
    }

    fn flag(&mut self, field: &str) -> bool {
        match self.fields.get(field) {
            None => false,
            Some(Json::Bool(flag)) => *flag,
            Some(_) => {
                self.unread.push(format!("{field}: expected true or false"));
                false
            }
        }
    }

    fn categories(&mut self) -> Vec<String> {
        let texts = |all: &Vec<Json>| all.iter().map(|one| one.as_str().map(str::to_owned)).collect();
        let categories: Option<Vec<String>> = match self.fields.get("categories") {
            None => return Vec::new(),
            Some(given) => given.as_array().and_then(texts),
        };
        categories.unwrap_or_else(|| {
            self.unread.push("categories: expected texts".to_owned());
            Vec::new()
        })
    }

    fn word<T: Copy>(
        &mut self,
        field: &str,
        default: T,
        unknown: T,
        all: &[T],
        name: fn(T) -> &'static str,
    ) -> T {
        let Some(given) = self.fields.get(field) else { return default };
        if let Some(known) = all.iter().copied().find(|one| Some(name(*one)) == given.as_str()) {
            return known;
        }
        let names: Vec<_> = all.iter().map(|one| name(*one)).collect();
        let (names, taken) = (names.join(", "), name(unknown));
        self.unread.push(format!("{field}: expected one of {names}, not {given}; {taken} is taken"));
        unknown
    }
}

fn date(value: &Json) -> Option<NaiveDate> {
    // chrono also takes fewer figures, more of them, and blanks.
    let text = value.as_str()?;
    text.parse().ok().filter(|date: &NaiveDate| date.to_string() == text)
}

fn instant(field: &str, value: &Json) -> std::result::Result<i64, String> {
    let instant = value.as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
    instant
        .map(|instant| instant.timestamp_millis())
        .ok_or_else(|| format!("{field}: expected an instant such as 2026-11-21T09:00:00Z, not {value}"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn read(text: &str) -> Result<(Vec<Appointment>, Vec<String>)> {
        let (appointments, unread) = appointments(text, "America/New_York")?;
        Ok((appointments, unread.iter().map(|one| one.in_file(Path::new("file.json"))).collect()))
    }

    fn error(text: &str) -> String {
        read(text).unwrap_err().in_file(Path::new("file.json"))
    }

    /// The one appointment with these fields beside its id and times, and what was not read.
    fn one(fields: &str) -> (Appointment, Vec<String>) {
        let times = r#""start": "2026-11-21T09:00:00Z", "end": "2026-11-21T10:00:00Z""#;
        let (mut appointments, unread) = read(&format!(r#"[{{"id": "a", {times}, {fields}}}]"#)).unwrap();
        (appointments.remove(0), unread)
    }

    fn plain() -> Appointment {
        Appointment::new("a", Span::Time { start: 1_795_251_600_000, end: 1_795_255_200_000 })
    }

    #[test]
    fn appointments_have_defaults_and_ignore_unknown_fields() {
        let read = read(
            r#"[{"id": "a", "start": "2026-11-21T10:00:00+01:00", "end": "2026-11-21T10:00:00.5Z", "x": []}]"#,
        );
        let span = Span::Time { start: 1_795_251_600_000, end: 1_795_255_200_500 };
        assert_eq!(read, Ok((vec![Appointment::new("a", span)], Vec::new())));
    }

    #[test]
    fn all_fields_are_taken() {
        let fields = r#""subject": "S", "showAs": "oof", "sensitivity": "personal", "organizer": "o@x", "cancelled": true,
            "declined": true, "categories": ["red", "blue"], "timeZone": "UTC""#;
        let expected = Appointment {
            subject: "S".to_owned(),
            show_as: ShowAs::Oof,
            sensitivity: Sensitivity::Personal,
            organizer: "o@x".to_owned(),
            cancelled: true,
            declined: true,
            categories: vec!["red".to_owned(), "blue".to_owned()],
            ..plain()
        };
        assert_eq!(one(fields), (expected, Vec::new()));
    }

    #[test]
    fn fields_that_are_null_are_not_there() {
        for field in
            ["subject", "showAs", "sensitivity", "organizer", "cancelled", "declined", "categories", "allDay"]
        {
            assert_eq!(one(&format!(r#""{field}": null"#)), (plain(), Vec::new()), "{field}");
        }
        assert_eq!(error(r#"[{"id": null}]"#), "file.json, line 1: missing field `id`");
    }

    #[test]
    fn what_cannot_be_read_costs_that_field_alone() {
        let (appointment, unread) = one(r#""showAs": "Busy", "sensitivity": "secret""#);
        let expected = Appointment { show_as: ShowAs::NoData, sensitivity: Sensitivity::Private, ..plain() };
        assert_eq!(appointment, expected);
        assert_eq!(
            unread,
            [
                "file.json, line 1: showAs: expected one of free, tentative, busy, oof, workingElsewhere, noData, not \"Busy\"; noData is taken",
                "file.json, line 1: sensitivity: expected one of normal, personal, private, confidential, not \"secret\"; private is taken",
            ]
        );
        for field in ["subject", "organizer", "cancelled", "declined", "categories", "allDay"] {
            let (appointment, unread) = one(&format!(r#""{field}": 5"#));
            assert_eq!((appointment, unread.len()), (plain(), 1), "{field}");
        }
        let (appointment, _) = one(r#""categories": ["a", 5]"#);
        assert_eq!(appointment, plain());
    }

    #[test]
    fn only_without_start_or_end_an_entry_is_left_out() {
        let (appointments, unread) = read(
            r#"[{"id": "a", "end": "2026-11-21T10:00:00Z"},
                {"id": "b", "start": "2026-11-21T10:00:00Z", "end": null},
                {"id": "c", "start": "2026-11-21T09:00:00Z", "end": "2026-11-21T10:00:00Z"}]"#,
        )
        .unwrap();
        assert_eq!(appointments, [Appointment { id: "c".to_owned(), ..plain() }]);
        assert_eq!(
            unread,
            [
                "file.json, line 1: a is left out: it has no start or no end",
                "file.json, line 2: b is left out: it has no start or no end",
            ]
        );
    }

    fn days(fields: &str) -> (NaiveDate, NaiveDate, String) {
        let (appointments, _) = read(&format!(r#"[{{"id": "a", "allDay": true, {fields}}}]"#)).unwrap();
        match appointments.into_iter().next().unwrap().span {
            Span::Days { start, end, zone } => (start, end, zone),
            Span::Time { .. } => unreachable!(),
        }
    }

    #[test]
    fn whole_days_may_be_given_as_instants_and_then_last_through_their_dates() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 12, day).unwrap();
        let (first, second) = (r#""start": "2026-12-01""#, r#""end": "2026-12-02""#);
        assert_eq!(days(&format!("{first}, {second}")), (day(1), day(2), String::new()));
        let berlin = r#""timeZone": "W. Europe Standard Time""#;
        assert_eq!(
            days(&format!("{first}, {second}, {berlin}")),
            (day(1), day(2), "Europe/Berlin".to_owned())
        );
        let instants = r#""start": "2026-12-01T08:00:00Z", "end": "2026-12-02T16:00:00Z""#;
        assert_eq!(days(&format!("{instants}, {berlin}")), (day(1), day(3), "Europe/Berlin".to_owned()));
        let midnights = r#""start": "2026-12-01T05:00:00Z", "end": "2026-12-02T05:00:00Z""#;
        assert_eq!(days(midnights), (day(1), day(2), "America/New_York".to_owned()));
        assert_eq!(
            days(&format!(r#"{first}, {second}, "timeZone": "Mars""#)),
            (day(1), day(2), String::new())
        );
    }

    #[test]
    fn mistakes_name_the_line() {
        let in_second = |fields: &str| {
            let first = r#"{"id": "a", "start": "2026-11-21", "end": "2026-11-22", "allDay": true}"#;
            error(&format!("[{first},\n{fields}\n]"))
        };
        assert_eq!(in_second("{\n\"id\": 1}"), "file.json, line 2: id: expected a text");
        assert_eq!(
            in_second("{\"id\": \"b\", \"start\": \"2026-11-21\", \"end\": \"2026-11-22\"}"),
            "file.json, line 2: start: expected an instant such as 2026-11-21T09:00:00Z, not \"2026-11-21\""
        );
        assert_eq!(in_second("5"), "file.json, line 2: invalid type: integer `5`, expected a map");
        assert_eq!(in_second("{\"id\": \"b\",\n}"), "file.json, line 3: key must be a string");
        for date in ["2026-1-5", "+2026-01-05", " 2026-01-05", "2026-02-30", ""] {
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
    }
}
