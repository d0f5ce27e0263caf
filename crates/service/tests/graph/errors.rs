//! What keeps the source as a whole from working is told apart.

use std::net::TcpListener;

use chrono::{TimeDelta, Utc};
use graph_sim::GraphSim;
use pbx_calendar::source::MailboxState;

use crate::support::{Source, Start, sim};

/// The advice where everything is right but one thing.
async fn code(change: impl FnOnce(&GraphSim, &mut Start<'_>), code: &str) {
    let sim = sim(&["anna"]).await;
    let mut start = Start::of(&sim);
    change(&sim, &mut start);
    let mut source = Source::with(sim, start, &["anna"]).await;
    let advice = source.until_error(code).await;
    assert!(!advice.text.contains("graph-sim-secret"), "{}", advice.text);
    assert!(source.seen.get("anna").is_none_or(|seen| seen.state != Some(MailboxState::Matched)));
}

#[tokio::test]
async fn a_wrong_secret() {
    code(|_, start| start.secret = "wrong", "wrongSecret").await;
}

#[tokio::test]
async fn an_expired_secret() {
    let expire = |sim: &GraphSim| {
        let past = Utc::now() - TimeDelta::days(1);
        sim.change_application(sim.settings().applications[0].client_id, |application| {
            application.secrets[0].expires = Some(past);
        })
        .unwrap();
    };
    code(|sim, _| expire(sim), "expiredSecret").await;
}

#[tokio::test]
async fn an_unknown_tenant() {
    for tenant in ["fabrikam.example", "00000000-0000-4000-8000-000000000000", "nonsense"] {
        code(|_, start| start.settings.tenant_id = tenant.to_owned(), "tenantUnknown").await;
    }
}

#[tokio::test]
async fn an_unknown_application() {
    let id = "00000000-0000-4000-8000-000000000000";
    code(|_, start| start.settings.client_id = id.to_owned(), "applicationUnknown").await;
}

#[tokio::test]
async fn a_missing_consent() {
    let without = |sim: &GraphSim| {
        let client = sim.settings().applications[0].client_id;
        sim.change_application(client, |application| application.service_principal = false).unwrap();
    };
    code(|sim, _| without(sim), "principalMissing").await;
}

/// A port on which nobody listens.
fn closed() -> String {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    format!("http://127.0.0.1:{port}")
}

#[tokio::test]
async fn no_network() {
    code(|_, start| start.url = closed(), "network").await;
}

#[tokio::test]
async fn no_proxy() {
    code(|_, start| start.settings.http_proxy = closed(), "proxy").await;
    code(|_, start| start.settings.http_proxy = "::".to_owned(), "proxy").await;
}

#[tokio::test]
async fn a_proxy_that_wants_a_login() {
    let proxy = answering("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n").await;
    code(|_, start| start.settings.http_proxy = proxy, "proxy").await;
}

/// Something that answers every request like this.
async fn answering(answer: &'static str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let _ = socket.read(&mut [0; 4096]).await;
            let _ = socket.write_all(answer.as_bytes()).await;
        }
    });
    format!("http://{address}")
}

#[tokio::test]
async fn an_answer_that_is_none() {
    let url = answering("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n<html>ok!").await;
    code(|_, start| start.url = url, "foreignAnswer").await;
}

#[tokio::test]
async fn a_certificate_that_nobody_knows() {
    let tls = Tls::start().await;
    code(|_, start| start.url = tls.url.clone(), "certificate").await;
    // Known from the settings, it is good; what answers then is no login.
    code(
        |_, start| {
            start.url = tls.url.clone();
            start.settings.ca_certificate = tls.certificate.clone();
        },
        "foreignAnswer",
    )
    .await;
    code(
        |_, start| {
            start.settings.ca_certificate =
                "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----".to_owned();
        },
        "certificate",
    )
    .await;
}

/// A server with a certificate of its own that says nothing of use.
struct Tls {
    url: String,
    certificate: String,
}

impl Tls {
    async fn start() -> Self {
        use std::sync::Arc;
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        use tokio_rustls::rustls;

        let rcgen::CertifiedKey { cert, signing_key } =
            rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let key = rustls::pki_types::PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
        let config =
            rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_no_client_auth()
                .with_single_cert(vec![cert.der().clone()], key)
                .unwrap();
        let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let Ok(mut socket) = acceptor.accept(socket).await else { return };
                    let _ = socket.read(&mut [0; 4096]).await;
                    let _ = socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
                    let _ = socket.shutdown().await;
                });
            }
        });
        Self { url, certificate: cert.pem() }
    }
}
