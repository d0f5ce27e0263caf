//! The way to a server: directly or through a proxy, with or without TLS, up to a connection that speaks HTTP/1.1.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use calendar::settings::Settings;
use http_body_util::Full;
use hyper::header::{HOST, HeaderValue, PROXY_AUTHORIZATION, USER_AGENT};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use rustls::client::Resumption;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, crypto::ring};
use rustls_platform_verifier::Verifier;
use secrecy::{ExposeSecret, SecretString};
use socket2::{SockRef, TcpKeepalive};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::{Host, Url};

use super::peek::peek;
use super::reach;
use super::session::{NAME, host};
use super::trouble::Trouble;
use super::wire::Wire;
use crate::source::Advice;

/// Until a connection stands, TLS included.
pub const CONNECT: Duration = Duration::from_secs(10);
/// Tells routers that a connection on which nothing happens is still wanted.
const KEEP_ALIVE: Duration = Duration::from_secs(30);

/// How servers are reached.
pub struct Way {
    tls: TlsConnector,
    proxy: Option<Proxy>,
}

struct Proxy {
    url: Url,
    login: Option<HeaderValue>,
}

impl Way {
    /// As the settings say. `proxy_login` are user and password of the proxy.
    pub fn new(settings: &Settings, proxy_login: Option<(&str, &SecretString)>) -> Result<Self, Advice> {
        let proxy = match settings.http_proxy.as_str() {
            "" => None,
            text => Some(Proxy {
                url: Url::parse(text).ok().filter(|url| url.host().is_some()).ok_or_else(bad_proxy)?,
                login: proxy_login.map(|(user, password)| basic(user, password)),
            }),
        };
        Ok(Self { tls: connector(&settings.ca_certificate)?, proxy })
    }

    /// Connects to the host of this address.
    pub async fn connect(&self, url: &Url) -> Result<Wire, Trouble> {
        timeout(CONNECT, self.dial(url)).await.unwrap_or_else(|_| Err(reach::slow(url, self.proxy_shown())))
    }

    /// The proxy, for people.
    pub fn proxy_shown(&self) -> Option<&str> {
        self.proxy.as_ref().map(|proxy| proxy.url.as_str().trim_end_matches('/'))
    }

    /// Host and port to which connections go, and whether that is the proxy.
    pub fn next_hop(&self, url: &Url) -> (String, u16, bool) {
        let next = self.proxy.as_ref().map_or(url, |proxy| &proxy.url);
        (bare_host(next), next.port_or_known_default().unwrap_or(443), self.proxy.is_some())
    }

    /// A request without body, cookies and credentials, save what the proxy wants. Without TLS a proxy wants the host
    /// named in full.
    pub fn get(&self, url: &Url) -> Request<Full<Bytes>> {
        let mut request = Request::new(Full::default());
        let is_plain = url.scheme() == "http";
        let target = if is_plain && self.proxy.is_some() { url.as_str() } else { url.path() };
        *request.uri_mut() = target.parse().unwrap_or_default();
        request.headers_mut().insert(USER_AGENT, NAME);
        if let Some(host) = host(url) {
            request.headers_mut().insert(HOST, host);
        }
        let login = self.proxy.as_ref().and_then(|proxy| proxy.login.clone());
        if let Some(login) = login.filter(|_| is_plain) {
            request.headers_mut().insert(PROXY_AUTHORIZATION, login);
        }
        request
    }

    /// The certificates that a server shows, whether they are trusted or not. Nothing is sent to it.
    pub async fn show(&self, url: &Url) -> Option<Vec<Vec<u8>>> {
        let stream = tcp(self.proxy.as_ref().map_or(url, |proxy| &proxy.url)).await.ok()?;
        match &self.proxy {
            None => peek(stream, url).await,
            Some(proxy) => peek(tunnel(stream, url, proxy).await.ok()?, url).await,
        }
    }

    async fn dial(&self, url: &Url) -> Result<Wire, Trouble> {
        let broken = |error: &std::io::Error| reach::connect(url, self.proxy_shown(), error);
        let proxy = self.proxy.as_ref();
        let stream = tcp(proxy.map_or(url, |proxy| &proxy.url)).await.map_err(|error| broken(&error))?;
        if url.scheme() != "https" {
            return Wire::new(stream, None).await.map_err(|_| reach::no_http(url));
        }
        match proxy {
            None => self.encrypt(stream, url).await,
            Some(proxy) => {
                let tunnel = tunnel(stream, url, proxy).await?;
                self.encrypt(tunnel, url).await
            }
        }
    }

