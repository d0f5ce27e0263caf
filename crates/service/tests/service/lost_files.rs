//! Database and key file belong together, and the database is the file that was opened.

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::server::{PASSWORD, program, set_password};
use crate::support::{PATIENCE, Postgres, Server, Socket, fails, get};

const DATABASE: &str = "pbx-calendar.sqlite";
const KEY: &str = "secret.key";

/// A data directory with an instance password and a setting.
async fn used(database: &[&str]) -> TempDir {
    let data = TempDir::new().unwrap();
    set_password(data.path(), database, PASSWORD);
    let server = Server::start_in(data.path(), PASSWORD, database);
    let written = server.manager().await.write(json!({"pbxName": "master", "clientSecret": "s"})).await;
    assert_eq!(written["result"], "ok");
    data
}

/// The line with which `serve` refuses to start.
fn refusal(data: &Path, more: &[&str]) -> String {
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--data", data.to_str().unwrap()];
    fails(&[&arguments, more].concat())
}

/// `set-password`, which is not to succeed.
fn set_password_fails(data: &Path, more: &[&str]) -> String {
    let input = data.join("password");
    fs::write(&input, "another password\n").unwrap();
    let mut command = program();
    command.args(["set-password", "--data"]).arg(data).args(more).env("PBX_CALENDAR_LOG", "off");
    let Output { status, stderr, .. } =
        command.stdin(Stdio::from(fs::File::open(&input).unwrap())).output().unwrap();
    assert_eq!(status.code(), Some(2));
    String::from_utf8(stderr).unwrap()
}

#[tokio::test]
async fn point_16_a_key_without_its_database_does_not_start() {
    let data = used(&[]).await;
    fs::rename(data.path().join(DATABASE), data.path().join("kept")).unwrap();
    let key = fs::read(data.path().join(KEY)).unwrap();
    for line in [refusal(data.path(), &[]), set_password_fails(data.path(), &[])] {
        for word in [KEY, DATABASE, "backup", "--new"] {
            assert!(line.contains(word), "{line}");
        }
    }
    assert!(!data.path().join(DATABASE).exists(), "nothing is made");
    // Neither does an empty file.
    fs::write(data.path().join(DATABASE), "").unwrap();
    let line = refusal(data.path(), &[]);
    assert!(line.contains("is empty") && line.contains("backup"), "{line}");
    assert_eq!(fs::read(data.path().join(DATABASE)).unwrap(), b"");
    fs::remove_file(data.path().join(DATABASE)).unwrap();
    assert_eq!(fs::read(data.path().join(KEY)).unwrap(), key);

    // Put back, all is as it was.
    fs::rename(data.path().join("kept"), data.path().join(DATABASE)).unwrap();
    let server = Server::start_in(data.path(), PASSWORD, &[]);
    assert_eq!(server.manager().await.read().await["ConfigItems"]["pbxName"], "master");
}

#[tokio::test]
async fn point_16_a_database_without_its_key_does_not_start() {
    let data = used(&[]).await;
    let key = fs::read(data.path().join(KEY)).unwrap();
    fs::remove_file(data.path().join(KEY)).unwrap();
    for line in [refusal(data.path(), &[]), set_password_fails(data.path(), &[])] {
        for word in [KEY, "missing", "backup"] {
            assert!(line.contains(word), "{line}");
        }
    }
    assert!(!data.path().join(KEY).exists(), "nothing is made");

    // Afresh: what was there is kept under another name, with its journal.
    let mut server = Server::start_in(data.path(), "", &["--new"]);
    let line = server.line();
    let password = line.strip_prefix("instance password: ").unwrap().to_owned();
    server.password.clone_from(&password);
    assert_eq!(server.manager().await.read().await["ConfigItems"]["pbxName"], "");
    server.kill();
    let names: Vec<String> = fs::read_dir(data.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let old: Vec<&String> = names
        .iter()
        .filter(|name| name.starts_with("pbx-calendar.sqlite.2") && name.ends_with('Z'))
        .collect();
    assert_eq!(old.len(), 1, "{names:?}");

    // A second time it does nothing: nobody loses settings because the option stayed.
    let mut server = Server::start_in(data.path(), &password, &["--new"]);
    assert_eq!(server.manager().await.write(json!({"pbxName": "kept"})).await["result"], "ok");
    server.kill();
    let server = Server::start_in(data.path(), &password, &["--new"]);
    assert_eq!(server.manager().await.read().await["ConfigItems"]["pbxName"], "kept");
    drop(server);

    // With its key the old one opens.
    fs::rename(data.path().join(old[0]), data.path().join(DATABASE)).unwrap();
    for part in ["-wal", "-shm"] {
        let _ = fs::remove_file(data.path().join(format!("{DATABASE}{part}")));
        let _ = fs::rename(
            data.path().join(format!("{}{part}", old[0])),
            data.path().join(format!("{DATABASE}{part}")),
        );
    }
    fs::write(data.path().join(KEY), key).unwrap();
    let server = Server::start_in(data.path(), PASSWORD, &[]);
    assert_eq!(server.manager().await.read().await["ConfigItems"]["pbxName"], "master");
}

#[tokio::test]
async fn point_16_new_makes_a_database_for_a_key_without_one() {
    let data = used(&[]).await;
    for part in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(data.path().join(format!("{DATABASE}{part}")));
    }
    let mut server = Server::start_in(data.path(), "", &["--new"]);
    server.password = server.line().strip_prefix("instance password: ").unwrap().to_owned();
    assert_eq!(server.manager().await.read().await["ConfigItems"]["pbxName"], "");
}

