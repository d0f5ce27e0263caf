//! What monitoring sees.

use serde_json::json;
use tempfile::TempDir;

use crate::support::server::{PASSWORD, set_password};
use crate::support::{Postgres, Server, get};

#[test]
fn a_healthy_service() {
    let server = Server::start(&[]);
    for path in ["/healthz", "/readyz"] {
        let response = get(server.host(), path);
        assert_eq!((response.status, response.text()), (200, "ok\n"), "{path}");
    }
}

#[tokio::test]
async fn without_its_database_it_is_alive_but_not_ready() {
    let Some(mut postgres) = Postgres::start() else { return };
    let data = TempDir::new().unwrap();
    let url = postgres.url();
    let database = ["--database", url.as_str()];
    set_password(data.path(), &database, PASSWORD);
    let server = Server::start_in(data.path(), PASSWORD, &database);
    let mut socket = server.manager().await;
    assert_eq!(get(server.host(), "/readyz").status, 200);
    postgres.stop();
    assert_eq!(get(server.host(), "/healthz").status, 200);
    let response = get(server.host(), "/readyz");
    assert_eq!(
        (response.status, response.text()),
        (503, "cannot read the database; see the log of the service\n")
    );
    let result = socket.write(json!({"pbxName": "x"})).await;
    assert_eq!((&result["result"], &result["errors"]), (&json!("failed"), &json!([])), "never acknowledged");
}

/// What the synchronization counts.
const OF_SYNC: [&str; 7] = [
    "users",
    "presence_writes",
    "change_lateness",
    "data_age",
    "mailbox_rounds",
    "graph_requests",
    "source_starts",
];

#[tokio::test]
async fn metrics_count_and_name_nobody() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;
    socket.write(json!({"pbxName": "zentrale", "user": "anna@example.com"})).await;
    socket.write(json!({"pbxName": "a.b"})).await;
    let response = get(server.host(), "/metrics");
    assert!(response.header("content-type").unwrap().starts_with("text/plain; version=0.0.4"));
    let is_of_sync =
        |line: &str| OF_SYNC.iter().any(|name| line.starts_with(&format!("pbx_calendar_{name}")));
    let is_value = |line: &&str| !line.starts_with('#') && !is_of_sync(line);
    let lines: Vec<&str> = response.text().lines().filter(is_value).collect();
    let expected = [
        "pbx_calendar_config_revision 2",
        "pbx_calendar_config_writes_total{result=\"failed\"} 1",
        "pbx_calendar_config_writes_total{result=\"ok\"} 1",
        "pbx_calendar_ews_streams 0",
        "pbx_calendar_ews_subscriptions 0",
        "pbx_calendar_job_panics_total 0",
        "pbx_calendar_logins_total{result=\"ok\"} 1",
        "pbx_calendar_pbx_connections 0",
        "pbx_calendar_websockets 1",
    ];
    assert_eq!(lines, expected);
}
