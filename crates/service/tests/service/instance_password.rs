//! `SetInstancePassword`, and what a login tells a relay.

use appwebsocket::Credentials;
use serde_json::{Value, json};

use crate::support::Server;
use crate::support::socket::Socket;

const FRESH: &str = "frisch gesetzt \u{1f600}";

fn set(password: &Value) -> Value {
    json!({"mt": "SetInstancePassword", "api": "Calendar", "password": password, "src": 7})
}

fn refused(error: &str) -> Value {
    json!({"mt": "SetInstancePasswordResult", "api": "Calendar", "error": error, "src": 7})
}

#[tokio::test]
async fn a_login_tells_service_version_and_protocol_and_a_refused_one_does_not() {
    let server = Server::start(&[]);
    let login = Credentials { app: "-", domain: "d", ..Credentials::default() };
    let expected = json!({"mt": "AppLoginResult", "ok": true, "domain": "d", "service": "pbx-calendar",
        "version": env!("CARGO_PKG_VERSION"), "protocol": 1});
    assert_eq!(server.socket().await.try_login(login, &server.password).await, expected);
    let refused = json!({"mt": "AppLoginResult", "ok": false});
    assert_eq!(server.socket().await.try_login(login, "wrong").await, refused);
}

#[tokio::test]
async fn a_manager_sets_it_and_it_counts_from_the_next_login() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;
    let mut old = server.password.clone();
    for password in [socket.encrypted(FRESH), json!("plain over loopback")] {
        let fresh = password.as_str().unwrap_or(FRESH).to_owned();
        let answer = socket.answer(set(&password)).await;
        assert_eq!(
            answer,
            json!({"mt": "SetInstancePasswordResult", "api": "Calendar", "ok": true, "src": 7})
        );
        let login = Credentials { app: "-", ..Credentials::default() };
        assert_eq!(server.socket().await.try_login(login, &old).await["ok"], false);
        // Sessions of the old one end, that of the manager who set it too.
        assert_eq!(socket.closed().await.map(|(code, _)| code), Some(1008));
        socket = server.socket().await;
        socket.login("-", &fresh).await;
        old = fresh;
    }
}

#[tokio::test]
async fn what_cannot_be_one_is_told_and_changes_nothing() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;
    let long = "x".repeat(129);
    for (password, error) in [
        (json!("nine-char"), "tooShort"),
        (json!(""), "tooShort"),
        (socket.encrypted("nine-char"), "tooShort"),
        (json!(long), "tooLong"),
        (socket.encrypted(&long), "tooLong"),
        // What comes out is as good as random: long enough never to be UTF-8 by chance.
        (json!({"value": "fffe".repeat(64), "key": "seed"}), "encryption"),
        (json!({"value": "xyz", "key": "seed"}), "encryption"),
        (json!({"value": 1}), "type"),
        (json!(null), "type"),
        (json!(1_234_567_890), "type"),
    ] {
        assert_eq!(socket.answer(set(&password)).await, refused(error));
    }
    let none = json!({"mt": "SetInstancePassword", "api": "Calendar", "src": 7});
    assert_eq!(socket.answer(none).await, refused("type"));
    server.manager().await;
}

#[tokio::test]
async fn plain_ones_need_a_way_that_nobody_reads() {
    let server = Server::start(&["--trusted-proxy", "127.0.0.1"]);
    let url = format!("ws://{}/", server.host());
    let headers = [("x-forwarded-for", "192.0.2.1"), ("x-forwarded-proto", "http")];
    let mut socket = Socket::connect_with(&url, &headers).await;
    socket.login("-", &server.password).await;
    assert_eq!(socket.answer(set(&json!("plain over http"))).await, refused("insecure"));
    assert_eq!(socket.answer(set(&socket.encrypted(FRESH))).await["ok"], true);
}

#[tokio::test]
async fn nobody_but_managers_may() {
    let server = Server::start(&[]);
    let mut stranger = server.socket().await;
    let mut user = server.socket().await;
    let login =
        Credentials { app: "pbxcalendar-calendar", sip: "anna", guid: "1f", ..Credentials::default() };
    user.login_as(login, &server.password).await;
    for socket in [&mut stranger, &mut user] {
        for message in [
            set(&json!("somebody else's")),
            json!({"mt": "AppCheckLogin", "api": "Calendar", "app": "a", "challenge": "1", "digest": "0"}),
        ] {
            assert_eq!(socket.answer(message).await["result"], "AccessDenied");
        }
    }
    server.manager().await;
}

#[tokio::test]
async fn a_login_of_an_app_object_can_be_checked_through_a_relay() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;
    let login = Credentials { app: "pbxcalendar-calendar", domain: "example.com", ..Credentials::default() };
    for (digest, ok) in [(login.digest("1234", &server.password), true), (login.digest("1234", "x"), false)] {
        let check = json!({"mt": "AppCheckLogin", "api": "Calendar", "app": login.app, "domain": login.domain,
            "challenge": "1234", "digest": digest, "src": "s"});
        let expected = json!({"mt": "AppCheckLoginResult", "api": "Calendar", "ok": ok, "src": "s"});
        assert_eq!(socket.answer(check).await, expected);
    }
}
