//! Fields of a digest are joined by colons and may hold some.

use std::time::{Duration, Instant};

use appwebsocket::Credentials;
use serde_json::json;
use tempfile::TempDir;
use tokio::time::sleep;

use super::{pbx, pbx_info, status};
use crate::support::Server;
use crate::support::server::{PASSWORD, set_password};
use crate::support::socket::app_login;

const SERVICE: Credentials<'static> =
    Credentials { app: "pbxcalendar-calendar", domain: "", sip: "", guid: "", dn: "", info: None };

#[tokio::test]
async fn hardening_01_a_login_that_could_be_another_one_is_refused() {
    let server = Server::start(&[]);
    for login in [
        Credentials { domain: "example.com:anna", ..SERVICE },
        Credentials { sip: "an:na", ..SERVICE },
        Credentials { guid: "1f:", ..SERVICE },
        Credentials { app: "-", domain: ":", ..SERVICE },
    ] {
        let mut socket = server.socket().await;
        assert_eq!(socket.try_login(login, &server.password).await["ok"], false, "{login:?}");
        assert_eq!(socket.read().await["result"], "AccessDenied");
    }
}

/// Anna has chosen the name `::x`. The digest that her PBX makes for her fits a login without user as well.
#[tokio::test]
async fn hardening_01_a_users_login_read_differently_is_no_pbx() {
    let server = Server::start(&[]);
    let info = r#"{"appobj":"calendar"}"#;
    let hers = Credentials { domain: "d", sip: "anna", guid: "1f", dn: "::x", info: Some(info), ..SERVICE };
    for posed in [
        Credentials { domain: "d:anna:1f", dn: "x", info: Some(info), ..SERVICE },
        Credentials { domain: "d", sip: "", guid: "", dn: "anna:1f:::x", info: Some(info), ..SERVICE },
    ] {
        let mut socket = server.socket().await;
        let challenge = socket.challenge().await;
        let login = app_login(posed, &hers.digest(&challenge, &server.password));
        let is_in = socket.ask(login).await["ok"] == true;
        let posing = socket.ask(pbx_info("master")).await;
        assert_eq!(posing["result"], "AccessDenied", "{posed:?} {is_in}");
    }
}

#[tokio::test]
async fn hardening_01_a_colon_in_the_name_or_more_than_is_published_makes_no_pbx() {
    let server = Server::start(&[]);
    for login in [
        Credentials { dn: "Calendar:", ..SERVICE },
        Credentials { info: Some(r#"{"unlicensed":true}"#), ..SERVICE },
        Credentials { info: Some(r#"{"pbx":{"x":"y"}}"#), ..SERVICE },
        Credentials { info: Some("[]"), ..SERVICE },
    ] {
        let mut socket = server.socket().await;
        socket.login_as(login, &server.password).await;
        assert_eq!(socket.ask(pbx_info("master")).await["result"], "AccessDenied", "{login:?}");
    }
    let published =
        r#"{"appobj":"calendar","appdn":"Calendar","appurl":"http://x/","pbx":"master","cn":"c","apps":[]}"#;
    let mut socket = server.socket().await;
    socket.login_as(Credentials { dn: "Calendar", info: Some(published), ..SERVICE }, &server.password).await;
    socket.send(pbx_info("master")).await;
    assert_eq!(socket.received().await.len(), 0, "a PBX");
}

#[tokio::test]
async fn hardening_01_a_second_master_is_told_and_waits_until_the_first_is_gone() {
    let data = TempDir::new().unwrap();
    set_password(data.path(), &[], PASSWORD);
    let nobody =
        [("PBX_CALENDAR_LOGIN_URL", "http://127.0.0.1:9"), ("PBX_CALENDAR_GRAPH_URL", "http://127.0.0.1:9")];
    let server = Server::start_with(data.path(), PASSWORD, &[], &nobody);
    let mut manager = server.manager().await;
    let settings = json!({
        "pbxName": "master", "syncType": 4, "clientSecret": "s", "tenantId": "example.com",
        "clientId": "11111111-2222-3333-4444-555555555555",
    });
    assert_eq!(manager.write(settings).await["result"], "ok");
    let mut first = pbx(&server, "master").await;
    assert_eq!(first.receive().await["mt"], "ReplicateStart");

    let mut second = pbx(&server, "MASTER").await;
    assert_eq!(second.received().await.len(), 0);
    // A round trip through the synchronization: by then it has looked at the second one.
    manager.received().await;
    let users = json!({"mt": "GetUsers", "api": "Calendar", "src": "users"});
    manager.send(&users).await;
    while manager.receive().await["src"] != "users" {}
    assert_eq!(second.received().await.len(), 0, "it does not take over");
    manager.send(json!({"mt": "GetStatus", "api": "Calendar", "src": "status"})).await;
    let status = loop {
        let message = manager.receive().await;
        if message["mt"] == "GetStatusResult" {
            break message;
        }
    };
    let warning = &status["warnings"][0];
    assert_eq!(warning["code"], "pbxTwice", "{status}");
    assert_eq!(warning["addresses"], json!(["127.0.0.1", "127.0.0.1"]));

    drop(first);
    assert_eq!(second.receive().await["mt"], "ReplicateStart");
    let status = loop {
        let update = manager.receive().await;
        if update["mt"] == "StatusUpdate" && update.get("warnings").is_none() {
            break update;
        }
    };
    assert_eq!(status["pbx"]["connected"], true);
}

/// Its connection stays, but it answers nobody who asks whether it is there.
#[tokio::test]
async fn hardening_01_a_second_master_takes_over_from_one_that_has_been_silent_for_a_minute() {
    let server = Server::start(&[]);
    let mut manager = server.manager().await;
    let settings = json!({
        "pbxName": "master", "syncType": 4, "clientSecret": "s", "tenantId": "example.com",
        "clientId": "11111111-2222-3333-4444-555555555555", "httpProxy": "http://127.0.0.1:9",
    });
    assert_eq!(manager.write(settings).await["result"], "ok");
    let mut silent = pbx(&server, "master").await;
    let start = silent.receive().await;
    assert_eq!(start["mt"], "ReplicateStart");
    let (api, src) = (&start["api"], &start["src"]);
    silent
        .send(json!({"mt": "ReplicateStartResult", "api": api, "src": src, "columns": {}, "error": 0}))
        .await;
    assert_eq!(silent.receive().await["mt"], "ReplicateNext");
    let began = Instant::now();
    // It has no users, so it owes nobody an answer from now on.
    silent.send(json!({"mt": "ReplicateNextResult", "api": api, "src": src})).await;
    let mut second = pbx(&server, "master").await;
    while !second.received().await.iter().any(|message| message["mt"] == "ReplicateStart") {
        assert!(began.elapsed() < Duration::from_mins(4), "it never takes over");
        sleep(Duration::from_millis(200)).await;
    }
    assert!(began.elapsed() >= Duration::from_mins(1), "{:?}", began.elapsed());
    drop(silent);
}

#[tokio::test]
async fn hardening_01_two_masters_are_told_also_while_nothing_is_synchronized() {
    let server = Server::start(&[]);
    let mut manager = server.manager().await;
    manager.write(json!({"pbxName": "master"})).await;
    let mut pbxs = [pbx(&server, "master").await, pbx(&server, "master").await];
    for pbx in &mut pbxs {
        pbx.received().await;
    }
    assert_eq!(status(&mut manager).await["warnings"][0]["code"], "pbxTwice");
}
