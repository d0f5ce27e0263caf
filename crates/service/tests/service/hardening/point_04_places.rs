//! What strangers cost before they have logged in.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::{PATIENCE, Server, Socket};

/// The first line of the answer to somebody who wants a websocket, and the connection.
async fn upgrade(server: &Server, address: &str) -> (String, TcpStream) {
    let mut stream = TcpStream::connect(server.host()).await.unwrap();
    let request = format!(
        "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nX-Forwarded-For: {address}\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(timeout(PATIENCE, stream.read_u8()).await.unwrap().unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    (head.lines().next().unwrap().to_owned(), stream)
}

#[tokio::test]
async fn hardening_04_an_address_has_sixty_four_websockets_until_it_logs_in() {
    let server = Server::start(&["--trusted-proxy", "127.0.0.1"]);
    let mut held = Vec::new();
    for _ in 0..64 {
        let (answer, stream) = upgrade(&server, "192.0.2.1").await;
        assert!(answer.contains("101"), "{answer}");
        held.push(stream);
    }
    let (answer, _) = upgrade(&server, "192.0.2.1").await;
    assert!(answer.contains("503"), "{answer}");
    let (answer, _) = upgrade(&server, "192.0.2.2").await;
    assert!(answer.contains("101"), "{answer}");

    // Given back when they end, …
    held.truncate(62);
    let begin = std::time::Instant::now();
    while !upgrade(&server, "192.0.2.1").await.0.contains("101") {
        assert!(begin.elapsed() < PATIENCE, "no place is given back");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // … and by logging in.
    drop(held);
    let mut sockets = Vec::new();
    for _ in 0..70 {
        let url = format!("ws://{}/", server.host());
        let mut socket = Socket::connect_with(&url, &[("x-forwarded-for", "192.0.2.9")]).await;
        socket.login("-", &server.password).await;
        sockets.push(socket);
    }
}

#[tokio::test]
async fn hardening_04_a_silent_websocket_costs_little_memory() {
    const COUNT: usize = 400;
    let server = Server::start(&[]);
    // What is needed once for all is there.
    for _ in 0..20 {
        upgrade(&server, "").await;
    }
    let before = server.memory();
    let mut held = Vec::new();
    for _ in 0..COUNT {
        let (answer, stream) = upgrade(&server, "").await;
        assert!(answer.contains("101"), "{answer}");
        held.push(stream);
    }
    let each = server.memory().saturating_sub(before) / COUNT;
    assert!(each <= 24 * 1024, "{each} bytes each");
}

#[tokio::test]
async fn hardening_04_a_long_head_is_refused_before_it_is_kept() {
    let server = Server::start(&[]);
    let mut stream = TcpStream::connect(server.host()).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nX: ").await.unwrap();
    // The service may close the connection in the midst of it.
    let _ = stream.write_all(&vec![b'x'; 100_000]).await;
    let mut answer = Vec::new();
    let _ = timeout(PATIENCE, stream.read_to_end(&mut answer)).await.expect("it waits for more");
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
}

/// Measures what stands in `docs/performance.md`. It takes a minute and as many descriptors, so it is asked for by name.
#[tokio::test]
#[ignore = "a measurement: see docs/performance.md"]
async fn hardening_04_nine_thousand_five_hundred_come_and_go() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let enough = Some(20_000);
    setrlimit(Resource::Nofile, Rlimit { current: enough, maximum: enough }).unwrap();
    let server = Server::start(&[]);
    for _ in 0..20 {
        upgrade(&server, "").await;
    }
    let before = server.memory();
    let mut held = Vec::new();
    for _ in 0..1900 {
        held.push(upgrade(&server, "").await.1);
    }
    let each = (server.memory() - before) / held.len();
    for _ in 1900..9500 {
        held.push(upgrade(&server, "").await.1);
    }
    let full = server.memory();
    drop(held);
    tokio::time::sleep(Duration::from_secs(30)).await;
    let left = server.memory().saturating_sub(before);
    println!("before {before}, each {each}, after 9500 {full}, left {left} bytes");
    assert!(each <= 24 * 1024 && left <= 30 << 20);
}
