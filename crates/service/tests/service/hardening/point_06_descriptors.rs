//! Silent strangers leave descriptors for those who have something to say.

use std::net::TcpStream;

use serde_json::json;
use tempfile::TempDir;

use super::{pbx, status};
use crate::support::server::{PASSWORD, set_password};
use crate::support::{Server, get};

/// What a shell does before it becomes the service.
fn limited(limit: &str) -> (TempDir, Server) {
    let data = TempDir::new().unwrap();
    set_password(data.path(), &[], PASSWORD);
    let server = Server::start_limited(data.path(), limit);
    (data, server)
}

#[test]
fn hardening_06_the_soft_limit_is_raised_to_the_hard_one() {
    let (_data, server) = limited("-S -n 128");
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", server.id())).unwrap();
    let files = limits.lines().find(|line| line.starts_with("Max open files")).unwrap();
    let [soft, hard] = [3, 4].map(|column| files.split_whitespace().nth(column).unwrap());
    assert_eq!(soft, hard, "{files}");
    assert_ne!(soft, "128");
}

/// More strangers than descriptors: there are 200 descriptors, as there are 1 024 where 1 100 come.
#[tokio::test]
async fn hardening_06_silent_strangers_leave_health_pbxs_and_managers_working() {
    let (_data, server) = limited("-n 200");
    let mut manager = server.manager().await;
    manager.write(json!({"pbxName": "master"})).await;
    let mut early = pbx(&server, "master").await;
    early.received().await;
    let strangers: Vec<_> = (0..400).map(|_| TcpStream::connect(server.host()).unwrap()).collect();
    assert_eq!(get(server.host(), "/healthz").status, 200);
    assert_eq!(get(server.host(), "/readyz").status, 200);
    let mut late = pbx(&server, "slave").await;
    late.received().await;
    let mut another = server.manager().await;
    let shown = status(&mut another).await;
    assert_eq!((&shown["pbx"]["connected"], &shown["pbx"]["others"]), (&json!(true), &json!(["slave"])));
    assert_eq!(manager.write(json!({"showSubject": true})).await["result"], "ok");
    drop(strangers);
}
