//! Clients that do nothing, or do not read.

use std::time::Duration;

use pbx_calendar::Limits;
use secrecy::ExposeSecret;
use serde_json::json;

use crate::support::{Inside, Server, get};

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_log_in_is_sent_away_and_who_does_may_stay() {
    let service = Inside::start(Limits { login: Duration::from_millis(300), ..Limits::default() }).await;
    let password = service.running.new_password.as_ref().unwrap().expose_secret().to_owned();
    let mut staying = service.socket().await;
    staying.login("-", &password).await;
    let mut idle = service.socket().await;
    assert_eq!(idle.closed().await, Some((1008, "no login within 30 s".to_owned())));
    assert_eq!(staying.read().await["mt"], "ReadConfigResult");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_read_is_dropped() {
    let service = Inside::start(Limits { outbox_bytes: 100_000, ..Limits::default() }).await;
    let password = service.running.new_password.as_ref().unwrap().expose_secret().to_owned();
    let mut socket = service.socket().await;
    socket.login("-", &password).await;
    // More than socket buffers take.
    for _ in 0..5000 {
        socket.send(json!({"mt": "GetConfigItems", "api": "Config"})).await;
    }
    while websockets(&service) > 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(socket.closed().await, None, "there is no room for a reason");
    let mut other = service.socket().await;
    other.login("-", &password).await;
    assert_eq!(other.read().await["mt"], "ReadConfigResult");
}

/// How many the service has open.
fn websockets(service: &Inside) -> u32 {
    let host = service.running.url.trim_start_matches("http://").trim_end_matches('/');
    let metrics = get(host, "/metrics");
    let count = metrics.text().lines().find_map(|line| line.strip_prefix("pbx_calendar_websockets "));
    count.unwrap().parse().unwrap()
}

#[tokio::test]
async fn three_hundred_idle_connections() {
    let server = Server::start(&[]);
    let mut sockets = Vec::new();
    for number in 0..300 {
        sockets.push(if number % 2 == 0 { server.manager().await } else { server.socket().await });
    }
    let result = server.manager().await.write(json!({"pbxName": "new"})).await;
    assert_eq!(result["result"], "ok");
    for (number, socket) in sockets.iter_mut().enumerate() {
        let received = socket.received().await;
        assert_eq!(received.len(), usize::from(number % 2 == 0), "{received:?}");
    }
}
