//! The small messages, and what is said to unknown ones.

use appwebsocket::Credentials;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::support::Server;

#[tokio::test]
async fn unknown_messages_get_an_error() {
    let server = Server::start(&[]);
    for mut socket in [server.socket().await, server.manager().await] {
        for message in [
            json!({"mt": "Nix", "src": "s"}),
            json!({"mt": "ReadConfig", "src": "s"}),
            json!({"mt": "ReadConfig", "api": "PbxApi", "src": "s"}),
            json!({"mt": "GetStatus", "api": "Config", "src": "s"}),
        ] {
            assert_eq!(
                socket.ask(message).await,
                json!({"mt": "Error", "error": "unknownMessage", "src": "s"})
            );
        }
        assert_eq!(socket.ask(json!({"mt": "Nix"})).await, json!({"mt": "Error", "error": "unknownMessage"}));
        socket.send(json!({"mt": "Error", "error": "x"})).await;
        assert_eq!(socket.received().await.len(), 0, "no error for an error");
    }
}

#[tokio::test]
async fn src_comes_back_as_it_was() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;
    for src in ["\"a\\u0062\"", "1.50", "{\"b\":1,\"a\":[null]}", "null"] {
        socket.send(format!(r#"{{"mt":"ReadConfig","api":"Calendar","src":{src},"unknown":[{{}}]}}"#)).await;
        let answer = socket.receive().await;
        let expected: serde_json::Value = serde_json::from_str(src).unwrap();
        assert_eq!(answer.get("src"), Some(&expected));
    }
}

#[tokio::test]
async fn signing_in_is_for_the_type_that_needs_it() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;
    let answer = socket.ask(json!({"mt": "StartSignIn", "api": "Calendar", "src": 1})).await;
    let expected = json!({"mt": "StartSignInResult", "api": "Calendar", "error": "notAvailable", "src": 1});
    assert_eq!(answer, expected);
}

#[tokio::test]
async fn the_build_of_a_page_is_always_current() {
    let server = Server::start(&[]);
    let mut socket = server.socket().await;
    let answer = socket.ask(json!({"mt": "CheckBuild", "url": "https://x/1f/y.htm", "src": 1})).await;
    assert_eq!(answer, json!({"mt": "CheckBuildResult", "src": 1}));
}

#[tokio::test]
async fn keep_alive_is_answered_at_any_time() {
    let server = Server::start(&[]);
    for mut socket in [server.socket().await, server.manager().await] {
        assert_eq!(
            socket.ask(json!({"mt": "KeepAlive", "src": 1})).await,
            json!({"mt": "KeepAliveResult", "src": 1})
        );
    }
}

#[tokio::test]
async fn the_service_object_is_hidden_and_the_admin_app_is_not() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;
    for (app, hidden) in [("pbxcalendar-calendar", true), ("pbxcalendar-calendaradmin", false)] {
        let answer = socket.ask(json!({"mt": "AppInfo", "app": app, "src": 1})).await;
        let info = json!({"hidden": hidden, "apis": {}});
        assert_eq!(answer, json!({"mt": "AppInfoResult", "info": info, "serviceInfo": {}, "src": 1}));
    }
}

#[tokio::test]
async fn logins_of_app_objects_can_be_checked() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;
    let login = Credentials { app: "pbxcalendar-calendar", domain: "example.com", ..Credentials::default() };
    let short = format!("pbxcalendar-calendar:example.com:1234:{}", server.password);
    let digests = [
        (login.digest("1234", &server.password), true),
        (Credentials { domain: "", ..login }.digest("1234", &server.password), true),
        (hex::encode(Sha256::digest(short)), true),
        (login.digest("1234", "wrong"), false),
        (login.digest("1235", &server.password), false),
        (String::new(), false),
    ];
    for (digest, ok) in digests {
        let message = json!({
            "mt": "AppCheckLogin", "app": login.app, "domain": login.domain, "challenge": "1234", "digest": digest, "src": 1,
        });
        assert_eq!(socket.ask(message).await, json!({"mt": "AppCheckLoginResult", "ok": ok, "src": 1}));
    }
    let odd = socket.ask(json!({"mt": "AppCheckLogin", "digest": 1, "src": 1})).await;
    assert_eq!(odd, json!({"mt": "AppCheckLoginResult", "ok": false, "src": 1}));
}
