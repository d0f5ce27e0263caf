//! Both databases do the same, also under two services at once.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::server::{PASSWORD, set_password};
use crate::support::{Postgres, Server, fails};

/// Runs a test with a file in the data directory, with a file elsewhere and with PostgreSQL.
async fn with_each<F: AsyncFn(&TempDir, &[&str])>(test: F) {
    let data = TempDir::new().unwrap();
    test(&data, &[]).await;
    let file = format!("sqlite:{}", data.path().join("other.sqlite").display());
    test(&TempDir::new().unwrap(), &["--database", &file]).await;
    let Some(postgres) = Postgres::start() else { return };
    test(&TempDir::new().unwrap(), &["--database", &postgres.url()]).await;
}

/// A service whose items do not depend on its port.
fn start(data: &TempDir, password: &str, database: &[&str]) -> Server {
    let arguments = [database, &["--public-url", "https://calendar.example.com"]].concat();
    Server::start_in(data.path(), password, &arguments)
}

#[tokio::test]
async fn items_of_every_type_come_back_after_a_restart() {
    with_each(async |data, database| {
        set_password(data.path(), database, PASSWORD);
        let items = json!({
            "pbxName": "Küche🦀", "presenceLanguage": 4, "showSubject": true, "maxSubscriptions": 7,
            "priorityWords": "\u{0} 'x'; DROP TABLE setting; --", "password": "p", "clientSecretExpires": "2027-01-02",
        });
        let written = start(data, PASSWORD, database).manager().await.write(items.clone()).await;
        assert_eq!(written["result"], "ok", "{written}");
        let server = start(data, PASSWORD, database);
        let mut socket = server.manager().await;
        let read = socket.read().await;
        assert_eq!((&read["ConfigItems"], &read["revision"]), (&written["ConfigItems"], &written["revision"]));
        for (name, value) in items.as_object().unwrap().iter().filter(|(name, _)| *name != "password") {
            assert_eq!(&read["ConfigItems"][name], value);
        }
        let described = socket.ask(json!({"mt": "GetConfigItems", "api": "Config"})).await;
        assert!(described.to_string().contains(r#""passwordSet":true"#));
        // Back to the defaults.
        let defaults = json!({"pbxName": "", "presenceLanguage": 5, "showSubject": false, "password": null});
        assert_eq!(socket.write(defaults).await["result"], "ok");
        let described = socket.ask(json!({"mt": "GetConfigItems", "api": "Config"})).await;
        assert!(!described.to_string().contains(r#""passwordSet":true"#));
    })
    .await;
}

/// A file is for one service alone.
async fn with_postgresql<F: AsyncFn(&TempDir, &[&str])>(test: F) {
    let Some(postgres) = Postgres::start() else { return };
    test(&TempDir::new().unwrap(), &["--database", &postgres.url()]).await;
}

#[tokio::test]
async fn of_two_services_that_write_at_once_one_wins_each_revision() {
    with_postgresql(async |data, database| {
        set_password(data.path(), database, PASSWORD);
        let (one, two) = (start(data, PASSWORD, database), start(data, PASSWORD, database));
        let (mut one, mut two) = (one.manager().await, two.manager().await);
        let mut revision = one.read().await["revision"].as_i64().unwrap();
        for round in 0..20 {
            let write = |name: &str| {
                let items = json!({"pbxName": format!("{name}{round}"), "priorityWords": name});
                json!({"mt": "WriteConfig", "api": "Calendar", "revision": revision, "ConfigItems": items})
            };
            let (first, second) = tokio::join!(one.ask(write("a")), two.ask(write("b")));
            let winner = winner(&first, &second);
            revision += 1;
            assert_eq!(winner["revision"], revision);
            for socket in [&mut one, &mut two] {
                let read = socket.read().await;
                assert_eq!(
                    (&read["ConfigItems"], &read["revision"]),
                    (&winner["ConfigItems"], &winner["revision"])
                );
            }
        }
    })
    .await;
}

/// The one whose write was stored; the other must have had a conflict.
fn winner<'a>(first: &'a Value, second: &'a Value) -> &'a Value {
    match (first["result"].as_str(), second["result"].as_str()) {
        (Some("ok"), Some("conflict")) => first,
        (Some("conflict"), Some("ok")) => second,
        _ => panic!("{first} {second}"),
    }
}

#[tokio::test]
async fn two_services_that_begin_at_once_share_one_password() {
    with_postgresql(async |data, database| {
        let begin = || {
            let (path, arguments) =
                (data.path().to_owned(), database.iter().map(ToString::to_string).collect::<Vec<_>>());
            std::thread::spawn(move || {
                let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
                let mut server = Server::start_in(&path, "", &arguments);
                server.signal("-TERM");
                server.wait();
                server.line()
            })
        };
        let starts = [begin(), begin(), begin()];
        let lines: Vec<String> = starts.into_iter().map(|start| start.join().unwrap()).collect();
        let passwords: Vec<_> =
            lines.iter().filter_map(|line| line.strip_prefix("instance password: ")).collect();
        assert_eq!(passwords.len(), 1, "{lines:?}");
        Server::start_in(data.path(), passwords[0], database).manager().await;
    })
    .await;
}

#[tokio::test]
async fn two_managers_who_write_at_once_on_one_service_win_each_revision_by_turns() {
    with_each(async |data, database| {
        set_password(data.path(), database, PASSWORD);
        let server = start(data, PASSWORD, database);
        let (mut one, mut two) = (server.manager().await, server.manager().await);
        for _ in 0..10 {
            let revision = one.read().await["revision"].as_i64().unwrap();
            let write = |name: &str| {
                json!({"mt": "WriteConfig", "api": "Calendar", "revision": revision, "ConfigItems": {"pbxName": name}})
            };
            let (first, second) = tokio::join!(one.answer(write("a")), two.answer(write("b")));
            assert_eq!(winner(&first, &second)["revision"], revision + 1);
        }
    })
    .await;
}

#[test]
fn another_key_file_does_not_open_a_database() {
    let Some(postgres) = Postgres::start() else { return };
    let (own, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let url = postgres.url();
    set_password(own.path(), &["--database", &url], PASSWORD);
    let path = other.path().to_str().unwrap();
    let serve = ["serve", "--listen", "127.0.0.1:0", "--data", path, "--database", &url];
    let line = fails(&serve);
    assert!(line.contains("secret.key is missing"), "{line}");
    set_password(other.path(), &[], PASSWORD);
    let line = fails(&serve);
    assert!(line.contains("does not open the secrets"), "{line}");
}
