//! Plain passwords over connections that somebody else may have read.

use serde_json::json;

use crate::support::{Server, Socket};

async fn write_plain(server: &Server, headers: &[(&'static str, &str)]) -> serde_json::Value {
    let mut socket = Socket::connect_with(&format!("ws://{}/", server.host()), headers).await;
    socket.login("-", &server.password).await;
    let result = socket.write(json!({"password": "geheim", "clientSecret": "auch"})).await;
    // Encrypted ones are welcome on any connection.
    let encrypted = json!({"password": socket.encrypted("geheim")});
    assert_eq!(socket.write(encrypted).await["result"], "ok");
    result
}

fn insecure() -> serde_json::Value {
    json!([{"item": "password", "error": "insecure"}, {"item": "clientSecret", "error": "insecure"}])
}

#[tokio::test]
async fn on_this_machine_they_are_taken() {
    let server = Server::start(&[]);
    assert_eq!(write_plain(&server, &[]).await["result"], "ok");
}

#[tokio::test]
async fn forwarding_headers_of_a_stranger_end_loopback() {
    let server = Server::start(&[]);
    for headers in [
        [("x-forwarded-for", "127.0.0.1"), ("x-forwarded-proto", "https")],
        [("forwarded", "for=127.0.0.1;proto=https"), ("accept", "*/*")],
        [("via", "1.1 proxy"), ("accept", "*/*")],
    ] {
        assert_eq!(write_plain(&server, &headers).await["errors"], insecure(), "{headers:?}");
    }
}

#[tokio::test]
async fn of_a_trusted_proxy_the_scheme_counts() {
    let server = Server::start(&["--trusted-proxy", "10.0.0.0/8", "--trusted-proxy", "127.0.0.0/8"]);
    let plain = [("x-forwarded-for", "192.0.2.1"), ("x-forwarded-proto", "http")];
    assert_eq!(write_plain(&server, &plain).await["errors"], insecure());
    assert_eq!(write_plain(&server, &[("x-forwarded-for", "192.0.2.1")]).await["errors"], insecure());
    assert_eq!(
        write_plain(&server, &[("forwarded", "for=192.0.2.1;proto=http")]).await["errors"],
        insecure()
    );
    let tls = [("x-forwarded-for", "192.0.2.1"), ("x-forwarded-proto", "https")];
    assert_eq!(write_plain(&server, &tls).await["result"], "ok");
    assert_eq!(write_plain(&server, &[("forwarded", "for=192.0.2.1;proto=https")]).await["result"], "ok");
    assert!(server.log().contains("address=192.0.2.1"), "the log names the client");
}

#[tokio::test]
async fn another_network_is_not_trusted() {
    let server = Server::start(&["--trusted-proxy", "10.0.0.0/8"]);
    let tls = [("x-forwarded-for", "192.0.2.1"), ("x-forwarded-proto", "https")];
    assert_eq!(write_plain(&server, &tls).await["errors"], insecure());
}
