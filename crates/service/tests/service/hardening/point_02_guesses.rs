//! Guesses are limited, not only delayed.

use appwebsocket::Credentials;
use serde_json::json;

use crate::support::socket::app_login;
use crate::support::{Server, Socket};

async fn ready_to_guess(server: &Server, address: &str) -> (Socket, String) {
    let url = format!("ws://{}/", server.host());
    let mut socket = Socket::connect_with(&url, &[("x-forwarded-for", address)]).await;
    let challenge = socket.challenge().await;
    (socket, challenge)
}

#[tokio::test]
async fn hardening_02_eight_attempts_of_a_source_wait_and_the_rest_is_refused_at_once() {
    let server = Server::start(&["--trusted-proxy", "127.0.0.1"]);
    let login = Credentials { app: "-", ..Credentials::default() };
    // Each failure makes the next attempt wait longer, so that those behind it are still there.
    for _ in 0..3 {
        let (mut socket, _) = ready_to_guess(&server, "2001:db8::1").await;
        assert_eq!(socket.try_login(login, "wrong").await["ok"], false);
    }
    let mut guessers = Vec::new();
    for host in 1..=20 {
        let (mut socket, _) = ready_to_guess(&server, &format!("2001:db8::{host:x}")).await;
        socket.send(app_login(login, "wrong")).await;
        // Its answer to this comes after that to the guess.
        socket.send(json!({"mt": "KeepAlive"})).await;
        guessers.push(socket);
    }
    let mut refused = 0;
    for socket in &mut guessers[8..] {
        let answer = socket.receive().await;
        assert_eq!((&answer["ok"], &answer["error"]), (&json!(false), &json!("tooManyAttempts")));
        refused += 1;
    }
    assert_eq!(refused, 12);

    let (mut right, challenge) = ready_to_guess(&server, "2001:db8::77").await;
    let answer = right.ask(app_login(login, &login.digest(&challenge, &server.password))).await;
    assert_eq!(answer["ok"], false, "also the right one, unchecked");
    let (mut other, challenge) = ready_to_guess(&server, "2001:db8:0:1::77").await;
    let answer = other.ask(app_login(login, &login.digest(&challenge, &server.password))).await;
    assert_eq!(answer["ok"], true, "another network");
}
