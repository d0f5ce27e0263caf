//! A trusted proxy's word, and what others put beside it. All cases stand in `src/client.rs`.

use serde_json::json;

use crate::support::{Server, Socket};

/// Whether a plain password is taken, and the address that the log has.
async fn seen(server: &Server, headers: &[(&'static str, &str)]) -> bool {
    let mut socket = Socket::connect_with(&format!("ws://{}/", server.host()), headers).await;
    socket.login("-", &server.password).await;
    socket.write(json!({"password": "geheim"})).await["result"] == "ok"
}

const SAFE: [(&str, &str); 2] = [("x-forwarded-for", "192.0.2.7"), ("x-forwarded-proto", "https")];

#[tokio::test]
async fn hardening_03_headers_that_disagree_count_as_the_proxy_itself() {
    let server = Server::start(&["--trusted-proxy", "127.0.0.0/8"]);
    let agree = [SAFE[0], SAFE[1], ("forwarded", "for=192.0.2.7;proto=https")];
    assert!(seen(&server, &agree).await);
    assert!(server.log().contains("address=192.0.2.7"));
    let disagree = [SAFE[0], SAFE[1], ("forwarded", "for=192.0.2.8;proto=https")];
    assert!(!seen(&server, &disagree).await);
    assert!(!server.log().contains("address=192.0.2.8"));
    assert!(server.log().contains("address=127.0.0.1"));
}

#[tokio::test]
async fn hardening_03_an_option_names_the_header_that_counts() {
    for name in ["X-Forwarded-For", "x-forwarded-for"] {
        let server = Server::start(&["--trusted-proxy", "127.0.0.0/8", "--trusted-proxy-header", name]);
        assert!(seen(&server, &[SAFE[0], SAFE[1], ("forwarded", "for=192.0.2.8;proto=http")]).await);
        assert!(!seen(&server, &[("forwarded", "for=192.0.2.8;proto=https")]).await, "not named");
        assert!(server.log().contains("address=192.0.2.7") && !server.log().contains("192.0.2.8"));
    }
    let server = Server::start(&["--trusted-proxy", "127.0.0.0/8", "--trusted-proxy-header", "Forwarded"]);
    assert!(
        seen(&server, &[("x-forwarded-for", "192.0.2.8"), ("forwarded", "for=192.0.2.7;proto=https")]).await
    );
    assert!(server.log().contains("address=192.0.2.7"));
}
