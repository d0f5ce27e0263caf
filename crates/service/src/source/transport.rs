//! HTTP to calendar servers: through the proxy of the settings, with their certificate authority, within limits of
//! time and size. Redirects are never followed: one could lead a token to another host.

use std::time::Duration;

use calendar::settings::{Item, Settings};
use prometheus::IntCounterVec;
use reqwest::{Certificate, Client, Proxy, Request, Response, StatusCode, redirect};
use secrecy::ExposeSecret;
use url::Url;

use super::{Advice, Error, Secrets};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// The longest that one request may take.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Who sends nothing for so long will send nothing more. With the longest wait after it that is less than a minute.
const SILENCE: Duration = Duration::from_secs(15);

/// Code of what is told where an answer takes too long.
pub const SLOW: &str = "slow";

/// The way to a calendar server.
#[derive(Clone)]
pub struct Transport {
    http: Client,
    /// Counts requests by status.
    requests: IntCounterVec,
    /// The address of the proxy.
    proxy: Option<String>,
}

impl Transport {
    /// Prepares connections with these settings; none is made yet. `requests` counts by status; `none` is no answer.
    pub fn new(settings: &Settings, secrets: &Secrets, requests: IntCounterVec) -> Result<Self, Advice> {
        // Fails if somebody has chosen one already, and then that serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let certificates = Certificate::from_pem_bundle(settings.ca_certificate.as_bytes())
            .map_err(|_| bad_certificate())?;
        let mut builder = Client::builder()
            .user_agent(concat!("pbx-calendar/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT)
            .read_timeout(SILENCE)
            .redirect(redirect::Policy::none())
            .no_proxy();
        if !certificates.is_empty() {
            builder = builder.tls_certs_merge(certificates);
        }
        let mut shown = None;
        if !settings.http_proxy.is_empty() {
            builder = builder.proxy(proxy(settings, secrets)?);
            shown = Some(without_login(&settings.http_proxy));
        }
        let http = builder.build().map_err(|_| bad_certificate())?;
        Ok(Self { http, requests, proxy: shown })
    }

    /// To build requests with.
    pub fn http(&self) -> &Client {
        &self.http
    }

    /// Sends a request. The answer may have any status.
    pub async fn send(&self, request: Request) -> Result<Response, Error> {
        let response = self.http.execute(request).await;
        let status = response.as_ref().map(Response::status);
        self.requests.with_label_values(&[status.as_ref().map_or("none", StatusCode::as_str)]).inc();
        response.map_err(|error| self.error(&error))
    }

    /// What it means that there is no answer, or only half of one.
    pub fn error(&self, error: &reqwest::Error) -> Error {
        failure(error, self.proxy.as_deref())
    }

    /// The body of an answer; `None` if it is longer than that.
    pub async fn read(&self, mut response: Response, limit: usize) -> Result<Option<Vec<u8>>, Error> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.error(&error))? {
            if body.len() + chunk.len() > limit {
                return Ok(None);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Some(body))
    }
}

fn proxy(settings: &Settings, secrets: &Secrets) -> Result<Proxy, Advice> {
    let proxy = Proxy::all(&settings.http_proxy).map_err(|_| bad_proxy())?;
    if settings.http_proxy_user.is_empty() {
        return Ok(proxy);
    }
    let password = secrets.get(Item::HttpProxyPassword);
    Ok(proxy.basic_auth(&settings.http_proxy_user, password.expose_secret()))
}

fn without_login(proxy: &str) -> String {
    let Ok(mut url) = Url::parse(proxy) else { return "in the settings".to_owned() };
    // An address with a host takes both.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.as_str().trim_end_matches('/').to_owned()
}

fn failure(error: &reqwest::Error, proxy: Option<&str>) -> Error {
    let (certificate, cause) = causes(error);
    let host = error.url().and_then(|url| url.host_str()).unwrap_or("The calendar server").to_owned();
    if let Some(certificate) = certificate {
        return Error::Unreachable(Advice::new(
            "certificate",
            format!(
                "The certificate of {host} is not trusted: {certificate}. If a proxy inspects TLS here, put its certificate authority (PEM) into the settings."
            ),
        )
        .with("host", host)
        .with("cause", certificate));
    }
    if error.is_connect() {
        return Error::Unreachable(match proxy {
            Some(_) if cause.contains("407") || cause.contains("authorization required") => {
                proxy_wants_login()
            }
            Some(proxy) => Advice::new(
                "proxy",
                format!(
                    "{host} cannot be reached through the proxy {proxy}: {cause}. Check the proxy in the settings, and that it lets this host pass."
                ),
            )
            .with("host", host)
            .with("proxy", proxy)
            .with("cause", cause),
            None => Advice::new(
                "network",
                format!(
                    "{host} cannot be reached: {cause}. Check name resolution, firewall and whether a proxy must be set."
                ),
            )
            .with("host", host)
            .with("cause", cause),
        });
    }
    if error.is_timeout() {
        return Error::Failed(
            Advice::new(SLOW, format!("{host} does not answer in time. The request is repeated by itself."))
                .with("host", host),
        );
    }
    Error::Failed(
        Advice::new(
            "network",
            format!("The connection to {host} broke: {cause}. The request is repeated by itself."),
        )
        .with("host", host)
        .with("cause", cause),
    )
}

/// What is wrong with the certificate, if that is it, and the innermost cause.
fn causes(error: &reqwest::Error) -> (Option<String>, String) {
    let mut cause: &dyn std::error::Error = error;
    let mut certificate = None;
    loop {
        if let Some(tls) = tls_error(cause) {
            certificate = matches!(tls, rustls::Error::InvalidCertificate(_)).then(|| tls.to_string());
        }
        match cause.source() {
            Some(source) => cause = source,
            // Without a source it would repeat the address, and with it the mailbox.
            None if std::ptr::addr_eq(cause, error) => return (certificate, "no answer".to_owned()),
            None => return (certificate, cause.to_string()),
        }
    }
}

/// An error of TLS travels inside I/O errors, which do not name it as their source.
fn tls_error<'a>(error: &'a (dyn std::error::Error + 'static)) -> Option<&'a rustls::Error> {
    let inner =
        || Some(error.downcast_ref::<std::io::Error>()?.get_ref()? as &(dyn std::error::Error + 'static));
    error.downcast_ref().or_else(|| tls_error(inner()?))
}

/// What to do when a proxy asks for a login.
pub fn proxy_wants_login() -> Advice {
    Advice::new(
        "proxy",
        "The proxy asks for a login. Enter it in the settings as Proxy user and Proxy password; if it is there, check it.",
    )
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
