//! Who is at the other end of a request: behind trusted proxies the client that they name, otherwise the peer.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;
use axum::http::header::FORWARDED;
use ipnet::IpNet;

/// The other end of a TCP connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer {
    pub address: SocketAddr,
    /// Whether the connection is TLS.
    pub tls: bool,
}

/// The client of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Client {
    /// For logs and for slowing down failed logins.
    pub address: IpAddr,
    /// Whether nobody on the way can have read the request: TLS up to the client or its last trusted proxy.
    pub encrypted: bool,
    /// Whether the request never left this machine.
    pub loopback: bool,
}

/// One hop as a proxy reports it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Hop {
    address: Option<IpAddr>,
    https: Option<bool>,
}

impl Client {
    pub fn of(peer: Peer, headers: &HeaderMap, trusted: &[IpNet]) -> Self {
        let address = peer.address.ip().to_canonical();
        let direct = Self { address, encrypted: peer.tls, loopback: address.is_loopback() };
        if !is_forwarded(headers) {
            return direct;
        }
        if !is_trusted(address, trusted) {
            return Self { loopback: false, ..direct };
        }
        // A proxy usually sets one family of headers and passes the other on as the client sent it. So both must
        // agree before the request counts as safe.
        let reports = [forwarded(headers), x_forwarded(headers)];
        let mut hops = reports.iter().filter(|hops| !hops.is_empty()).map(|hops| client_hop(hops, trusted));
        let Some(first) = hops.next() else { return Self { encrypted: false, loopback: false, ..direct } };
        hops.fold(direct.behind(&first), |client, hop| {
            let other = direct.behind(&hop);
            Self {
                encrypted: client.encrypted && other.encrypted,
                loopback: client.loopback && other.loopback,
                ..client
            }
        })
    }

    /// Whether a plain secret may travel.
    pub fn is_secure(self) -> bool {
        self.encrypted || self.loopback
    }

    /// The client that a proxy at this end reports. Of the way behind the proxy only the proxy knows the scheme.
    fn behind(self, hop: &Hop) -> Self {
        Self {
            address: hop.address.unwrap_or(self.address),
            encrypted: hop.https == Some(true),
            loopback: self.loopback && hop.address.is_some_and(|address| address.is_loopback()),
        }
    }
}

/// Whether the request carries any header by which proxies tell of themselves.
fn is_forwarded(headers: &HeaderMap) -> bool {
    headers.keys().any(|name| {
        matches!(name.as_str(), "forwarded" | "via" | "x-real-ip") || name.as_str().starts_with("x-forwarded")
    })
}

fn is_trusted(address: IpAddr, trusted: &[IpNet]) -> bool {
    trusted.iter().any(|net| net.contains(&address))
}

/// The hop that named the client: each proxy appends what it saw, so seen from the end the first hop that is no
/// trusted proxy itself.
fn client_hop(hops: &[Hop], trusted: &[IpNet]) -> Hop {
    let is_proxy = |hop: &&Hop| hop.address.is_some_and(|address| is_trusted(address, trusted));
    let client = hops.iter().rev().find(|hop| !is_proxy(hop));
    client.or(hops.first()).cloned().unwrap_or_default()
}

/// `Forwarded` (RFC 7239): `for=192.0.2.1;proto=https, for="[2001:db8::1]:4711"`.
fn forwarded(headers: &HeaderMap) -> Vec<Hop> {
    let hop = |element: String| {
        let mut hop = Hop::default();
        for (name, value) in element.split(';').filter_map(|pair| pair.split_once('=')) {
            let value = value.trim().trim_matches('"');
            match name.trim().to_ascii_lowercase().as_str() {
                "for" => hop.address = address(value),
                "proto" => hop.https = Some(value.eq_ignore_ascii_case("https")),
                _ => {}
            }
        }
        hop
    };
    elements(headers, FORWARDED.as_str()).map(hop).collect()
}

/// `X-Forwarded-For: client, proxy1` and `X-Forwarded-Proto: https`.
fn x_forwarded(headers: &HeaderMap) -> Vec<Hop> {
    let mut hops: Vec<Hop> = elements(headers, "x-forwarded-for")
        .map(|element| Hop { address: address(&element), https: None })
        .collect();
    let schemes: Vec<bool> =
        elements(headers, "x-forwarded-proto").map(|scheme| scheme.eq_ignore_ascii_case("https")).collect();
    if hops.is_empty() && !schemes.is_empty() {
        hops.push(Hop::default());
    }
    // One scheme for each hop, or only the one that the last proxy saw.
    let matching = schemes.len() == hops.len();
    for (position, hop) in hops.iter_mut().enumerate() {
        hop.https = if matching { schemes.get(position).copied() } else { schemes.last().copied() };
    }
    hops
}

