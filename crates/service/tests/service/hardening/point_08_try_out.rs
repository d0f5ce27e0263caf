//! `--try-out` logs in one browser, and no other user of this machine.

use serde_json::json;

use crate::support::http::request;
use crate::support::server::{PASSWORD, set_password};
use crate::support::{Server, get};

fn login(server: &Server, cookie: &str) -> u16 {
    let body = json!({"app": "-", "challenge": "1234"}).to_string();
    let headers = [("Host", server.host()), ("Cookie", cookie)];
    request(server.host(), "POST", "/try-out/login", &headers, &body).status
}

fn mode(server: &Server, cookie: &str) -> String {
    let headers = [("Host", server.host()), ("Cookie", cookie)];
    request(server.host(), "GET", "/try-out/mode", &headers, "").text().to_owned()
}

#[test]
fn hardening_08_the_token_is_good_for_one_browser() {
    let mut server = Server::start(&["--try-out"]);
    let line = server.line();
    let (_, query) = line.split_once('?').expect("an address with a token");
    let path = format!("/?{query}");
    let first = get(server.host(), &path);
    assert_eq!(first.status, 303);
    let cookie = first.header("set-cookie").unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap();
    assert_eq!(login(&server, cookie), 200);
    assert!(mode(&server, cookie).contains(r#""tryOut":true"#));
    let again = request(server.host(), "GET", &path, &[("Host", server.host()), ("Cookie", cookie)], "");
    assert_eq!(again.status, 303, "the same browser");

    let second = get(server.host(), &path);
    assert_eq!((second.status, second.header("set-cookie")), (403, None));
    assert!(!server.log().contains(query), "the token stays out of the log");
}

#[test]
fn hardening_08_without_the_token_the_page_asks_for_the_password() {
    let server = Server::start(&["--try-out"]);
    assert_eq!(get(server.host(), "/").status, 200);
    let name = format!("pbx-calendar-try-out-{}", server.host().rsplit_once(':').unwrap().1);
    for cookie in ["", "x=y", &format!("{name}=1234"), &format!("{name}=."), &format!("{name}=1234.abcd")] {
        assert_eq!(login(&server, cookie), 403, "{cookie}");
        assert!(mode(&server, cookie).contains(r#""tryOut":false"#), "{cookie}");
    }
    for wrong in ["/?token=", "/?token=0123456789abcdef0123456789abcdef"] {
        assert_eq!(get(server.host(), wrong).status, 403);
    }
}

#[test]
fn hardening_08_a_foreign_page_cannot_use_up_the_token() {
    let mut server = Server::start(&["--try-out"]);
    let line = server.line();
    let path = format!("/?{}", line.split_once('?').unwrap().1);
    let foreign = request(server.host(), "GET", &path, &[("Host", "evil.example")], "");
    assert_eq!(foreign.status, 403);
    assert_eq!(get(server.host(), &path).status, 303);
}

#[test]
fn hardening_08_a_restart_leaves_the_browser_logged_in() {
    let data = tempfile::TempDir::new().unwrap();
    set_password(data.path(), &[], PASSWORD);
    let mut server = Server::start_in(data.path(), PASSWORD, &["--try-out"]);
    let cookie = server.try_out();
    let listen = server.host().to_owned();
    server.kill();
    let server = Server::start_in(data.path(), PASSWORD, &["--try-out", "--listen", &listen]);
    assert_eq!(login(&server, &cookie), 200);
}