#[tokio::test]
async fn point_16_holds_for_postgresql() {
    let (Some(postgres), Some(empty)) = (Postgres::start(), Postgres::start()) else { return };
    let (url, empty) = (postgres.url(), empty.url());
    let data = used(&["--database", &url]).await;
    let line = refusal(data.path(), &["--database", &empty]);
    assert!(line.contains("is empty") && line.contains("backup") && line.contains("--new"), "{line}");
    let line = set_password_fails(data.path(), &["--database", &empty]);
    assert!(line.contains("backup"), "{line}");
    let key = fs::read(data.path().join(KEY)).unwrap();
    fs::remove_file(data.path().join(KEY)).unwrap();
    // What is in a server is not for us to put aside.
    for more in [vec!["--database", url.as_str()], vec!["--new", "--database", url.as_str()]] {
        let line = refusal(data.path(), &more);
        assert!(line.contains("missing") && line.contains("backup"), "{line}");
    }
    fs::write(data.path().join(KEY), key).unwrap();
    fs::set_permissions(data.path().join(KEY), std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let server = Server::start_in(data.path(), PASSWORD, &["--database", &url]);
    assert_eq!(server.manager().await.read().await["ConfigItems"]["pbxName"], "master");
    // A new database for an old key.
    let mut server = Server::start_in(data.path(), "", &["--new", "--database", &empty]);
    assert!(server.line().starts_with("instance password: "));
}

/// Waits until the status has this error, or none.
async fn until_error(socket: &mut Socket, code: Option<&str>) -> Value {
    let begin = Instant::now();
    loop {
        let status = socket.answer(json!({"mt": "GetStatus", "api": "Calendar"})).await;
        if status["error"].as_str() == code {
            return status;
        }
        assert!(begin.elapsed() < PATIENCE, "{status}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn point_16_a_database_deleted_or_replaced_while_running_is_an_error_at_once() {
    let data = used(&[]).await;
    let server = Server::start_in(data.path(), PASSWORD, &[]);
    let mut socket = server.manager().await;
    let path = data.path().join(DATABASE);
    let away = data.path().join("away");
    for replacement in [None, Some("another database")] {
        fs::rename(&path, &away).unwrap();
        if let Some(contents) = replacement {
            fs::write(&path, contents).unwrap();
        }
        let response = get(server.host(), "/readyz");
        assert_eq!(response.status, 503);
        let word = if replacement.is_some() { "replaced" } else { "deleted" };
        assert!(response.text().contains(word), "{}", response.text());
        let result = socket.write(json!({"pbxName": "lost"})).await;
        assert_eq!(
            (&result["result"], &result["errors"], &result["reason"]),
            (&json!("failed"), &json!([]), &json!("databaseReplaced"))
        );
        let status = until_error(&mut socket, Some("databaseReplaced")).await;
        assert!(status["errorText"].as_str().unwrap().contains(word), "{status}");
        // Put back, it is the same one, and all goes on.
        fs::rename(&away, &path).unwrap();
        until_error(&mut socket, None).await;
        assert_eq!(get(server.host(), "/readyz").status, 200);
        assert_eq!(socket.write(json!({"pbxName": "found"})).await["result"], "ok");
    }
    assert!(server.log().contains("pbx-calendar.sqlite is no longer the file that was opened"));
}

#[tokio::test]
async fn point_18_a_second_service_on_the_same_file_does_not_start() {
    let data = used(&[]).await;
    let mut server = Server::start_in(data.path(), PASSWORD, &[]);
    let other = TempDir::new().unwrap();
    let link = other.path().join("link.sqlite");
    std::os::unix::fs::symlink(data.path().join(DATABASE), &link).unwrap();
    let link = format!("sqlite:{}", link.display());
    for (folder, more) in [(data.path(), vec![]), (other.path(), vec!["--database", link.as_str()])] {
        let refused = refusal(folder, &more);
        assert!(refused.contains("another pbx-calendar is running on the database"), "{refused}");
    }
    // A command beside it works.
    set_password(data.path(), &[], "another password");
    server.password = "another password".to_owned();
    server.manager().await;
    // The lock ends with its process, however that ends.
    server.kill();
    Server::start_in(data.path(), "another password", &[]).manager().await;
}
