//! `GetStatus` and what follows it.

use std::time::Duration;

use pbx_calendar::Limits;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::support::{Inside, Server, Socket};

async fn status(socket: &mut Socket) -> Value {
    socket.ask(json!({"mt": "GetStatus", "api": "Calendar"})).await
}

#[tokio::test]
async fn the_status_tells_the_truth() {
    let server = Server::start(&["--public-url", "https://calendar.example.com"]);
    let mut socket = server.manager().await;
    let mut first = status(&mut socket).await;
    let since = first["since"].take();
    assert!(since.as_i64().unwrap() > 1_700_000_000_000);
    let expected = json!({
        "mt": "GetStatusResult", "api": "Calendar", "revision": 1, "sync": "off", "since": null,
        "pbx": {"configured": "", "connected": false, "others": []}, "users": 0, "matched": 0, "unmatched": 0, "shown": 0,
        "publicUrl": "https://calendar.example.com",
    });
    assert_eq!(first, expected);

    let graph = json!({
        "pbxName": "m", "syncType": 4, "clientSecret": "s", "clientSecretExpires": "2027-01-02",
        "clientId": "11111111-2222-3333-4444-555555555555", "tenantId": "example.com",
    });
    let mut other = server.manager().await;
    assert_eq!(other.write(graph).await["result"], "ok");
    let second = status(&mut other).await;
    assert_eq!(second["sync"], "starting");
    assert_eq!(second["secretExpires"], 1_798_848_000_000_i64);
    assert_eq!(second["pbx"]["configured"], "m");
}

#[tokio::test]
async fn changes_follow_under_the_same_src() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;
    let mut other = server.manager().await;
    socket.ask(json!({"mt": "GetStatus", "api": "Calendar", "src": {"x": 1}})).await;
    other.write(json!({"pbxName": "master"})).await;
    let mut update = socket.receive().await;
    if update["mt"] == "ConfigUpdate" {
        update = socket.receive().await;
    }
    assert_eq!((&update["mt"], &update["src"]), (&json!("StatusUpdate"), &json!({"x": 1})));
    assert_eq!(update["pbx"]["configured"], "master");
    let unasked = other.received().await;
    assert!(unasked.iter().all(|message| message["mt"] != "StatusUpdate"), "{unasked:?}");
}

#[tokio::test]
async fn a_pbx_comes_and_goes() {
    let server = Server::start(&[]);
    let mut manager = server.manager().await;
    status(&mut manager).await;
    let mut pbx = server.socket().await;
    pbx.login("pbxcalendar-calendar", &server.password).await;
    pbx.send(json!({"mt": "PbxInfo", "pbx": "one"})).await;
    let update = manager.receive().await;
    assert_eq!((&update["mt"], &update["pbx"]["others"]), (&json!("StatusUpdate"), &json!(["one"])));
    drop(pbx);
    let update = manager.receive().await;
    assert_eq!((&update["mt"], &update["pbx"]["others"]), (&json!("StatusUpdate"), &json!([])));
}

#[tokio::test(flavor = "multi_thread")]
async fn updates_keep_their_distance_and_carry_the_latest() {
    // So long that the second update cannot come within this test.
    let limits = Limits { status_interval: Duration::from_hours(1), ..Limits::default() };
    let service = Inside::start(limits).await;
    let password = service.running.new_password.as_ref().unwrap().expose_secret().to_owned();
    let mut watcher = service.socket().await;
    watcher.login("-", &password).await;
    let mut writer = service.socket().await;
    writer.login("-", &password).await;
    status(&mut watcher).await;
    let mut updates = Vec::new();
    for name in ["one", "two", "three"] {
        writer.write(json!({"pbxName": name})).await;
        status(&mut writer).await;
        updates
            .extend(watcher.received().await.into_iter().filter(|message| message["mt"] == "StatusUpdate"));
    }
    assert_eq!(updates.len(), 1, "{updates:?}");
    assert_eq!(updates[0]["pbx"]["configured"], "one");
}
