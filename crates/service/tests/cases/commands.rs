//! The two commands that need no service.

use std::fs;
use std::process::Output;

use serde_json::{Map, Value};

use crate::case::{Explain, Present};
use crate::support::server::program;

pub fn explain(case: &Explain) {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let output = program()
        .arg("explain")
        .arg("--settings")
        .arg(write("settings.json", serde_json::to_string(&case.settings).unwrap()))
        .arg("--appointments")
        .arg(write("appointments.json", case.appointments.to_string()))
        .args(["--json", "--now", &case.now])
        .output()
        .unwrap();
    let said: Map<String, Value> = serde_json::from_str(&text(output)).unwrap();
    for (name, value) in &case.want {
        assert_eq!(said.get(name), Some(value), "{name} of {said:?}");
    }
}

pub fn present(case: &Present) {
    let output = program()
        .args(["present", &case.note, "--locale", &case.locale, "--time-zone", &case.zone])
        .args(["--now", &case.now])
        .output()
        .unwrap();
    assert_eq!(text(output).trim_end_matches('\n'), case.want);
}

fn text(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
