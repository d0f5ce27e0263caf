//! The instance password: a change counts for everybody, and a short one for nobody.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{pbx, status};
use crate::support::Server;
use crate::support::server::{program, set_password};

#[tokio::test]
async fn hardening_07_sessions_of_the_old_password_end() {
    let mut server = Server::start(&[]);
    let mut manager = server.manager().await;
    let mut old = pbx(&server, "master").await;
    old.received().await;
    let mut stranger = server.socket().await;
    let challenge = stranger.challenge().await;
    assert_eq!(challenge.len(), 16);

    set_password(server.data(), &[], "another password");
    server.password = "another password".to_owned();
    let mut new = server.manager().await;
    let expected = Some((1008, "the instance password has changed".to_owned()));
    assert_eq!(manager.closed().await, expected);
    assert_eq!(old.closed().await, expected);
    assert_eq!(new.read().await["mt"], "ReadConfigResult", "sessions of the new one stay");
    stranger.login("-", &server.password).await;
}

#[tokio::test]
async fn hardening_07_also_while_nobody_logs_in() {
    let server = Server::start(&[]);
    let mut manager = server.manager().await;
    set_password(server.data(), &[], "another password");
    assert!(manager.closed().await.is_some());
}

#[test]
fn hardening_07_short_passwords_are_refused() {
    for (password, is_taken) in
        [("123456789", false), ("äöüäöüäöü", false), ("1234567890", true), ("äöüäöüäöüä", true)]
    {
        let data = TempDir::new().unwrap();
        let mut command = program();
        command
            .args(["set-password", "--data"])
            .arg(data.path())
            .stdin(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(format!("{password}\n").as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(if is_taken { 0 } else { 2 }), "{password} {text}");
        assert_eq!(text.contains("at least 10 characters"), !is_taken, "{text}");
        assert!(!text.contains(password));
    }
}

#[tokio::test]
async fn hardening_07_a_plain_listener_is_warned_of() {
    for (options, is_warned) in [
        (&["--listen", "0.0.0.0:0"][..], true),
        (&["--listen", "0.0.0.0:0", "--trusted-proxy", "10.0.0.1"], false),
        (&["--listen", "127.0.0.1:0"], false),
    ] {
        let server = Server::start(options);
        let status = status(&mut server.manager().await).await;
        let codes: Vec<&Value> =
            status["warnings"].as_array().into_iter().flatten().map(|warning| &warning["code"]).collect();
        assert_eq!(codes == [&json!("plainListener")], is_warned, "{status}");
        assert_eq!(codes.is_empty(), !is_warned);
        assert_eq!(server.log().contains("plainListener"), is_warned);
    }
}
