//! Who does not read is cut.

use std::fs;
use std::time::Duration;

use pbx_calendar::Limits;
use serde_json::json;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::support::{Inside, PATIENCE};

/// More than the buffers of sockets take.
const BYTES: usize = 64 << 20;

fn limits() -> Limits {
    Limits { write: Duration::from_millis(500), outbox_bytes: usize::MAX, ..Limits::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn hardening_05_a_response_that_nobody_reads_ends() {
    let files = TempDir::new().unwrap();
    fs::create_dir(files.path().join("plugin")).unwrap();
    fs::write(files.path().join("plugin/a.js"), vec![b'x'; BYTES]).unwrap();
    let service = Inside::start_with(limits(), |options| options.files = files.path().to_owned()).await;
    let request =
        format!("GET /plugin/a.js HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", service.host());

    let mut silent = TcpStream::connect(service.host()).await.unwrap();
    silent.write_all(request.as_bytes()).await.unwrap();
    sleep(Duration::from_secs(3)).await;
    let mut got = Vec::new();
    let _ = timeout(PATIENCE, silent.read_to_end(&mut got)).await.expect("no end");
    assert!(got.len() < BYTES, "it was to be cut");

    let mut slow = TcpStream::connect(service.host()).await.unwrap();
    slow.write_all(request.as_bytes()).await.unwrap();
    let mut got = 0;
    let mut piece = vec![0; 4 << 20];
    loop {
        match timeout(PATIENCE, slow.read(&mut piece)).await.unwrap().unwrap() {
            0 => break,
            read => got += read,
        }
        sleep(Duration::from_millis(20)).await;
    }
    assert!(got > BYTES, "who reads slowly gets everything: {got}");
}

#[tokio::test(flavor = "multi_thread")]
async fn hardening_05_a_websocket_that_nobody_reads_ends() {
    let service = Inside::start(limits()).await;
    let mut socket = service.socket().await;
    socket.login("-", service.password()).await;
    for _ in 0..5000 {
        socket.send(json!({"mt": "GetConfigItems", "api": "Config"})).await;
    }
    sleep(Duration::from_secs(3)).await;
    assert_eq!(socket.closed().await, None, "there is no room for a reason");
}
