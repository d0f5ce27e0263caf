//! `serve --demo` as a newcomer meets it: no PBX, no Exchange, nothing configured.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::http::request;
use crate::support::server::{PASSWORD, set_password};
use crate::support::{PATIENCE, Server, Socket, fails, get};

async fn users(manager: &mut Socket) -> Vec<Value> {
    let list = manager.ask(json!({"mt": "GetUsers", "api": "Calendar"})).await;
    list["users"].as_array().unwrap().clone()
}

async fn until(manager: &mut Socket, what: &str, is_so: impl Fn(&[Value]) -> bool) -> Vec<Value> {
    let begin = Instant::now();
    loop {
        let users = users(manager).await;
        if is_so(&users) {
            return users;
        }
        assert!(begin.elapsed() < PATIENCE, "in vain: {what}; {users:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn state<'a>(users: &'a [Value], name: &str) -> &'a Value {
    &users.iter().find(|user| user["name"] == name).unwrap()["state"]
}

/// Null before the PBX has told its users.
fn chiara(users: &[Value]) -> Value {
    users.iter().find(|user| user["name"] == "Chiara Rossi").cloned().unwrap_or_default()
}

#[tokio::test]
async fn a_dozen_colleagues_are_shown_and_follow_the_settings() {
    let server = Server::start(&["--demo", "--try-out"]);
    assert!(get(server.host(), "/try-out/mode").text().contains(r#""demo":true"#));
    let mut manager = server.manager().await;
    let is_done = |users: &[Value]| users.len() == 12 && users.iter().all(|user| user["state"] != "waiting");
    let shown = until(&mut manager, "a dozen", is_done).await;
    assert_eq!(state(&shown, "Anna Berg"), "matched");
    assert_eq!(state(&shown, "Reception"), "noMailbox");
    assert_eq!(state(&shown, "Karl Weiss"), "notInScope");
    let vacation = chiara(&shown)["note"].as_str().unwrap().to_owned();
    assert!(vacation.starts_with("Vacation in Apulia until ") && vacation.contains(" #away "), "{vacation}");
    assert_eq!(manager.write(json!({"mapOutOfOffice": 3})).await["result"], "ok");
    until(&mut manager, "the new mapping", |users| chiara(users)["activity"] == "dnd").await;
    let status = manager.ask(json!({"mt": "GetStatus", "api": "Calendar"})).await;
    assert_eq!((&status["sync"], &status["pbx"]["connected"]), (&json!("running"), &json!(true)));
    // What the newcomer has written is there after a restart.
    let (data, password) = (server.data().to_owned(), server.password.clone());
    let mut server = server;
    server.signal("-TERM");
    assert!(server.wait().success());
    let again = Server::start_in(&data, &password, &["--demo"]);
    assert_eq!(again.manager().await.read().await["ConfigItems"]["mapOutOfOffice"], 3);
}

#[tokio::test]
async fn a_local_exchange_is_shown_as_well_and_again_after_a_restart() {
    let server = Server::start(&["--demo", "exchange"]);
    let mut manager = server.manager().await;
    let is_done = |users: &[Value]| users.len() == 12 && users.iter().all(|user| user["state"] != "waiting");
    let shown = until(&mut manager, "a dozen", is_done).await;
    assert_eq!(state(&shown, "Anna Berg"), "matched");
    assert_eq!(state(&shown, "Reception"), "noMailbox");
    assert_eq!(state(&shown, "Karl Weiss"), "notInScope");
    until(&mut manager, "her vacation", |users| {
        chiara(users)["note"].as_str().is_some_and(|note| note.starts_with("Vacation in Apulia until "))
    })
    .await;
    let before = manager.read().await["ConfigItems"].clone();
    assert_eq!((&before["syncType"], &before["user"]), (&json!(1), &json!("svc-calendar@example.com")));
    assert_eq!(manager.write(json!({"mapOutOfOffice": 3})).await["result"], "ok");
    until(&mut manager, "the new mapping", |users| chiara(users)["activity"] == "dnd").await;

    // Exchange is at another address then, and its certificate is another one.
    let (data, password) = (server.data().to_owned(), server.password.clone());
    let mut server = server;
    server.signal("-TERM");
    assert!(server.wait().success());
    let again = Server::start_in(&data, &password, &["--demo", "exchange"]);
    let mut manager = again.manager().await;
    let after = manager.read().await["ConfigItems"].clone();
    assert_ne!(after["ewsUrl"], before["ewsUrl"]);
    assert_eq!(after["mapOutOfOffice"], 3, "what the newcomer has written is there");
    assert_eq!(manager.write(json!({"mapOutOfOffice": 2})).await["result"], "ok");
    until(&mut manager, "Exchange is read again", |users| chiara(users)["activity"] == "away").await;
    let status = manager.ask(json!({"mt": "GetStatus", "api": "Calendar"})).await;
    assert_eq!((&status["sync"], &status["pbx"]["connected"]), (&json!("running"), &json!(true)));
}

#[test]
fn a_demo_of_something_else_is_refused() {
    let line = fails(&["serve", "--demo", "google", "--listen", "127.0.0.1:0"]);
    assert!(line.contains("graph or exchange"), "{line}");
}

#[tokio::test]
async fn a_folder_with_the_settings_of_a_real_service_is_refused() {
    let data = TempDir::new().unwrap();
    set_password(data.path(), &[], PASSWORD);
    let mut server = Server::start_in(data.path(), PASSWORD, &[]);
    server.manager().await.write(json!({"pbxName": "real"})).await;
    server.kill();
    let path = data.path().to_str().unwrap();
    let line = fails(&["serve", "--demo", "--listen", "127.0.0.1:0", "--data", path]);
    assert!(line.contains(path) && line.contains("another folder"), "{line}");
}

/// What the PBX Manager of the page asks.
fn ask(server: &Server, cookie: &str, message: &Value) -> Value {
    let headers = [("Host", server.host()), ("Cookie", cookie)];
    let response = request(server.host(), "POST", "/try-out/pbx", &headers, &message.to_string());
    assert_eq!(response.status, 200, "{message}");
    serde_json::from_str(response.text()).unwrap()
}

async fn until_connected(manager: &mut Socket, is_connected: bool) {
    let begin = Instant::now();
    while manager.ask(json!({"mt": "GetStatus", "api": "Calendar"})).await["pbx"]["connected"] != is_connected
    {
        assert!(begin.elapsed() < PATIENCE, "in vain: connected {is_connected}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn the_pbx_is_connected_while_it_has_an_object_for_the_service() {
    let mut server = Server::start(&["--demo", "--try-out"]);
    let cookie = server.try_out();
    let mut manager = server.manager().await;
    until_connected(&mut manager, true).await;
    let folder = format!("http://{}/plugin/", server.host());
    let list = json!({"mt": "GetAppObjects", "api": "PbxAdminApi", "uri": folder});
    let calendar = ask(&server, &cookie, &list)["objects"][0].clone();
    assert_eq!(
        (&calendar["sip"], &calendar["url"]),
        (&json!("calendar"), &json!(format!("{folder}pbxcalendar-calendar")))
    );
    for page in ["pbxcalendar-calendar", "pbxcalendar-calendaradmin"] {
        for file in
            [format!("{page}.htm"), format!("{page}.png"), format!("{page}.htm?lang=de&url=/plugin/x")]
        {
            let moved = get(server.host(), &format!("/plugin/{file}"));
            assert_eq!((moved.status, moved.header("location")), (307, Some(&*format!("../{file}"))));
        }
    }

    let delete = json!({"mt": "DeleteObject", "api": "PbxAdminApi", "guid": calendar["guid"]});
    assert_eq!(ask(&server, &cookie, &delete)["mt"], "DeleteObjectResult");
    until_connected(&mut manager, false).await;
    assert_eq!(ask(&server, &cookie, &list)["objects"], json!([]));

    let app = json!({"url": calendar["url"], "websocket": true, "pbx": true, "tableusers": true});
    let create = json!({
        "mt": "UpdateObject", "api": "PbxAdminApi", "cn": "Calendar", "h323": "calendar2", "pwd": "new password",
        "pseudo": {"type": "app", "app": app},
    });
    assert!(ask(&server, &cookie, &create)["guid"].is_string());
    let set = json!({"mt": "SetInstancePassword", "api": "com.innovaphone.manager", "path": "plugin", "pwd": "new password"});
    assert_eq!(ask(&server, &cookie, &set).get("error"), None);
    assert!(manager.closed().await.is_some(), "the session of the old password ends");
    server.password = "new password".to_owned();
    let mut manager = server.manager().await;
    until_connected(&mut manager, true).await;
    let begin = Instant::now();
    while ask(&server, &cookie, &list)["objects"][0]["connected"] != true {
        assert!(begin.elapsed() < PATIENCE);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[test]
fn the_pbx_is_administered_from_the_own_page_alone() {
    let message = json!({"mt": "GetAppObjects", "api": "PbxAdminApi"}).to_string();
    let status = |server: &Server, headers: &[(&str, &str)], body: &str| {
        request(server.host(), "POST", "/try-out/pbx", headers, body).status
    };
    let mut server = Server::start(&["--demo", "--try-out"]);
    let cookie = server.try_out();
    let (own, cookie) = (("Host", server.host()), ("Cookie", cookie.as_str()));
    assert_eq!(status(&server, &[("Host", "evil.example"), cookie], &message), 403);
    assert_eq!(status(&server, &[own, cookie, ("Origin", "http://evil.example")], &message), 403);
    assert_eq!(status(&server, &[own], &message), 403, "another browser");
    assert_eq!(status(&server, &[own, cookie], "nix"), 400);
    assert_eq!(status(&server, &[own, cookie], "{}"), 400);
    for options in [["--demo"], ["--try-out"]] {
        let server = Server::start(&options);
        assert_eq!(status(&server, &[("Host", server.host())], &message), 404, "{options:?}");
    }
}
