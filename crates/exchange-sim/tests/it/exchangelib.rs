//! exchangelib, a client that others have written and use with real servers, against the stand-in.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use chrono::NaiveDate;
use exchange_sim::{LoginFault, Options, Protection};
use graph_sim::{Appointment, Series};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::Command;

use crate::client::{ANNA, instant, meeting, start_with};

const PACKAGES: [&str; 3] = ["exchangelib==5.6.*", "pyspnego==0.12.*", "requests_ntlm==1.3.*"];

/// A Python with the packages, made once below the target folder.
async fn python() -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("exchangelib");
    let (python, mark) = (folder.join("bin/python"), folder.join("complete"));
    if mark.exists() {
        return Ok(python);
    }
    let mut make = Command::new("python3");
    make.args(["-m", "venv", "--clear"]).arg(&folder);
    let mut install = Command::new(&python);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(PACKAGES);
    for command in [&mut make, &mut install] {
        let output = command.stdin(Stdio::null()).output().await.map_err(|error| error.to_string())?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
    }
    std::fs::write(&mark, "").map_err(|error| error.to_string())?;
    Ok(python)
}

#[tokio::test]
async fn exchangelib_logs_in_lists_impersonates_streams_and_discovers() {
    let python = match python().await {
        Ok(python) => python,
        Err(reason) => return println!("skipped: there is no exchangelib here: {reason}"),
    };
    // A minute of its streams is ten seconds.
    let sim = start_with(Options { speed: 6.0, ..Options::default() }).await;
    sim.change_host("localhost", |host| host.protection = Protection::Require).unwrap();
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    sim.add(ANNA, meeting("Meeting")).unwrap();
    let holiday = Appointment::whole_day("Day", day("2026-11-24"), day("2026-11-25"));
    sim.add_in(ANNA, "New Zealand Standard Time", holiday).unwrap();
    let (start, end) = (instant("2026-11-18T08:00:00Z"), instant("2026-11-18T09:00:00Z"));
    sim.add_series(ANNA, Series::weekly(Appointment::new("Team", start, end))).unwrap();
    let ca = Path::new(env!("CARGO_TARGET_TMPDIR")).join("exchangelib-ca.pem");
    std::fs::write(&ca, sim.ca_pem()).unwrap();

    let mut client = Command::new(python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/exchangelib/client.py"))
        .args([&sim.ews_url(), ca.to_str().unwrap(), &sim.proxy_url(), ANNA])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(client.stdout.take().unwrap()).lines();
    let mut steps: Vec<Value> = Vec::new();
    let reading = async {
        while let Some(line) = lines.next_line().await.unwrap() {
            let step: Value = serde_json::from_str(&line).unwrap();
            if step["step"] == "subscribed" {
                sim.add(ANNA, meeting("New")).unwrap();
            }
            steps.push(step);
        }
    };
    tokio::time::timeout(Duration::from_mins(5), reading).await.expect("exchangelib takes five minutes");
    let mut errors = String::new();
    client.stderr.take().unwrap().read_to_string(&mut errors).await.unwrap();

    let view = json!([
        ["Team", "2026-11-18 08:00:00+00:00", false, "Occurrence", "Busy"],
        ["Meeting", "2026-11-20 09:00:00+00:00", false, "Single", "Busy"],
        // Made in New Zealand, where it begins on the 23rd at 11:00 of UTC.
        ["Day", "2026-11-24", true, "Single", "Busy"],
        ["Team", "2026-11-25 08:00:00+00:00", false, "Occurrence", "Busy"],
    ]);
    let expected = [
        json!({"step": "view", "items": view}),
        json!({"step": "organizer", "organizers": [ANNA]}),
        json!({"step": "resolve", "found": [[ANNA, "Anna Arnold"]]}),
        json!({"step": "subscribed"}),
        json!({"step": "event", "kinds": ["CreatedEvent"]}),
        json!({"step": "unsubscribed"}),
        json!({"step": "refused"}),
        json!({"step": "discovery", "url": "https://mail.contoso.example/EWS/Exchange.asmx", "address": ANNA}),
    ];
    assert_eq!(steps, expected, "{errors}");
    assert_eq!(sim.violations(), []);
    // Twice at most: it knows that a wrong password locks an account.
    assert!((1..=2).contains(&sim.counts().refusals(LoginFault::Password)));
    assert_eq!(sim.counts().refused.len(), 1, "{:?}", sim.counts());
}
