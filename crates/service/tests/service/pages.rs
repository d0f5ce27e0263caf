//! The pages inside the executable.

use crate::support::http::request;
use crate::support::{Server, get};

#[test]
fn pages_have_a_strict_policy() {
    let server = Server::start(&[]);
    let response = get(server.host(), "/");
    assert_eq!((response.status, response.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert_eq!(response.header("x-content-type-options"), Some("nosniff"));
    let policy = response.header("content-security-policy").unwrap();
    let host = server.host();
    let expected = [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' data:",
        &format!("connect-src 'self' ws://{host} wss://{host}"),
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    ];
    assert_eq!(policy.split("; ").collect::<Vec<_>>(), expected);
}

#[test]
fn a_host_cannot_change_the_policy() {
    let server = Server::start(&[]);
    for host in ["x; script-src *", "x 'unsafe-inline'", "x,y"] {
        let response = request(server.host(), "GET", "/", &[("Host", host)], "");
        if response.status == 200 {
            let policy = response.header("content-security-policy").unwrap();
            assert!(policy.contains("connect-src 'self'; base-uri"), "{policy}");
        }
    }
}

#[test]
fn the_apps_have_their_pages_and_icons_at_the_root() {
    let server = Server::start(&[]);
    for app in ["/pbxcalendar-calendaradmin", "/pbxcalendar-calendar"] {
        let page = get(server.host(), &format!("{app}.htm"));
        assert_eq!(
            (page.status, page.header("content-type")),
            (200, Some("text/html; charset=utf-8")),
            "{app}"
        );
        let policy = page.header("content-security-policy").unwrap();
        assert!(!policy.contains("frame-ancestors"), "apps are shown in frames: {policy}");
        let icon = get(server.host(), &format!("{app}.png"));
        assert_eq!((icon.status, icon.header("content-type")), (200, Some("image/png")));
        assert_eq!(get(server.host(), &format!("/apps{app}.png")).body, icon.body);
    }
    let icon = get(server.host(), "/favicon.ico");
    assert_eq!((icon.status, icon.header("content-type")), (200, Some("image/png")));
}

#[test]
fn what_is_not_there_is_not_found() {
    let server = Server::start(&[]);
    for path in ["/nix", "/try-out/nix.js", "/apps/", "/try-out/", "/pbxcalendar-calendar"] {
        let response = get(server.host(), path);
        assert_eq!(
            (response.status, response.header("x-content-type-options")),
            (404, Some("nosniff")),
            "{path}"
        );
    }
}

#[test]
fn a_person_who_asks_for_what_is_not_there_gets_a_page_that_says_so() {
    let server = Server::start(&[]);
    let ask = |method: &str, accept: &str| {
        let headers = [("Host", server.host()), ("Accept", accept), ("If-None-Match", "*")];
        request(server.host(), method, "/nix", &headers, "")
    };
    let page = ask("GET", "text/html,application/xhtml+xml,*/*;q=0.8");
    assert_eq!((page.status, page.header("content-type")), (404, Some("text/html; charset=utf-8")));
    assert!(page.header("content-security-policy").unwrap().contains(server.host()));
    assert!(page.text().contains(r#"<a href="/""#), "{}", page.text());
    for (method, accept) in [("GET", "*/*"), ("GET", "application/json"), ("POST", "text/html")] {
        let answer = ask(method, accept);
        assert_eq!((answer.status, answer.text()), (404, "not found\n"), "{method} {accept}");
    }
}

#[test]
fn each_kind_of_service_has_its_own_page() {
    let page = |options: &[&str]| {
        let server = Server::start(options);
        let page = get(server.host(), "/");
        assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
        page.text().to_owned()
    };
    let own = page(&[]);
    for part in ["colleagues", "stand-in", "trials", "notes"] {
        assert!(!own.contains(part), "{part} is nothing for administrators");
    }
    assert!(page(&["--try-out"]).contains(r#"id="notes""#));
    for options in [&["--demo"][..], &["--demo", "--try-out"]] {
        let demo = page(options);
        assert!(demo.contains(r#"id="trials""#) && !demo.contains(r#"id="notes""#), "{options:?}");
    }
}
