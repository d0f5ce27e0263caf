//! What has been acknowledged survives `kill -9`.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::server::{PASSWORD, set_password};
use crate::support::{Postgres, Server, Socket};

const WRITES: i64 = 200;

#[tokio::test]
async fn two_hundred_writes_in_a_file() {
    survive(&[]).await;
}

#[tokio::test]
async fn two_hundred_writes_in_postgresql() {
    let Some(postgres) = Postgres::start() else { return };
    survive(&["--database", &postgres.url()]).await;
}

/// Writes and kills by turns: after an acknowledgement, or while further writes are under way.
async fn survive(database: &[&str]) {
    let data = TempDir::new().unwrap();
    set_password(data.path(), database, PASSWORD);
    let mut acknowledged = 0;
    let mut revision = 1;
    let mut round: i64 = 0;
    while acknowledged < WRITES {
        let mut server = Server::start_in(data.path(), PASSWORD, database);
        let mut socket = server.manager().await;
        let found = socket.read().await;
        let survived =
            found["ConfigItems"]["pbxName"].as_str().unwrap().trim_start_matches('n').parse().unwrap_or(0);
        // A write that was under way may have been stored, one that was acknowledged must have been.
        assert!(survived == acknowledged || survived == acknowledged + 1, "{survived} of {acknowledged}");
        assert_eq!(found["revision"], revision + survived - acknowledged);
        acknowledged = survived;
        revision = found["revision"].as_i64().unwrap();
        for _ in 0..(7 + round % 5) {
            let result = write(&mut socket, acknowledged + 1).await;
            assert_eq!(result["result"], "ok");
            acknowledged += 1;
            revision += 1;
            assert_eq!(result["revision"], revision);
        }
        if round % 2 == 1 {
            socket.send(message(acknowledged + 1)).await;
        }
        server.kill();
        round += 1;
    }
}

fn message(number: i64) -> Value {
    let items = json!({"pbxName": format!("n{number}"), "password": format!("secret {number}")});
    json!({"mt": "WriteConfig", "api": "Calendar", "ConfigItems": items})
}

async fn write(socket: &mut Socket, number: i64) -> Value {
    socket.ask(message(number)).await
}
