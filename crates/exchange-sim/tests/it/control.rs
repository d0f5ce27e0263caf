//! The control over HTTP, and the program.

use exchange_sim::Options;
use hyper::Method;
use serde_json::{Value, json};

use crate::client::{ANNA, Answer, Client, PASSWORD, smtp, start, start_with, view};

const PATH: &str = "/exchange-sim";

async fn run(client: &mut Client, commands: Value) -> (u16, Value) {
    let headers = [("content-type", "application/json")];
    let answer = client.ask(Method::POST, PATH, &headers, &commands.to_string()).await;
    (answer.status, serde_json::from_str(&answer.body).unwrap())
}

fn told(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap()
}

#[tokio::test]
async fn commands_do_what_the_library_does() {
    let sim = start_with(Options { control: true, ..Options::default() }).await;
    let mut control = Client::plain(&sim).await;
    let series = json!({"do": "addSeries", "mailbox": ANNA, "subject": "Team", "start": "2026-11-20T09:00:00Z",
        "end": "2026-11-20T10:00:00Z"});
    let day = json!({"do": "add", "mailbox": ANNA, "zone": "New Zealand Standard Time", "subject": "Day",
        "start": "2026-11-24", "end": "2026-11-25"});
    let (status, done) = run(&mut control, json!([series, day])).await;
    assert_eq!(status, 200, "{done}");
    let (team, day) = (&done["done"][0]["id"], &done["done"][1]["id"]);
    let (status, done) = run(
        &mut control,
        json!([
            {"do": "change", "mailbox": ANNA, "id": team, "occurrence": "2026-11-27", "subject": "Other"},
            {"do": "delete", "mailbox": ANNA, "id": day, "outlook": true},
            {"do": "addMailbox", "address": "carl@contoso.example"},
            {"do": "changeMailbox", "mailbox": "carl@contoso.example", "aliases": ["c@contoso.example"]},
            {"do": "addAccount", "user": "other", "principal": "other@contoso.example", "password": "x"},
            {"do": "changeAccount", "user": "other", "state": "disabled", "impersonates": {"only": [ANNA]}},
            {"do": "populate", "count": 3},
            {"do": "addHost", "name": "stranger.example", "https": "sha384", "offers": ["NTLM"], "stranger": true},
            {"do": "fault", "operation": "getItem", "effect": {"busy": {"ms": 5, "form": "wrapped", "status": 200}}},
            {"do": "fault", "effect": {"cutOff": {"at": 7}}},
            {"do": "clearFaults"},
            {"do": "streams", "heartbeat": 5, "buffered": true},
            {"do": "limits", "items": 10},
            {"do": "wallClocks", "form": "plain"},
            {"do": "version", "version": "exchange2013"},
            {"do": "latency", "ms": 1},
            {"do": "failStreams", "code": "ErrorReadEventsFailed"},
            {"do": "loseSubscriptions"},
            {"do": "advance", "seconds": 5},
        ]),
    )
    .await;
    assert_eq!(status, 200, "{done}");
    let mut client = Client::logged_in(&sim).await;
    let answer = client.ews(Some(&smtp(ANNA)), &view()).await;
    assert_eq!(answer.texts("Subject"), ["Team", "Other"]);
    let answer = client.ews(Some(&smtp("c@contoso.example")), &view()).await;
    assert_eq!(answer.code(), "NoError");
    let state = told(&control.ask(Method::GET, PATH, &[], "").await);
    assert_eq!((&state["mailboxes"], &state["violations"]), (&json!(7), &json!([])));
    assert_eq!(state["counts"]["requests"]["findItem"], 2);
}

#[tokio::test]
async fn what_cannot_be_done_says_why() {
    let sim = start_with(Options { control: true, ..Options::default() }).await;
    let mut control = Client::plain(&sim).await;
    for (command, words) in [
        (json!({"do": "removeMailbox", "mailbox": "x"}), "no such mailbox: x"),
        (json!({"do": "changeAccount", "user": "x"}), "no such account: x"),
        (json!({"do": "delete", "mailbox": ANNA, "id": "x"}), "no such appointment: x"),
        (json!({"do": "addMailbox", "address": "x@y", "timeZone": "Nowhere"}), "not a time zone: Nowhere"),
        (json!({"do": "addMailbox", "address": "x@y", "site": "Nowhere"}), "no such site: Nowhere"),
        (json!({"do": "dance"}), "unknown variant `dance`"),
    ] {
        let (status, answer) = run(&mut control, command).await;
        assert_eq!(status, 400);
        assert!(answer["error"].as_str().unwrap().contains(words), "{answer}");
    }
    assert_eq!(control.ask(Method::POST, PATH, &[("content-type", "text/plain")], "{}").await.status, 415);
}

#[tokio::test]
async fn there_is_no_control_unless_it_is_wanted() {
    let sim = start().await;
    assert_eq!(Client::plain(&sim).await.ask(Method::GET, PATH, &[], "").await.status, 404);
    let debug = format!("{:?}", sim.account("svc-calendar"));
    assert!(!debug.contains(PASSWORD), "{debug}");
}

#[test]
fn the_program_prints_where_it_is() {
    use std::io::{BufRead, BufReader};
    let folder = env!("CARGO_TARGET_TMPDIR");
    let (ca, commands) = (format!("{folder}/ca.pem"), format!("{folder}/commands.json"));
    std::fs::write(&commands, json!([{"do": "populate", "count": 2}]).to_string()).unwrap();
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_exchange-sim"))
        .args([
            "--listen",
            "127.0.0.1:0",
            "--listen-tls",
            "127.0.0.1:0",
            "--ca",
            &ca,
            "--commands",
            &commands,
        ])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(program.stdout.take().unwrap()).lines().take(2);
    let lines: Vec<String> = lines.map(Result::unwrap).collect();
    program.kill().unwrap();
    program.wait().unwrap();
    assert!(
        lines[0].starts_with("https://localhost:") && lines[0].ends_with("/EWS/Exchange.asmx"),
        "{lines:?}"
    );
    assert_eq!(lines[1], "Stand-in of Exchange Web Services with 2 mailboxes.");
    assert!(std::fs::read_to_string(ca).unwrap().starts_with("-----BEGIN CERTIFICATE-----"));
}
