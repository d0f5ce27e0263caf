//! Secrets are nowhere but where they belong.

use std::fs;
use std::path::Path;

use serde_json::json;
use tempfile::TempDir;

use crate::support::server::set_password;
use crate::support::{Postgres, Server};

const INSTANCE: &str = "instance-geheimnis";
const PASSWORD: &str = "sesam-öffne-dich";
const SECRET: &str = "client~geheimnis";

/// Writes secrets in both forms, also wrong ones, and gives every message that came back.
async fn write_secrets(server: &Server) -> String {
    let mut messages = Vec::new();
    let mut other = server.manager().await;
    let mut socket = server.manager().await;
    messages
        .push(socket.write(json!({"password": socket.encrypted(PASSWORD), "clientSecret": SECRET})).await);
    messages.push(socket.write(json!({"password": {"value": PASSWORD, "key": SECRET}})).await);
    messages.push(
        socket.write(json!({"password": PASSWORD, "clientSecret": SECRET, "syncType": PASSWORD})).await,
    );
    messages.push(socket.read().await);
    messages.push(socket.ask(json!({"mt": "GetConfigItems", "api": "Config"})).await);
    messages.push(socket.ask(json!({"mt": "GetStatus", "api": "Calendar"})).await);
    messages.extend(other.received().await);
    assert_eq!(messages[0]["result"], "ok");
    // A message that breaks off in a password closes the connection, and its reason tells nothing.
    socket
        .send(format!(r#"{{"mt":"WriteConfig","api":"Calendar","ConfigItems":{{"password":"{PASSWORD}"#))
        .await;
    let reason = socket.closed().await;
    format!("{messages:?} {reason:?}")
}

#[track_caller]
fn has_none(what: &str, bytes: &[u8]) {
    for secret in [INSTANCE, PASSWORD, SECRET] {
        let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!found, "{secret} in {what}");
    }
}

/// Every file below, also what the database has not yet tidied up.
fn has_none_below(directory: &Path) {
    for entry in fs::read_dir(directory).unwrap().flatten() {
        if entry.file_type().unwrap().is_dir() {
            has_none_below(&entry.path());
        } else if entry.file_type().unwrap().is_file() {
            has_none(&entry.path().display().to_string(), &fs::read(entry.path()).unwrap());
        }
    }
}

#[tokio::test]
async fn neither_disk_nor_log_nor_messages_hold_any() {
    let data = TempDir::new().unwrap();
    set_password(data.path(), &[], INSTANCE);
    let mut server = Server::start_with(data.path(), INSTANCE, &[], &[("PBX_CALENDAR_LOG", "trace")]);
    has_none("messages", write_secrets(&server).await.as_bytes());
    assert!(server.log().contains("settings written"));
    has_none_below(data.path());
    server.kill();
    has_none_below(data.path());
}

#[tokio::test]
async fn nor_does_a_postgresql_database() {
    let Some(mut postgres) = Postgres::start() else { return };
    let data = TempDir::new().unwrap();
    let url = postgres.url();
    let database = ["--database", url.as_str()];
    set_password(data.path(), &database, INSTANCE);
    let server = Server::start_with(data.path(), INSTANCE, &database, &[("PBX_CALENDAR_LOG", "trace")]);
    has_none("messages", write_secrets(&server).await.as_bytes());
    postgres.stop();
    has_none_below(postgres.directory());
    has_none_below(data.path());
}

#[tokio::test]
async fn the_same_secret_is_never_stored_the_same_way_twice() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;
    let mut seen = Vec::new();
    for _ in 0..3 {
        socket.write(json!({"password": PASSWORD})).await;
        let database = fs::read(server.data().join("pbx-calendar.sqlite-wal")).unwrap();
        assert!(!seen.contains(&database));
        seen.push(database);
    }
}
