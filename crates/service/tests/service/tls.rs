//! The service with a certificate.

use std::fs;
use std::io::Read;
use std::net::TcpStream as Tcp;
use std::path::Path;
use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use serde_json::json;
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::support::server::{PASSWORD, set_password};
use crate::support::{Server, Socket, fails};

/// A certificate for 127.0.0.1 in a folder of its own.
fn certificate(folder: &Path) -> (String, String, CertificateDer<'static>) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let (cert_path, key_path) = (folder.join("cert.pem"), folder.join("key.pem"));
    fs::write(&cert_path, cert.pem()).unwrap();
    fs::write(&key_path, signing_key.serialize_pem()).unwrap();
    (cert_path.display().to_string(), key_path.display().to_string(), cert.der().clone())
}

fn connector(root: CertificateDer<'static>) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots.add(root).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

#[tokio::test]
async fn passwords_may_be_plain_over_tls() {
    let folder = TempDir::new().unwrap();
    let (cert, key, root) = certificate(folder.path());
    let data = TempDir::new().unwrap();
    set_password(data.path(), &[], PASSWORD);
    let server = Server::start_in(data.path(), PASSWORD, &["--tls-cert", &cert, "--tls-key", &key]);
    assert!(server.url.starts_with("https://127.0.0.1:"));
    for headers in [&[][..], &[("x-forwarded-for", "192.0.2.1")]] {
        let stream = TcpStream::connect(server.host()).await.unwrap();
        let stream = connector(root.clone()).connect("127.0.0.1".try_into().unwrap(), stream).await.unwrap();
        let url = format!("ws://{}/plugin/x", server.host());
        let mut socket = Socket::connect_over(Box::new(stream), &url, headers).await;
        socket.login("-", PASSWORD).await;
        assert_eq!(socket.write(json!({"password": "geheim"})).await["result"], "ok");
    }
}

#[test]
fn plain_http_gets_no_answer() {
    let folder = TempDir::new().unwrap();
    let (cert, key, _) = certificate(folder.path());
    let mut server = Server::start(&["--tls-cert", &cert, "--tls-key", &key]);
    let mut stream = Tcp::connect(server.host()).unwrap();
    std::io::Write::write_all(&mut stream, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP"));
    // A handshake that never begins does not hold up the end.
    let _silent = Tcp::connect(server.host()).unwrap();
    server.signal("-TERM");
    assert!(server.wait().success());
}

#[test]
fn a_key_of_another_certificate_is_refused() {
    let (one, two) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let (cert, _, _) = certificate(one.path());
    let (_, key, _) = certificate(two.path());
    let line = fails(&["serve", "--listen", "127.0.0.1:0", "--tls-cert", &cert, "--tls-key", &key]);
    assert!(line.contains("do not belong together"), "{line}");
    let line = fails(&["serve", "--listen", "127.0.0.1:0", "--tls-cert", &key, "--tls-key", &key]);
    assert!(line.contains("there is no certificate in"), "{line}");
}
