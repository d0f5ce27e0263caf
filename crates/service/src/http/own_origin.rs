//! The one origin whose pages may log in by themselves.

use std::net::SocketAddr;

use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};

use crate::client::Client;

/// The one origin whose pages may log in by themselves.
pub(super) struct OwnOrigin {
    scheme: &'static str,
    /// As `Host` has it; without the port too where it is the one of the scheme.
    hosts: Vec<String>,
}

impl OwnOrigin {
    pub fn new(address: SocketAddr, tls: bool) -> Self {
        let (scheme, default_port) = if tls { ("https", 443) } else { ("http", 80) };
        let with_port = address.to_string();
        let mut hosts = Vec::new();
        if address.port() == default_port {
            hosts.extend(with_port.rsplit_once(':').map(|(host, _)| host.to_owned()));
        }
        hosts.push(with_port);
        Self { scheme, hosts }
    }

    /// Another page in the browser can send a request here, but it cannot hide its origin; nor, with a name of its
    /// own that leads here, the name.
    pub fn check(&self, client: Client, headers: &HeaderMap) -> Result<(), &'static str> {
        if !client.loopback {
            return Err("the request does not come from this machine directly");
        }
        let host = single(headers, HOST.as_str()).ok_or("Host is missing")?;
        if !self.hosts.iter().any(|own| own == host) {
            return Err("Host is not the address that the service listens on; open the page at that address");
        }
        if headers.contains_key(ORIGIN) {
            let origin = single(headers, ORIGIN.as_str());
            let from = origin.and_then(|origin| origin.strip_prefix(self.scheme)?.strip_prefix("://"));
            if !from.is_some_and(|from| self.hosts.iter().any(|own| own == from)) {
                return Err("Origin is not the try-out page");
            }
        }
        Ok(())
    }
}

/// The value of a header that stands there once.
pub(super) fn single<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    if values.next().is_some() { None } else { first.to_str().ok() }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    const HERE: Client = Client {
        address: std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST),
        encrypted: false,
        loopback: true,
    };

    fn check(listen: &str, tls: bool, headers: &[(HeaderName, &'static str)]) -> bool {
        let headers =
            headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect();
        OwnOrigin::new(listen.parse().unwrap(), tls).check(HERE, &headers).is_ok()
    }

    #[test]
    fn own_pages_and_clients_without_origin_pass() {
        assert!(check("127.0.0.1:8080", false, &[(HOST, "127.0.0.1:8080")]));
        assert!(check(
            "127.0.0.1:8080",
            false,
            &[(HOST, "127.0.0.1:8080"), (ORIGIN, "http://127.0.0.1:8080")]
        ));
        assert!(check("[::1]:8080", true, &[(HOST, "[::1]:8080"), (ORIGIN, "https://[::1]:8080")]));
        assert!(check("127.0.0.1:80", false, &[(HOST, "127.0.0.1"), (ORIGIN, "http://127.0.0.1")]));
    }

    #[test]
    fn foreign_pages_and_names_do_not() {
        for headers in [
            vec![],
            vec![(HOST, "evil.example:8080")],
            vec![(HOST, "127.0.0.1")],
            vec![(HOST, "127.0.0.1:8081")],
            vec![(HOST, "127.0.0.1:8080"), (ORIGIN, "http://evil.example")],
            vec![(HOST, "127.0.0.1:8080"), (ORIGIN, "https://127.0.0.1:8080")],
            vec![(HOST, "127.0.0.1:8080"), (ORIGIN, "http://127.0.0.1:8081")],
            vec![(HOST, "127.0.0.1:8080"), (ORIGIN, "http://127.0.0.1:8080.evil.example")],
            vec![(HOST, "127.0.0.1:8080"), (ORIGIN, "null")],
        ] {
            assert!(!check("127.0.0.1:8080", false, &headers), "{headers:?}");
        }
    }

    #[test]
    fn behind_a_proxy_nobody_passes() {
        let own = OwnOrigin::new("127.0.0.1:8080".parse().unwrap(), false);
        let headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static("127.0.0.1:8080"))]);
        assert!(own.check(Client { loopback: false, ..HERE }, &headers).is_err());
    }
}
