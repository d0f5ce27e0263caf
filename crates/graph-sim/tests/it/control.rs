//! The control over HTTP and the command line.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use crate::common::{ANNA, Answer, Asker, kinds, start_with};
use graph_sim::Settings;
use serde_json::{Value, json};

async fn controlled() -> (graph_sim::GraphSim, Asker) {
    start_with(Settings { control: true, ..Settings::default() }).await
}

async fn command(asker: &Asker, command: &Value) -> Answer {
    let request = asker
        .http
        .post(format!("{}/graph-sim", asker.url))
        .header("content-type", "application/json")
        .body(command.to_string());
    Answer::of(request.send().await.unwrap()).await
}

async fn done(asker: &Asker, what: Value) -> Value {
    let mut answer = command(asker, &what).await;
    assert_eq!(answer.status, 200, "{what} {}", answer.body);
    answer.body["done"].take()
}

#[tokio::test]
async fn appointments_are_added_changed_and_deleted_by_command() {
    let (_sim, asker) = controlled().await;
    let add = json!({
        "do": "add", "user": ANNA, "subject": "Visit", "start": "2026-11-23T09:00:00Z",
        "end": "2026-11-23T10:00:00Z", "showAs": "oof", "organizer": "boss@contoso.example"
    });
    let holiday =
        json!({"do": "add", "user": ANNA, "subject": "Holiday", "start": "2026-11-24", "end": "2026-11-25"});
    let series = json!({
        "do": "addSeries", "user": ANNA, "subject": "Team", "start": "2026-11-16T08:00:00Z",
        "end": "2026-11-16T09:00:00Z", "days": ["Mon"]
    });
    let added = done(&asker, json!([add, holiday, series])).await;
    let id = |index: usize| added[index]["id"].clone();
    let (rows, first) = asker.round(asker.delta(ANNA).await).await;
    assert_eq!(kinds(&rows), ["Visit", "Holiday", "Team", "occurrence", "occurrence"]);
    done(
        &asker,
        json!([
            {"do": "change", "user": ANNA, "id": id(0), "sensitivity": "private",
             "start": "2026-11-23T10:00:00Z", "end": "2026-11-23T11:00:00Z"},
            {"do": "change", "user": ANNA, "id": id(1), "cancelled": true},
            {"do": "change", "user": ANNA, "id": id(2), "occurrence": "2026-11-23", "subject": "Elsewhere"},
            {"do": "delete", "user": ANNA, "id": id(2), "occurrence": "2026-11-16"},
        ]),
    )
    .await;
    let (rows, _) = asker.round(asker.follow(&first).await).await;
    assert_eq!(kinds(&rows), ["Visit", "Holiday", "Team", "Elsewhere"]);
    assert_eq!((&rows[0]["sensitivity"], &rows[1]["isCancelled"]), (&json!("private"), &json!(true)));
    assert_eq!(
        (&rows[0]["showAs"], &rows[0]["start"]["dateTime"]),
        (&json!("oof"), &json!("2026-11-23T10:00:00.0000000"))
    );
}

#[tokio::test]
async fn users_faults_and_limits_are_set_by_command() {
    let (sim, asker) = controlled().await;
    let carl = json!({
        "do": "addUser", "userPrincipalName": "carl@contoso.example", "mailbox": "onPremises",
        "proxyAddresses": ["smtp:cc@contoso.example"]
    });
    done(&asker, carl).await;
    assert_eq!(asker.delta("carl@contoso.example").await.refusal().1, "MailboxNotHostedInExchangeOnline");
    done(&asker, json!({"do": "changeUser", "user": ANNA, "inScope": false})).await;
    assert_eq!(asker.delta(ANNA).await.status, 403);
    done(&asker, json!({"do": "changeUser", "user": ANNA, "inScope": true})).await;
    let fault = json!({"do": "fault", "endpoint": "delta", "times": 1, "effect": {"status": {"status": 503, "retryAfter": 2}}});
    done(&asker, fault).await;
    assert_eq!(asker.delta(ANNA).await.header("retry-after"), "2");
    done(&asker, json!({"do": "fault", "effect": "cutOff", "chance": 0})).await;
    done(&asker, json!({"do": "limits", "inTenMinutes": 1})).await;
    assert_eq!((asker.delta(ANNA).await.status, asker.delta(ANNA).await.status), (200, 429));
    done(&asker, json!([{"do": "limits"}, {"do": "clearFaults"}, {"do": "resetCounts"}])).await;
    assert_eq!(sim.counts(), graph_sim::Counts::default());
    done(&asker, json!([{"do": "expireDeltaTokens"}, {"do": "expireAccessTokens"}])).await;
    assert_eq!(asker.delta(ANNA).await.status, 401);
    let answer = Answer::of(asker.http.get(format!("{}/graph-sim", asker.url)).send().await.unwrap()).await;
    assert_eq!(
        answer.body["is"],
        "graph-sim, a stand-in of the Microsoft identity platform and Microsoft Graph"
    );
    assert_eq!(
        (&answer.body["users"], &answer.body["counts"]["requests"]),
        (&json!(3), &json!({"delta": 1}))
    );
}

