//! What is told where a server cannot be reached, or breaks off.

use std::error::Error as StdError;

use url::Url;

use super::trouble::Trouble;
use crate::source::Advice;

/// No connection came about.
pub fn connect(url: &Url, proxy: Option<&str>, error: &std::io::Error) -> Trouble {
    let host = host(url);
    if let Some(certificate) = certificate_error(error) {
        return Trouble::Unreachable(Advice::new(
            "certificate",
            format!(
                "The certificate of {host} is not trusted: {certificate}. If it comes from your own certificate authority, or a proxy inspects TLS here, put that certificate authority (PEM) into the settings."
            ),
        )
        .with("host", host)
        .with("cause", certificate));
    }
    let cause = innermost(error);
    match proxy {
        Some(proxy) => self::proxy(url, proxy, &cause),
        None => Trouble::Unreachable(Advice::new(
            "network",
            format!(
                "{host} cannot be reached: {cause}. Check name resolution, firewall and whether a proxy must be set."
            ),
        )
        .with("host", host)
        .with("cause", cause)),
    }
}

/// No connection came about in time.
pub fn slow(url: &Url, proxy: Option<&str>) -> Trouble {
    connect(url, proxy, &std::io::Error::new(std::io::ErrorKind::TimedOut, "no connection in 10 seconds"))
}

/// Who answers there speaks no HTTP, or has a name that TLS does not know.
pub fn no_http(url: &Url) -> Trouble {
    connect(url, None, &std::io::Error::other("no HTTP server answers there"))
}

/// The proxy is in the way.
pub fn proxy(url: &Url, proxy: &str, cause: &str) -> Trouble {
    Trouble::Unreachable(Advice::new(
        "proxy",
        format!(
            "{} cannot be reached through the proxy {proxy}: {cause}. Check the proxy in the settings, and that it lets this host pass.",
            host(url)
        ),
    )
    .with("host", host(url))
    .with("proxy", proxy)
    .with("cause", cause))
}

/// The proxy wants to know who we are.
pub fn proxy_login(has_login: bool) -> Trouble {
    let text = if has_login {
        "The proxy refuses proxy user and proxy password. Check both in the settings."
    } else {
        "The proxy asks for a login. Enter proxy user and proxy password in the settings."
    };
    Trouble::Unreachable(Advice::new("proxy", text))
}

/// The connection broke.
pub fn broke(url: &Url) -> Trouble {
    Trouble::Cut(
        Advice::new(
            "network",
            format!("The connection to {} broke. The request is repeated by itself.", host(url)),
        )
        .with("host", host(url)),
    )
}

/// Nothing came any more.
pub fn silent(url: &Url) -> Trouble {
    Trouble::Cut(
        Advice::new(
            "slow",
            format!("{} does not answer in time. The request is repeated by itself.", host(url)),
        )
        .with("host", host(url)),
    )
}

/// More came than any answer has.
pub fn too_long(url: &Url) -> Trouble {
    Trouble::Cut(Advice::new(
        "answer",
        format!(
            "{} sends more than an answer of Exchange can have. The request is repeated by itself.",
            host(url)
        ),
    ))
}

/// What came is not what Exchange writes.
pub fn unreadable(url: &Url, status: u16) -> Trouble {
    Trouble::Cut(Advice::new(
        "answer",
        format!(
            "{} answers with HTTP status {status} and something that Exchange does not write. Check that the address is that of Exchange Web Services, and that nothing stands in between that asks for a login. The request is repeated by itself.",
            host(url)
        ),
    ))
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or("The server")
}

/// What is wrong with the certificate, if that is it. Errors of TLS travel inside those of the connection.
fn certificate_error(error: &std::io::Error) -> Option<String> {
    match error.get_ref()?.downcast_ref::<rustls::Error>()? {
        error @ rustls::Error::InvalidCertificate(_) => Some(error.to_string()),
        _ => None,
    }
}

fn innermost(error: &std::io::Error) -> String {
    let mut cause: &dyn StdError = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}