/// The comma-separated elements of all headers of this name.
fn elements(headers: &HeaderMap, name: &str) -> impl Iterator<Item = String> {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(','))
        .map(|element| element.trim().to_owned())
        .filter(|element| !element.is_empty())
}

/// An address with or without a port: `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]:80`.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let parsed = bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()));
    parsed.map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn client(peer: &str, tls: bool, headers: &[(&'static str, &'static str)], trusted: &[&str]) -> Client {
        let address = SocketAddr::new(peer.parse().unwrap(), 4711);
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        let trusted: Vec<IpNet> = trusted.iter().map(|net| net.parse().unwrap()).collect();
        Client::of(Peer { address, tls }, &headers, &trusted)
    }

    fn is(address: &str, encrypted: bool, loopback: bool) -> Client {
        Client { address: address.parse().unwrap(), encrypted, loopback }
    }

    #[test]
    fn without_headers_the_peer_is_the_client() {
        assert_eq!(client("127.0.0.1", false, &[], &[]), is("127.0.0.1", false, true));
        assert_eq!(client("::ffff:127.0.0.1", false, &[], &[]), is("127.0.0.1", false, true));
        assert_eq!(client("192.0.2.1", true, &[], &[]), is("192.0.2.1", true, false));
    }

    #[test]
    fn headers_of_a_stranger_count_for_nothing_but_end_loopback() {
        for header in ["x-forwarded-for", "forwarded", "x-real-ip", "via", "x-forwarded-host"] {
            assert_eq!(
                client("127.0.0.1", false, &[(header, "for=1.2.3.4")], &[]),
                is("127.0.0.1", false, false)
            );
        }
        let spoofed = [("x-forwarded-for", "127.0.0.1"), ("x-forwarded-proto", "https")];
        assert_eq!(client("192.0.2.1", false, &spoofed, &["10.0.0.0/8"]), is("192.0.2.1", false, false));
    }

    #[test]
    fn a_trusted_proxy_names_address_and_scheme() {
        let x = [("x-forwarded-for", "198.51.100.7"), ("x-forwarded-proto", "https")];
        assert_eq!(client("10.1.1.1", false, &x, &["10.0.0.0/8"]), is("198.51.100.7", true, false));
        let standard = [("forwarded", "for=\"[2001:db8::1]:99\";proto=https")];
        assert_eq!(client("10.1.1.1", false, &standard, &["10.0.0.0/8"]), is("2001:db8::1", true, false));
        let plain = [("x-forwarded-for", "198.51.100.7"), ("x-forwarded-proto", "http")];
        assert_eq!(client("10.1.1.1", true, &plain, &["10.0.0.0/8"]), is("198.51.100.7", false, false));
        assert_eq!(
            client("10.1.1.1", false, &[("x-forwarded-proto", "https")], &["10.0.0.0/8"]),
            is("10.1.1.1", true, false)
        );
    }

    #[test]
    fn what_a_client_sent_before_the_proxies_does_not_count() {
        let x = [
            ("x-forwarded-for", "127.0.0.1, 198.51.100.7, 10.2.2.2"),
            ("x-forwarded-proto", "https, http, http"),
        ];
        assert_eq!(client("10.1.1.1", false, &x, &["10.0.0.0/8"]), is("198.51.100.7", false, false));
        let short = [("x-forwarded-for", "198.51.100.7, 10.2.2.2"), ("x-forwarded-proto", "https, x, http")];
        assert_eq!(client("10.1.1.1", false, &short, &["10.0.0.0/8"]), is("198.51.100.7", false, false));
    }

    #[test]
    fn two_families_of_headers_must_agree() {
        let both = [
            ("x-forwarded-for", "198.51.100.7"),
            ("x-forwarded-proto", "http"),
            ("forwarded", "for=127.0.0.1;proto=https"),
        ];
        let seen = client("127.0.0.1", false, &both, &["127.0.0.1/32"]);
        assert!(!seen.encrypted && !seen.loopback);
    }

    #[test]
    fn loopback_behind_a_proxy_needs_both_legs_on_this_machine() {
        let x = [("x-forwarded-for", "127.0.0.1")];
        assert_eq!(client("127.0.0.1", false, &x, &["127.0.0.1/32"]), is("127.0.0.1", false, true));
        assert_eq!(client("10.1.1.1", false, &x, &["10.0.0.0/8"]), is("127.0.0.1", false, false));
        assert_eq!(
            client("127.0.0.1", false, &[("x-forwarded-for", "unknown")], &["127.0.0.1/32"]),
            is("127.0.0.1", false, false)
        );
    }
}
