//! Who gets in, and with what rights.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use appwebsocket::Credentials;
use serde_json::json;

use crate::support::Server;
use crate::support::socket::app_login;

#[tokio::test]
async fn challenges_are_sixteen_digits_and_never_the_same() {
    let server = Server::start(&[]);
    let mut socket = server.socket().await;
    let mut seen = HashSet::new();
    for _ in 0..50 {
        let challenge = socket.challenge().await;
        assert_eq!(challenge.len(), 16);
        assert!(challenge.bytes().all(|byte| byte.is_ascii_digit()), "{challenge}");
        assert!(seen.insert(challenge));
    }
}

#[tokio::test]
async fn a_challenge_is_valid_once() {
    let server = Server::start(&[]);
    let mut socket = server.socket().await;
    let login = Credentials { app: "-", ..Credentials::default() };
    let challenge = socket.challenge().await;
    let right = app_login(login, &login.digest(&challenge, &server.password));
    let wrong = app_login(login, "0");
    assert_eq!(socket.ask(&wrong).await, json!({"mt": "AppLoginResult", "ok": false}));
    assert_eq!(socket.ask(&right).await["ok"], false, "used up");
    let old = socket.challenge().await;
    socket.challenge().await;
    let replaced = app_login(login, &login.digest(&old, &server.password));
    assert_eq!(socket.ask(&replaced).await["ok"], false, "replaced");
    assert_eq!(socket.ask(app_login(login, "")).await["ok"], false, "none asked for");
    socket.login("-", &server.password).await;
    assert_eq!(socket.ask(&right).await["ok"], false, "logged in already");
}

#[tokio::test]
async fn the_digest_covers_the_bytes_of_info() {
    let server = Server::start(&[]);
    let info = r#"{ "z":1, "ä": "\u00e4","a":{"b":[1.0, 1e3]} }"#;
    let login = Credentials { app: "-", domain: "d", sip: "anna", guid: "1f", dn: "Änna", info: Some(info) };
    let mut socket = server.socket().await;
    let result = socket.login_as(login, &server.password).await;
    assert_eq!(result["domain"], "d");

    let mut socket = server.socket().await;
    let challenge = socket.challenge().await;
    let digest = login.digest(&challenge, &server.password);
    let tampered = Credentials { info: Some(r#"{"z":1}"#), ..login };
    assert_eq!(socket.ask(app_login(tampered, &digest)).await["ok"], false);
}

#[tokio::test]
async fn odd_logins_fail_and_do_no_harm() {
    let server = Server::start(&[]);
    let mut socket = server.socket().await;
    for message in [
        json!({"mt": "AppLogin"}),
        json!({"mt": "AppLogin", "app": 1, "digest": []}),
        json!({"mt": "AppLogin", "app": "-", "sip": null, "digest": "x"}),
        json!({"mt": "AppLogin", "app": "x".repeat(60_000), "digest": "x"}),
    ] {
        socket.challenge().await;
        assert_eq!(socket.ask(message).await["ok"], false);
    }
    socket.login("-", &server.password).await;
}

#[tokio::test]
async fn only_managers_may_configure() {
    let server = Server::start(&[]);
    let requests = [
        ("Config", "GetConfigItems"),
        ("Config", "ReadConfig"),
        ("Calendar", "WriteConfig"),
        ("Calendar", "GetStatus"),
        ("Calendar", "GetUsers"),
    ];
    let user = Credentials { app: "pbxcalendar-calendar", sip: "anna", ..Credentials::default() };
    for (login, is_manager) in [
        (Credentials { app: "-", ..Credentials::default() }, true),
        (Credentials { app: "pbxcalendar-calendaradmin", sip: "admin", ..Credentials::default() }, true),
        (Credentials { app: "pbxcalendar-calendaradmins", sip: "admin", ..Credentials::default() }, false),
        (Credentials { app: "PBXCALENDAR-CALENDARADMIN", ..Credentials::default() }, false),
        (Credentials { app: "pbxcalendar-calendar", ..Credentials::default() }, false),
        (Credentials { app: "other", ..Credentials::default() }, false),
        (user, false),
    ] {
        let mut socket = server.socket().await;
        socket.login_as(login, &server.password).await;
        for (api, mt) in requests {
            let answer = socket.ask(json!({"mt": mt, "api": api, "src": {"a": 1}, "ConfigItems": {}})).await;
            let denied =
                json!({"mt": format!("{mt}Result"), "api": api, "result": "AccessDenied", "src": {"a": 1}});
            assert_eq!(answer != denied, is_manager, "{login:?} {answer}");
        }
    }
}

#[tokio::test]
async fn before_the_login_everything_is_denied() {
    let server = Server::start(&[]);
    let mut socket = server.socket().await;
    for (api, mt) in [
        (Some("Config"), "ReadConfig"),
        (Some("Calendar"), "GetStatus"),
        (None, "AppCheckLogin"),
        (None, "PbxInfo"),
        (None, "AppInfo"),
    ] {
        let mut message = json!({"mt": mt, "src": 1});
        let mut denied = json!({"mt": format!("{mt}Result"), "result": "AccessDenied", "src": 1});
        if let Some(api) = api {
            message["api"] = json!(api);
            denied["api"] = json!(api);
        }
        assert_eq!(socket.ask(message).await, denied);
    }
}

#[tokio::test]
async fn without_the_password_nobody_gets_in() {
    let server = Server::start(&[]);
    let mut socket = server.socket().await;
    for app in ["-", "pbxcalendar-calendaradmin", "pbxcalendar-calendar", "x"] {
        let login = Credentials { app, sip: "anna", ..Credentials::default() };
        assert_eq!(socket.try_login(login, "wrong").await["ok"], false);
        assert_eq!(socket.read().await["result"], "AccessDenied");
    }
}

#[tokio::test]
async fn failures_slow_down_the_next_attempts() {
    let server = Server::start(&[]);
    let mut socket = server.socket().await;
    let login = Credentials { app: "-", ..Credentials::default() };
    for _ in 0..3 {
        assert_eq!(socket.try_login(login, "wrong").await["ok"], false);
    }
    let begin = Instant::now();
    socket.login("-", &server.password).await;
    assert!(begin.elapsed() >= Duration::from_secs(1), "{:?}", begin.elapsed());
}

#[tokio::test]
async fn every_path_and_any_origin_will_do() {
    let server = Server::start(&[]);
    for path in
        ["", "plugin/pbxcalendar.calendarmanager", "healthz", "try-out/login", "a/b/c?d=e", "presence/"]
    {
        let url = format!("ws://{}/{path}", server.host());
        let mut socket =
            crate::support::Socket::connect_with(&url, &[("origin", "https://pbx.example.com")]).await;
        socket.login("-", &server.password).await;
    }
}
