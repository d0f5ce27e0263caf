//! A new version goes on with the database of the one before: no setting is lost, no mailbox read anew.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Json, Response};
use pbx_calendar::source::{Overrides, Timing};
use pbx_calendar::{DatabaseUrl, Limits, Options, Running, start};
use pbx_sim::{Pbx, User};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgPool, SqlitePool};
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::support::{PATIENCE, Postgres, Socket};

const PASSWORD: &str = "instance-password";
const TENANT: &str = "dec0de00-0000-4000-8000-000000000001";
const SECRET: &str = "demo";
/// Numbers of the users of whom something is stored.
const USERS: [(u32, &str); 3] = [(1, "anna.berg"), (3, "chiara.rossi"), (9, "ines.silva")];

/// A calendar server that knows nothing but the links in the database, and keeps what it was asked.
#[derive(Clone, Default)]
struct Server {
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn start(&self) -> url::Url {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let router = Router::new().fallback(answer).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        url
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

async fn answer(State(server): State<Server>, method: Method, uri: Uri, body: Bytes) -> Response {
    let body = String::from_utf8(body.to_vec()).unwrap();
    let is_token = uri.path() == format!("/{TENANT}/oauth2/v2.0/token");
    let what = if is_token { format!("token {body}") } else { format!("{method} {uri}") };
    server.asked.lock().unwrap().push(what);
    if is_token {
        return Json(json!({"token_type": "Bearer", "expires_in": 3599, "access_token": "t"}))
            .into_response();
    }
    if uri.query().is_some_and(|query| query.starts_with("$deltatoken=")) {
        let link = format!("https://graph.microsoft.com{uri}");
        return Json(json!({"value": [], "@odata.deltaLink": link})).into_response();
    }
    StatusCode::NOT_FOUND.into_response()
}

/// The dump as it is read, with its calendars dated to now and moved to where the server of the test is.
fn moved(dump: &str, server: &url::Url) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
    let source = format!("{} {TENANT}", server.as_str().trim_end_matches('/'));
    let renew_at = now + 12 * 3_600_000;
    format!("{dump}\nUPDATE {}calendar SET source = '{source}', renew_at = {renew_at};", schema(dump))
}

/// Dumps of PostgreSQL leave no schema to be searched.
fn schema(dump: &str) -> &'static str {
    if dump.contains("public.calendar") { "public." } else { "" }
}