    async fn encrypt<S>(&self, stream: S, url: &Url) -> Result<Wire, Trouble>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let name = ServerName::try_from(bare_host(url)).map_err(|_| reach::no_http(url))?;
        let stream = self.tls.connect(name, stream).await;
        let stream = stream.map_err(|error| reach::connect(url, self.proxy_shown(), &error))?;
        let certificate = stream.get_ref().1.peer_certificates().and_then(<[_]>::first);
        let certificate = certificate.map(|certificate| certificate.to_vec());
        Wire::new(stream, certificate).await.map_err(|_| reach::no_http(url))
    }
}

fn connector(authorities: &str) -> Result<TlsConnector, Advice> {
    let provider = Arc::new(ring::default_provider());
    let extra: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(authorities.as_bytes())
        .collect::<Result<_, _>>()
        .map_err(|_| bad_certificate())?;
    let verifier =
        Verifier::new_with_extra_roots(extra, Arc::clone(&provider)).map_err(|_| bad_certificate())?;
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| bad_certificate())?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    // NTLM belongs to a connection; with HTTP/2 there would be no saying to which.
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    // Channel bindings are those of the certificate of this very connection.
    config.resumption = Resumption::disabled();
    Ok(TlsConnector::from(Arc::new(config)))
}

async fn tcp(url: &Url) -> std::io::Result<TcpStream> {
    let port = url.port_or_known_default().unwrap_or(443);
    let stream = TcpStream::connect((bare_host(url), port)).await?;
    stream.set_nodelay(true)?;
    let keep_alive = TcpKeepalive::new().with_time(KEEP_ALIVE).with_interval(KEEP_ALIVE);
    SockRef::from(&stream).set_tcp_keepalive(&keep_alive)?;
    Ok(stream)
}

/// Asks the proxy for a connection to the host.
async fn tunnel(
    stream: TcpStream,
    url: &Url,
    proxy: &Proxy,
) -> Result<TokioIo<hyper::upgrade::Upgraded>, Trouble> {
    let refused = |cause: &str| reach::proxy(url, proxy.url.as_str().trim_end_matches('/'), cause);
    let target =
        format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or(443));
    let mut request = Request::builder().method(Method::CONNECT).uri(&target).header(HOST, &target);
    if let Some(login) = &proxy.login {
        request = request.header(PROXY_AUTHORIZATION, login);
    }
    let request = request.body(Full::<Bytes>::default()).map_err(|_| refused("no such address"))?;
    let handshake = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = handshake.map_err(|_| refused("it closes the connection"))?;
    tokio::spawn(connection.with_upgrades());
    let response = sender.send_request(request).await.map_err(|_| refused("it closes the connection"))?;
    match response.status() {
        status if status.is_success() => {}
        StatusCode::PROXY_AUTHENTICATION_REQUIRED => {
            return Err(reach::proxy_login(proxy.login.is_some()));
        }
        status => return Err(refused(&format!("it answers with HTTP status {status}"))),
    }
    hyper::upgrade::on(response).await.map(TokioIo::new).map_err(|_| refused("it closes the connection"))
}

fn basic(user: &str, password: &SecretString) -> HeaderValue {
    let login = BASE64_STANDARD.encode(format!("{user}:{}", password.expose_secret()));
    // Base64 has no characters that a header could not take.
    let mut value =
        HeaderValue::try_from(format!("Basic {login}")).unwrap_or_else(|_| HeaderValue::from_static(""));
    value.set_sensitive(true);
    value
}

/// The host without the brackets of an IPv6 address.
pub(super) fn bare_host(url: &Url) -> String {
    match url.host() {
        Some(Host::Ipv6(address)) => address.to_string(),
        Some(host) => host.to_string(),
        None => String::new(),
    }
}

fn bad_certificate() -> Advice {
    Advice::new(
        "certificate",
        "The certificate authority in the settings cannot be used, and the system's cannot be read. It must be one or more certificates as PEM.",
    )
}

fn bad_proxy() -> Advice {
    Advice::new(
        "proxy",
        "The address of the proxy in the settings cannot be used. It must look like http://proxy.example:3128",
    )
}
