//! `pbx-calendar explain`: its object, its lines, its exit statuses.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

const NOW: &str = "2026-11-21T09:00:00Z";

fn explain(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pbx-calendar"))
        .args(["explain", "--settings", "settings.json", "--appointments", "appointments.json"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn folder(settings: &str, appointments: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("settings.json"), settings).unwrap();
    fs::write(folder.path().join("appointments.json"), appointments).unwrap();
    folder
}

fn day() -> TempDir {
    folder(
        r#"{"showSubject": true, "presenceTimeZone": "Europe/Berlin", "presenceLanguage": "de", "priorityWords": "urlaub"}"#,
        r#"[
            {"id": "a1", "subject": "Sommerurlaub", "start": "2026-11-21", "end": "2026-11-23", "allDay": true, "showAs": "oof"},
            {"id": "a2", "subject": "Geheim", "start": "2026-11-21T09:00:00Z", "end": "2026-11-21T11:00:00Z", "more": 1}
        ]"#,
    )
}

#[test]
fn every_option_may_stand_in_the_environment() {
    let day = day();
    let output = Command::new(env!("CARGO_BIN_EXE_pbx-calendar"))
        .arg("explain")
        .env("PBX_CALENDAR_SETTINGS", "settings.json")
        .env("PBX_CALENDAR_APPOINTMENTS", "appointments.json")
        .envs([("PBX_CALENDAR_NOW", NOW), ("PBX_CALENDAR_VIEWER", "fr:UTC,de:Europe/Berlin")])
        .current_dir(day.path())
        .output()
        .unwrap();
    assert_eq!(
        output.stdout,
        explain(day.path(), &["--now", NOW, "--viewer", "fr:UTC", "--viewer", "de:Europe/Berlin"]).stdout
    );
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn json_is_the_object_of_the_contract() {
    let output = explain(day().path(), &["--now", NOW, "--viewer", "fr:UTC", "--json"]);
    assert!(output.status.success());
    let expected = json!({
        "activity": "away",
        "note": "Sommerurlaub bis 23.11.2026 #away #len:12:12 #until:1795388400000 #whole-day",
        "until": 1_795_388_400_000_i64,
        "wholeDay": true,
        "leading": "a1",
        "next": null,
        "changesAt": 1_795_388_400_000_i64,
        "reasons": [
            "a1 (oof, whole days 2026-11-21 to 2026-11-23, end exclusive) leads; the keyword \"urlaub\" puts it first",
            "a2 (busy, 2026-11-21 10:00 to 2026-11-21 12:00) waits: a1 leads by the prioritized keywords"
        ]
    });
    assert_eq!(serde_json::from_slice::<Value>(&output.stdout).unwrap(), expected);
}

#[test]
fn absent_values_are_null() {
    let output = explain(folder("{}", "[]").path(), &["--now", NOW, "--json"]);
    let expected = json!({
        "activity": "", "note": "Free", "until": null, "wholeDay": false, "leading": null, "next": null,
        "changesAt": null, "reasons": []
    });
    assert_eq!(serde_json::from_slice::<Value>(&output.stdout).unwrap(), expected);
}

#[test]
fn a_person_reads_note_viewers_and_reasons() {
    let viewers = ["--viewer", "en:America/New_York", "--viewer", "pt-BR:Europe/Berlin"];
    let output = explain(day().path(), &[&["--now", NOW][..], &viewers].concat());
    assert!(output.status.success());
    let expected = "\
Note: Sommerurlaub bis 23.11.2026 #away #len:12:12 #until:1795388400000 #whole-day
Activity: away
Until: 2026-11-23 00:00:00 (Europe/Berlin)
Changes at: 2026-11-23 00:00:00 (Europe/Berlin)
en:America/New_York sees: Sommerurlaub until 23/11/2026
pt-BR:Europe/Berlin sees: Sommerurlaub até 23/11/2026
Reasons:
  a1 (oof, whole days 2026-11-21 to 2026-11-23, end exclusive) leads; the keyword \"urlaub\" puts it first
  a2 (busy, 2026-11-21 10:00 to 2026-11-21 12:00) waits: a1 leads by the prioritized keywords
";
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
}

#[track_caller]
fn assert_fails(folder: &TempDir, arguments: &[&str], line: &str) {
    let output = explain(folder.path(), arguments);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), format!("pbx-calendar: {line}\n"));
    assert!(output.stdout.is_empty());
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    let output = explain(folder("\u{feff}{}", "\u{feff}[]").path(), &["--now", NOW, "--json"]);
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn half_an_emoji_costs_neither_the_title_nor_the_appointment() {
    let times = r#""start": "2026-11-21T08:00:00Z", "end": "2026-11-21T10:00:00Z""#;
    let note = |title: &str| {
        let appointments = format!(r#"[{{"id": "a\udfff", "subject": "{title}", {times}}}]"#);
        let output =
            explain(folder(r#"{"showSubject": true}"#, &appointments).path(), &["--now", NOW, "--json"]);
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((output.stderr, &told["leading"]), (Vec::new(), &json!("a\u{fffd}")));
        told["note"].as_str().unwrap().split(" until").next().unwrap().to_owned()
    };
    assert_eq!(note(r"Plan \ud83d"), "Plan \u{fffd}");
    assert_eq!(note(r"\ude00 Plan"), "\u{fffd} Plan");
    assert_eq!(note(r"\ud83d\ude00 Plan"), "😀 Plan");
}

#[test]
fn what_cannot_be_read_costs_little_and_is_told() {
    let odd = r#"[
        {"id": "a", "subject": null, "start": "2026-11-21T08:00:00Z", "end": "2026-11-21T10:00:00Z", "showAs": "later"},
        {"id": "b", "start": null, "end": "2026-11-21T10:00:00Z"}
    ]"#;
    let output =
        explain(folder(r#"{"mapNoData": "away", "pbxName": null}"#, odd).path(), &["--now", NOW, "--json"]);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &told["activity"]), (Some(0), &json!("away")));
    assert_eq!(told["reasons"].as_array().unwrap().len(), 1);
    let lines = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<_> = lines.lines().collect();
    assert!(lines[0].starts_with("appointments.json, line 2: showAs: expected one of free, "), "{lines:?}");
    assert_eq!(lines[1..], ["appointments.json, line 3: b is left out: it has no start or no end"]);
}

#[test]
fn files_that_cannot_be_used_are_named_with_line_and_cause() {
    let now = ["--now", NOW];
    assert_fails(
        &folder("{\n\"mapBusy\": 7}", "[]"),
        &now,
        "settings.json, line 2: mapBusy: expected one of available, busy, away, doNotDisturb, ignore or its index (choice)",
    );
    assert_fails(&folder("{}", "[\n{}]"), &now, "appointments.json, line 2: missing field `id`");
    assert_fails(&folder("", "[]"), &now, "settings.json, line 1: EOF while parsing a value");
    let latin = folder("{}", "[]");
    fs::write(latin.path().join("appointments.json"), b"[\n{\"id\": \"Caf\xe9\"}]").unwrap();
    assert_fails(&latin, &now, "appointments.json, line 2: this is not UTF-8");
    let missing = folder("{}", "[]");
    fs::remove_file(missing.path().join("appointments.json")).unwrap();
    assert_fails(&missing, &now, "appointments.json: No such file or directory (os error 2)");
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    let day = day();
    let hint = "see pbx-calendar --help";
    assert_fails(
        &day,
        &["--now", NOW, "--viewer", "de"],
        &format!(
            "invalid value 'de' for '--viewer <LOCALE:ZONE>': expected a language and a time zone such as de:Europe/Berlin; {hint}"
        ),
    );
    assert_fails(
        &day,
        &["--now", NOW, "--viewer", "de:Mars"],
        &format!(
            "invalid value 'de:Mars' for '--viewer <LOCALE:ZONE>': there is no such time zone; expected a name such as Europe/Berlin; {hint}"
        ),
    );
    assert_fails(
        &day,
        &["--now", NOW, "--viewer", "de_DE:UTC"],
        &format!(
            "invalid value 'de_DE:UTC' for '--viewer <LOCALE:ZONE>': expected a language tag such as de or pt-BR; {hint}"
        ),
    );
    assert_fails(
        &day,
        &["--now", "9:00"],
        &format!(
            "invalid value '9:00' for '--now <INSTANT>': expected an instant such as 2026-11-21T09:00:00Z; {hint}"
        ),
    );
}
