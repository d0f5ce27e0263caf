//! The built files: forms, headers, and nothing beyond their folder.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::http::request;
use crate::support::{Server, get};

fn built() -> TempDir {
    let files = TempDir::new().unwrap();
    let write = |path: &str, text: &str| {
        let path = files.path().join("pkg").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("plugin/a.js", "plain");
    write("plugin/a.js.br", "as brotli");
    write("plugin/a.js.gz", "as gzip");
    write("plugin/a.css", "plain");
    write("plugin/a.css.gz", "as gzip");
    write("plugin/a.wasm", "wasm");
    write("plugin/a.png", "png");
    write("presence/index.html", "page");
    write("presence/presence.d.ts", "types");
    write("secret.txt", "nobody's business");
    files
}

fn serve(files: &Path) -> Server {
    Server::start(&["--files", files.join("pkg").to_str().unwrap()])
}

#[test]
fn types_and_headers() {
    let files = built();
    let server = serve(files.path());
    for (path, content_type) in [
        ("/plugin/a.js", "text/javascript; charset=utf-8"),
        ("/plugin/a.css", "text/css; charset=utf-8"),
        ("/plugin/a.wasm", "application/wasm"),
        ("/plugin/a.png", "image/png"),
        ("/presence/", "text/html; charset=utf-8"),
        ("/presence/presence.d.ts", "text/plain; charset=utf-8"),
    ] {
        let response = get(server.host(), path);
        assert_eq!((response.status, response.header("content-type")), (200, Some(content_type)), "{path}");
        assert_eq!(response.header("access-control-allow-origin"), Some("*"));
        assert_eq!(response.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(response.header("content-security-policy").is_some(), path == "/presence/");
    }
}

#[test]
fn the_smallest_form_that_the_client_takes() {
    let files = built();
    let server = serve(files.path());
    for (path, accepted, body, encoding) in [
        ("/plugin/a.js", "gzip, deflate, br", "as brotli", Some("br")),
        ("/plugin/a.js", "gzip", "as gzip", Some("gzip")),
        ("/plugin/a.js", "br;q=0, gzip", "as gzip", Some("gzip")),
        ("/plugin/a.js", "identity", "plain", None),
        ("/plugin/a.css", "br, gzip", "as gzip", Some("gzip")),
        ("/plugin/a.png", "br, gzip", "png", None),
    ] {
        let headers = [("Host", server.host()), ("Accept-Encoding", accepted)];
        let response = request(server.host(), "GET", path, &headers, "");
        assert_eq!(
            (response.text(), response.header("content-encoding")),
            (body, encoding),
            "{path} {accepted}"
        );
        assert_eq!(response.header("vary"), Some("accept-encoding"));
    }
}

#[test]
fn what_the_client_has_is_not_sent_again() {
    let files = built();
    let server = serve(files.path());
    let ask = |headers: &[(&str, &str)]| request(server.host(), "GET", "/plugin/a.js", headers, "");
    let first = ask(&[("Host", "x")]);
    let etag = first.header("etag").unwrap();
    for known in [etag.to_owned(), format!("W/{etag}"), format!("\"other\", {etag}"), "*".to_owned()] {
        let again = ask(&[("Host", "x"), ("If-None-Match", &known)]);
        assert_eq!((again.status, again.text(), again.header("etag")), (304, "", Some(etag)));
    }
    assert_eq!(ask(&[("Host", "x"), ("If-None-Match", "\"other\"")]).status, 200);
    let compressed = ask(&[("Host", "x"), ("If-None-Match", etag), ("Accept-Encoding", "br")]);
    assert_eq!(compressed.status, 200, "another form is another file");
    fs::write(files.path().join("pkg/plugin/a.js"), "changed").unwrap();
    assert_eq!(ask(&[("Host", "x"), ("If-None-Match", etag)]).text(), "changed");
}

#[test]
fn head_and_other_methods() {
    let files = built();
    let server = serve(files.path());
    let head = request(server.host(), "HEAD", "/plugin/a.js", &[("Host", "x")], "");
    assert_eq!((head.status, head.header("content-length"), head.text()), (200, Some("5"), ""));
    for method in ["POST", "PUT", "DELETE"] {
        assert_eq!(request(server.host(), method, "/plugin/a.js", &[("Host", "x")], "").status, 405);
    }
}

#[test]
fn nothing_beyond_the_folder() {
    let files = built();
    let server = serve(files.path());
    for path in [
        "/plugin/../secret.txt",
        "/plugin/..%2fsecret.txt",
        "/plugin/%2e%2e/secret.txt",
        "/plugin/%2e%2e%2fsecret.txt",
        "/plugin/..%5csecret.txt",
        "/plugin/..\\secret.txt",
        "/plugin/./../secret.txt",
        "/plugin//etc/passwd",
        "/plugin/%2fetc/passwd",
        "/plugin/%252e%252e/secret.txt",
        "/plugin/a.js%00.png",
        "/plugin/a.js/",
        "/plugin/",
        "/secret.txt",
        "/../secret.txt",
        "/try-out/..%2f..%2fCargo.toml",
        "/apps/../../Cargo.toml",
        "/apps/%2e%2e%2f%2e%2e%2fCargo.toml",
    ] {
        let response = get(server.host(), path);
        assert!(matches!(response.status, 400 | 404), "{path}: {}", response.status);
        assert!(!response.text().contains("business") && !response.text().contains("[package]"), "{path}");
    }
}

#[test]
fn missing_files_say_how_to_build_them() {
    let empty = TempDir::new().unwrap();
    let server = serve(empty.path());
    for path in ["/plugin/a.js", "/presence/", "/presence/presence.js"] {
        let response = get(server.host(), path);
        assert_eq!(response.status, 503);
        assert_eq!(response.text().lines().count(), 1);
        assert!(response.text().contains("cargo xtask build"));
    }
    let files = built();
    assert_eq!(get(serve(files.path()).host(), "/plugin/missing.js").status, 404);
}

#[test]
fn folders_have_an_index_and_a_slash() {
    let files = built();
    let server = serve(files.path());
    let response = get(server.host(), "/presence");
    assert_eq!((response.status, response.header("location")), (307, Some("/presence/")));
    assert_eq!(get(server.host(), "/presence/").text(), "page");
}
