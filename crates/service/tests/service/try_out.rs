//! The try-out page logs in by itself, and nobody else does.

use serde_json::{Value, json};

use crate::support::http::{Response, request};
use crate::support::{Server, get};

/// A service that logs one browser in, and the cookie of that browser.
fn start(options: &[&str]) -> (Server, String) {
    let mut server = Server::start(options);
    let cookie = server.try_out();
    (server, cookie)
}

fn ask(server: &Server, headers: &[(&str, &str)]) -> Response {
    let body = json!({"app": "-", "challenge": "1234"}).to_string();
    request(server.host(), "POST", "/try-out/login", headers, &body)
}

#[tokio::test]
async fn the_login_works() {
    let (server, cookie) = start(&["--try-out"]);
    let own = [("Host", server.host()), ("Cookie", &cookie)];
    let mode = request(server.host(), "GET", "/try-out/mode", &own, "");
    assert_eq!(mode.text(), r#"{"tryOut":true,"version":"0.1.0"}"#);
    let mut socket = server.socket().await;
    let body = json!({"app": "-", "challenge": socket.challenge().await}).to_string();
    let origin = format!("http://{}", server.host());
    let headers = [own[0], own[1], ("Origin", &origin), ("Content-Type", "application/json")];
    let response = request(server.host(), "POST", "/try-out/login", &headers, &body);
    assert_eq!(response.status, 200);
    let mut login: Value = serde_json::from_str(response.text()).unwrap();
    assert_eq!((&login["mt"], &login["app"]), (&json!("GetInstanceLoginResult"), &json!("-")));
    login["mt"] = json!("AppLogin");
    let key = login["key"].as_str().unwrap().to_owned();
    assert_eq!(socket.ask(login).await["ok"], true);
    socket.key = Some(appwebsocket::SessionKey::from_hex(key));
    assert_eq!(socket.write(json!({"password": socket.encrypted("geheim")})).await["result"], "ok");
}

#[test]
fn a_foreign_host_or_origin_is_refused() {
    let (server, cookie) = start(&["--try-out"]);
    let host = server.host();
    let port = host.rsplit_once(':').unwrap().1;
    let (named, own) = (format!("localhost:{port}"), format!("http://{host}"));
    for headers in [
        vec![("Host", "evil.example")],
        vec![("Host", named.as_str())],
        vec![("Host", "127.0.0.1")],
        vec![("Host", host), ("Origin", "http://evil.example")],
        vec![("Host", host), ("Origin", "null")],
        vec![("Host", host), ("Origin", own.as_str()), ("Origin", "http://evil.example")],
        vec![("Host", host), ("Origin", own.as_str()), ("X-Forwarded-For", "192.0.2.1")],
        vec![("Host", host), ("Forwarded", "for=127.0.0.1")],
    ] {
        let response = ask(&server, &[&headers[..], &[("Cookie", &cookie)]].concat());
        assert_eq!(response.status, 403, "{headers:?}");
        let body: Value = serde_json::from_str(response.text()).unwrap();
        assert!(body["error"].is_string() && body.get("key").is_none());
        assert_eq!(response.header("access-control-allow-origin"), None);
    }
    assert_eq!(ask(&server, &[("Host", host), ("Cookie", &cookie)]).status, 200, "without Origin");
}

#[test]
fn a_trusted_proxy_does_not_open_it_to_others() {
    let (server, cookie) = start(&["--try-out", "--trusted-proxy", "127.0.0.1"]);
    let headers = [("Host", server.host()), ("Cookie", &cookie), ("X-Forwarded-For", "192.0.2.1")];
    assert_eq!(ask(&server, &headers).status, 403);
}

#[test]
fn without_the_option_there_is_no_such_login() {
    let server = Server::start(&[]);
    assert_eq!(get(server.host(), "/try-out/mode").text(), r#"{"tryOut":false,"version":"0.1.0"}"#);
    assert_eq!(ask(&server, &[("Host", server.host())]).status, 404);
}

#[test]
fn odd_requests() {
    let (server, cookie) = start(&["--try-out"]);
    let host = [("Host", server.host()), ("Cookie", &cookie)];
    assert_eq!(request(server.host(), "POST", "/try-out/login", &host, "nix").status, 400);
    assert_eq!(request(server.host(), "POST", "/try-out/login", &host, "{}").status, 400);
    assert_eq!(request(server.host(), "POST", "/try-out/login", &host, &" ".repeat(5000)).status, 413);
    assert_eq!(get(server.host(), "/try-out/login").status, 405);
}
