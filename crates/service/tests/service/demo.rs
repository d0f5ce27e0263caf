//! `serve --demo` as a newcomer meets it: no PBX, no Exchange, nothing configured.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::server::set_password;
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
    let chiara = |users: &[Value]| users.iter().find(|user| user["name"] == "Chiara Rossi").unwrap().clone();
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
async fn a_folder_with_the_settings_of_a_real_service_is_refused() {
    let data = TempDir::new().unwrap();
    set_password(data.path(), &[], "x");
    let mut server = Server::start_in(data.path(), "x", &[]);
    server.manager().await.write(json!({"pbxName": "real"})).await;
    server.kill();
    let path = data.path().to_str().unwrap();
    let line = fails(&["serve", "--demo", "--listen", "127.0.0.1:0", "--data", path]);
    assert!(line.contains(path) && line.contains("another folder"), "{line}");
}
