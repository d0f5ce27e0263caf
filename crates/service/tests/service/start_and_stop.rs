//! How the service starts and ends.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::json;
use tempfile::TempDir;

use crate::support::Server;
use crate::support::server::set_password;

/// What the contract allows.
const LIMIT: Duration = Duration::from_secs(5);

#[test]
fn the_first_line_is_the_address_and_the_password_comes_once() {
    let data = TempDir::new().unwrap();
    let mut first = Server::start_in(data.path(), "", &[]);
    let port = first.url.strip_prefix("http://127.0.0.1:").and_then(|rest| rest.strip_suffix('/')).unwrap();
    assert_ne!(port.parse::<u16>().unwrap(), 0);
    let line = first.line();
    let password = line.strip_prefix("instance password: ").unwrap();
    assert_eq!(password.len(), 24);
    first.signal("-TERM");
    assert!(first.wait().success());
    assert_eq!(first.line(), "", "nothing more");
    assert!(!first.log().contains(password));

    let mut second = Server::start_in(data.path(), "", &[]);
    second.signal("-INT");
    assert!(second.wait().success());
    assert_eq!(second.line(), "", "the password is printed once");
}

#[tokio::test]
async fn the_printed_password_logs_in_until_another_is_set() {
    let data = TempDir::new().unwrap();
    let mut server = Server::start_in(data.path(), "", &[]);
    server.password = server.line().strip_prefix("instance password: ").unwrap().to_owned();
    server.manager().await;
    set_password(data.path(), &[], "another password");
    server.password = "another password".to_owned();
    server.manager().await;
}

#[tokio::test]
async fn the_end_waits_for_no_client() {
    let mut server = Server::start(&[]);
    // One that does not finish its request, one that does not read its answers, one that does nothing at all.
    let mut half = TcpStream::connect(server.host()).unwrap();
    half.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n").unwrap();
    let _silent = TcpStream::connect(server.host()).unwrap();
    let mut deaf = server.manager().await;
    for _ in 0..100 {
        deaf.send(json!({"mt": "GetConfigItems", "api": "Config"})).await;
    }
    let _idle = server.manager().await;
    let begin = Instant::now();
    server.signal("-TERM");
    assert_eq!(server.wait().code(), Some(0));
    assert!(begin.elapsed() < LIMIT, "{:?}", begin.elapsed());
}

#[tokio::test]
async fn clients_are_told_that_the_service_stops() {
    let mut server = Server::start(&[]);
    let mut socket = server.manager().await;
    server.signal("-TERM");
    assert_eq!(socket.closed().await, Some((1001, "the service stops".to_owned())));
    assert!(server.wait().success());
}