fn key(data: &Path, bytes: &[u8]) {
    let path = data.join("secret.key");
    fs::write(&path, bytes).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

async fn new_version(data: &TempDir, database: Option<DatabaseUrl>, server: &url::Url) -> Running {
    let timing = Timing { poll: Duration::from_millis(300), ..Timing::default() };
    let options = Options {
        listen: "127.0.0.1:0".parse().unwrap(),
        data: data.path().to_owned(),
        database,
        new: false,
        files: data.path().join("pkg"),
        public_url: None,
        tls: None,
        trusted_proxies: Vec::new(),
        trusted_proxy_header: None,
        try_out: false,
        demo: None,
        overrides: Overrides { login: Some(server.clone()), graph: Some(server.clone()) },
        timing,
        limits: Limits::default(),
    };
    start(options).await.unwrap()
}

/// A PBX with the users of the database.
fn pbx(url: &str) -> Pbx {
    let app = format!("{url}pbxcalendar-calendar");
    let pbx = Pbx::start(pbx_sim::Options {
        name: "demo".to_owned(),
        domain: "example.com".to_owned(),
        ..pbx_sim::Options::new(app, PASSWORD)
    });
    for (number, name) in USERS {
        pbx.add_user(User::new(&format!("{number:032x}"), name));
    }
    pbx
}

/// Everything is there, and the links are followed.
async fn goes_on(running: &Running, server: &Server) {
    assert!(running.new_password.is_none());
    let mut socket = Socket::connect(&running.url.replacen("http", "ws", 1)).await;
    socket.login("-", PASSWORD).await;
    let read = socket.read().await;
    assert_eq!(read["revision"], 2);
    for (item, value) in [
        ("pbxName", json!("demo")),
        ("presenceTimeZone", json!("Europe/Berlin")),
        ("showSubject", json!(true)),
        ("priorityWords", json!("Vacation")),
        ("syncType", json!(4)),
        ("clientId", json!("dec0de00-0000-4000-8000-000000000002")),
        ("tenantId", json!(TENANT)),
    ] {
        assert_eq!(read["ConfigItems"][item], value, "{item}");
    }
    let _pbx = pbx(&running.url);
    let begin = Instant::now();
    let is_read = |user: &Value| user["state"] == "matched" && user["lastSync"].is_i64();
    loop {
        let list = socket.answer(json!({"mt": "GetUsers", "api": "Calendar"})).await;
        if list["users"].as_array().is_some_and(|users| users.len() == 3 && users.iter().all(is_read)) {
            break;
        }
        assert!(begin.elapsed() < PATIENCE, "{list} {:?}", server.asked());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let asked = server.asked();
    for (_, name) in USERS {
        let link = format!("GET /v1.0/users/{name}@example.com/calendarView/delta?$deltatoken=");
        assert!(asked.iter().any(|asked| asked.starts_with(&link)), "{name} {asked:?}");
    }
    for asked in asked {
        let is_known = match asked.strip_prefix("token ") {
            Some(form) => form.contains(&format!("client_secret={SECRET}")),
            None => asked.contains("/calendarView/delta?$deltatoken="),
        };
        assert!(is_known, "{asked}");
    }
    // What was stored is bound to where it went.
    let result = socket.write(json!({"httpProxy": "http://127.0.0.1:1"})).await;
    assert_eq!(result["errors"], json!([{"item": "clientSecret", "error": "secretAgain"}]));
}

/// GUIDs of users with a presence.
fn with_presence() -> Vec<(String,)> {
    USERS.map(|(number, _)| (format!("{number:032x}"),)).to_vec()
}

const PRESENCES: &str = "SELECT guid FROM presence WHERE pbx = 'demo' ORDER BY guid";

#[tokio::test(flavor = "multi_thread")]
async fn an_older_sqlite_database_is_taken_over_whole() {
    let data = TempDir::new().unwrap();
    let server = Server::default();
    let url = server.start().await;
    let path = data.path().join("pbx-calendar.sqlite");
    fs::write(&path, "").unwrap();
    let database = SqlitePool::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    let dump = moved(include_str!("upgrade/sqlite.sql"), &url);
    sqlx::raw_sql(AssertSqlSafe(dump)).execute(&database).await.unwrap();
    database.close().await;
    key(data.path(), include_bytes!("upgrade/sqlite.key"));

    let running = new_version(&data, None, &url).await;
    let database = SqlitePool::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    let presences: Vec<(String,)> = sqlx::query_as(PRESENCES).fetch_all(&database).await.unwrap();
    assert_eq!(presences, with_presence());
    database.close().await;
    goes_on(&running, &server).await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_postgresql_database_is_taken_over_whole() {
    let Some(postgres) = Postgres::start() else { return };
    let data = TempDir::new().unwrap();
    let server = Server::default();
    let url = server.start().await;
    let database = PgPool::connect(&postgres.url()).await.unwrap();
    let dump = moved(include_str!("upgrade/postgres.sql"), &url);
    sqlx::raw_sql(AssertSqlSafe(dump)).execute(&database).await.unwrap();
    database.close().await;
    key(data.path(), include_bytes!("upgrade/postgres.key"));

    let address = DatabaseUrl::Postgres(Box::new(postgres.url().parse().unwrap()));
    let running = new_version(&data, Some(address), &url).await;
    let database = PgPool::connect(&postgres.url()).await.unwrap();
    let presences: Vec<(String,)> = sqlx::query_as(PRESENCES).fetch_all(&database).await.unwrap();
    assert_eq!(presences, with_presence());
    database.close().await;
    goes_on(&running, &server).await;
    running.stop().await;
}