#[tokio::test]
async fn commands_that_are_none_say_why_and_change_nothing() {
    let (sim, asker) = controlled().await;
    let cases = [
        (json!({"do": "dance"}), "unknown variant `dance`"),
        (json!({"do": "populate"}), "missing field `count`"),
        (json!({"do": "delete", "user": "nobody", "id": "x"}), "no such appointment: x"),
        (json!({"do": "removeUser", "user": "nobody"}), "no such user: nobody"),
        (json!({"do": "addUser", "userPrincipalName": ANNA}), "a user with this sign-in name or id exists"),
        (
            json!({"do": "add", "user": ANNA, "start": "2026-11-23", "end": "2026-11-23"}),
            "an appointment has to end after it begins",
        ),
    ];
    for (what, why) in cases {
        let answer = command(&asker, &what).await;
        assert_eq!(answer.status, 400, "{what}");
        let error = answer.body["error"].as_str().unwrap();
        assert!(error.starts_with(why), "{what}: {error}");
    }
    assert_eq!(sim.users(), 2);
    let plain = asker.http.post(format!("{}/graph-sim", asker.url)).body("{\"do\":\"populate\",\"count\":1}");
    assert_eq!(plain.send().await.unwrap().status(), 415);
}

#[tokio::test]
async fn without_leave_there_is_no_control() {
    let (_sim, asker) = start_with(Settings::default()).await;
    assert_eq!(command(&asker, &json!({"do": "resetCounts"})).await.status, 400);
}

/// Ends the program with the test.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn program(arguments: &[&str]) -> Program {
    let child = Command::new(env!("CARGO_BIN_EXE_graph-sim"))
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    Program(child.unwrap())
}

#[tokio::test]
async fn the_command_line_prints_its_address_and_does_the_commands_of_a_file() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let commands = json!([
        {"do": "addUser", "userPrincipalName": ANNA},
        {"do": "add", "user": ANNA, "subject": "Visit", "start": "2026-11-23T09:00:00Z", "end": "2026-11-23T10:00:00Z"},
    ]);
    file.write_all(commands.to_string().as_bytes()).unwrap();
    let path = file.path().to_str().unwrap();
    let mut program = program(&["--listen", "127.0.0.1:0", "--users", "3", "--commands", path]);
    let mut first = String::new();
    BufReader::new(program.0.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let url = first.trim().strip_suffix('/').unwrap().to_owned();
    let mut asker = Asker { http: crate::common::http(), url, token: String::new() };
    asker.sign_in().await;
    assert_eq!(kinds(&asker.round(asker.delta(ANNA).await).await.0), ["Visit"]);
    assert!(asker.round(asker.delta("user00003@contoso.example").await).await.0.len() > 2);
    done(&asker, json!({"do": "down", "seconds": 0})).await;
}

#[test]
fn the_command_line_says_what_is_wrong() {
    for (arguments, why) in [
        (["--commands", "/nonexistent"], "graph-sim: cannot read /nonexistent: "),
        (["--listen", "192.0.2.1:1"], "graph-sim: cannot listen on 192.0.2.1:1: "),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_graph-sim"))
            .env("GRAPH_SIM_LISTEN", "127.0.0.1:0")
            .args(arguments)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.starts_with(why), "{error}");
    }
}
