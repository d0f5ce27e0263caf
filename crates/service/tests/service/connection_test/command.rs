//! `pbx-calendar check`.

use std::process::Output;

use graph_sim::GraphSim;
use serde_json::{Value, json};

use super::nothing_private_in;
use crate::support::Server;
use crate::support::server::program;
use crate::sync::world::{address, graph, settings};

async fn check(server: &Server, graph: &GraphSim, more: &[&str]) -> Output {
    let mut command = program();
    command.args(["check", "--data"]).arg(server.data()).args(more);
    for name in ["PBX_CALENDAR_LOGIN_URL", "PBX_CALENDAR_GRAPH_URL"] {
        command.env(name, graph.url());
    }
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    for written in [text(&output.stdout), text(&output.stderr), server.log()] {
        nothing_private_in(&written);
    }
    output
}

async fn server(graph: &GraphSim, change: &Value) -> Server {
    let server = Server::start(&[]);
    let mut items = settings(graph);
    items.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    let written = server.manager().await.write(items).await;
    assert_eq!(written["result"], "ok", "{written}");
    server
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_a_step_beside_the_service() {
    let graph = graph(&["anna"]).await;
    let server = server(&graph, &json!({})).await;
    let files = || {
        let database = std::fs::read(server.data().join("pbx-calendar.sqlite")).unwrap();
        (database, std::fs::read(server.data().join("secret.key")).unwrap())
    };
    let before = files();
    let output = check(&server, &graph, &["--mailbox", &address("anna"), "--report"]).await;
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{shown} {}", text(&output.stderr));
    for line in ["settings: ok, ", "token: ok, ", "mailbox: ok, ", "pbx: skipped, ", "match: skipped, "] {
        assert!(shown.lines().any(|shown| shown.starts_with(line)), "{line}: {shown}");
    }
    let (_, report) = shown.split_once("\npbx-calendar ").unwrap();
    assert!(report.contains("mailbox-1") && !report.contains(&address("anna")), "{report}");
    assert_eq!(files(), before, "byte for byte");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_is_status_1_and_json_is_the_messages() {
    let graph = graph(&["anna"]).await;
    let server = server(&graph, &json!({"clientSecret": "wrong"})).await;
    let output = check(&server, &graph, &["--json"]).await;
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<Value> =
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (last, steps) = lines.split_last().unwrap();
    assert_eq!((&last["mt"], &last["ok"]), (&json!("TestConnectionResult"), &json!(false)));
    assert!(steps.iter().all(|step| step["mt"] == "TestConnectionStep"));
    let token = steps.iter().find(|step| step["step"] == "token" && step["state"] == "failed").unwrap();
    assert_eq!((&token["code"], &token["advice"]), (&json!("7000215"), &json!("wrongSecret")));
    let mailbox = steps.iter().find(|step| step["step"] == "mailbox").unwrap();
    assert_eq!(mailbox["state"], "skipped");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_to_test_is_one_line_and_status_2() {
    let graph = graph(&["anna"]).await;
    let server = server(&graph, &json!({"syncType": 0})).await;
    let output = check(&server, &graph, &[]).await;
    assert_eq!(output.status.code(), Some(2));
    assert_eq!((text(&output.stdout).as_str(), text(&output.stderr).lines().count()), ("", 1));
    let nowhere = server.data().join("nothing");
    let output = program().args(["check", "--data"]).arg(&nowhere).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("--data"), "{}", text(&output.stderr));
    assert!(!nowhere.exists(), "nothing is made");
}
