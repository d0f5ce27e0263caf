//! Who is at the other end of a request: behind trusted proxies the client that they name, otherwise the peer.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::header::FORWARDED;
use axum::http::{HeaderMap, HeaderName};
use ipnet::IpNet;

/// The other end of a TCP connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer {
    pub address: SocketAddr,
    /// Whether the connection is TLS.
    pub tls: bool,
}

/// Whose word counts.
#[derive(Clone, Debug, Default)]
pub(crate) struct TrustedProxies {
    pub networks: Vec<IpNet>,
    /// The header in which they name the client. Without one both families count where they agree.
    pub header: Option<HeaderName>,
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
    pub fn of(peer: Peer, headers: &HeaderMap, proxies: &TrustedProxies) -> Self {
        let trusted = &proxies.networks;
        let address = peer.address.ip().to_canonical();
        let direct = Self { address, encrypted: peer.tls, loopback: address.is_loopback() };
        if !is_forwarded(headers) {
            return direct;
        }
        if !is_in(address, trusted) {
            return Self { loopback: false, ..direct };
        }
        let unknown = Self { encrypted: false, loopback: false, ..direct };
        match reported(headers, proxies).as_slice() {
            [hop] => direct.behind(hop),
            // A proxy usually sets one family of headers and passes the other on as the client sent it. Which is
            // which nobody can tell, so where they differ the proxy itself is all that is known.
            [hop, other] if hop.agrees(other) => {
                Self { encrypted: hop.is_https() && other.is_https(), ..direct.behind(hop) }
            }
            _ => unknown,
        }
    }

    /// Whether a plain secret may travel.
    pub fn is_secure(self) -> bool {
        self.encrypted || self.loopback
    }

    /// The client that a proxy at this end reports. Of the way behind the proxy only the proxy knows the scheme.
    fn behind(self, hop: &Hop) -> Self {
        Self {
            address: hop.address.unwrap_or(self.address),
            encrypted: hop.is_https(),
            loopback: self.loopback && hop.address.is_some_and(|address| address.is_loopback()),
        }
    }
}

impl Hop {
    fn is_https(&self) -> bool {
        self.https == Some(true)
    }

    /// Whether the other one may tell of the same client. A scheme may be left out, an address not.
    fn agrees(&self, other: &Self) -> bool {
        let has_same_scheme = self.https.zip(other.https).is_none_or(|(one, other)| one == other);
        self.address == other.address && has_same_scheme
    }
}

/// The client as each family of headers names it.
fn reported(headers: &HeaderMap, proxies: &TrustedProxies) -> Vec<Hop> {
    let reports = match &proxies.header {
        None => vec![forwarded(headers), x_forwarded(headers, "x-forwarded-for")],
        Some(name) if name == FORWARDED => vec![forwarded(headers)],
        Some(name) => vec![x_forwarded(headers, name.as_str())],
    };
    let reports = reports.iter().filter(|hops| !hops.is_empty());
    reports.map(|hops| client_hop(hops, &proxies.networks)).collect()
}

/// What counts as one source: of an IPv6 address the network, because a host there has as many addresses as it likes.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(host) if !host.is_loopback() => {
            Ipv6Addr::from_bits(host.to_bits() & !u128::from(u64::MAX)).into()
        }
        address => address,
    }
}

/// Whether the request carries any header by which proxies tell of themselves.
fn is_forwarded(headers: &HeaderMap) -> bool {
    headers.keys().any(|name| {
        matches!(name.as_str(), "forwarded" | "via" | "x-real-ip") || name.as_str().starts_with("x-forwarded")
    })
}

/// Whether one of the networks has the address.
pub(crate) fn is_in(address: IpAddr, networks: &[IpNet]) -> bool {
    networks.iter().any(|network| network.contains(&address))
}

/// The hop that named the client: each proxy appends what it saw, so seen from the end the first hop that is no
/// trusted proxy itself.
fn client_hop(hops: &[Hop], trusted: &[IpNet]) -> Hop {
    let is_proxy = |hop: &&Hop| hop.address.is_some_and(|address| is_in(address, trusted));
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

/// `X-Forwarded-For: client, proxy1`, or another header that names addresses so, and `X-Forwarded-Proto: https`.
fn x_forwarded(headers: &HeaderMap, name: &str) -> Vec<Hop> {
    let mut hops: Vec<Hop> =
        elements(headers, name).map(|element| Hop { address: address(&element), https: None }).collect();
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
        Client::of(Peer { address, tls }, &headers, &proxies(trusted, None))
    }

    fn proxies(networks: &[&str], header: Option<&'static str>) -> TrustedProxies {
        TrustedProxies {
            networks: networks.iter().map(|network| network.parse().unwrap()).collect(),
            header: header.map(HeaderName::from_static),
        }
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
    fn hardening_03_families_that_disagree_count_as_the_proxy_itself() {
        let proxy = is("10.1.1.1", false, false);
        let agree = [
            ("x-forwarded-for", "198.51.100.7"),
            ("x-forwarded-proto", "https"),
            ("forwarded", "for=198.51.100.7:4711;proto=https"),
        ];
        assert_eq!(client("10.1.1.1", false, &agree, &["10.0.0.0/8"]), is("198.51.100.7", true, false));
        for (header, value) in [
            ("forwarded", "for=198.51.100.8;proto=https"),
            ("forwarded", "for=198.51.100.7;proto=http"),
            ("forwarded", "for=unknown;proto=https"),
            ("forwarded", "proto=https"),
            ("forwarded", "for=198.51.100.7;proto=https, for=198.51.100.9;proto=https"),
        ] {
            let both = [("x-forwarded-for", "198.51.100.7"), ("x-forwarded-proto", "https"), (header, value)];
            assert_eq!(client("10.1.1.1", true, &both, &["10.0.0.0/8"]), proxy, "{value}");
        }
        let half = [("x-forwarded-for", "198.51.100.7"), ("forwarded", "for=198.51.100.7;proto=https")];
        assert_eq!(client("10.1.1.1", false, &half, &["10.0.0.0/8"]), is("198.51.100.7", false, false));
        let scheme = [("x-forwarded-proto", "https"), ("forwarded", "for=198.51.100.7;proto=https")];
        assert_eq!(client("10.1.1.1", false, &scheme, &["10.0.0.0/8"]), proxy);
    }

    #[test]
    fn hardening_03_the_named_header_alone_counts() {
        let sent = [
            ("x-forwarded-for", "198.51.100.7"),
            ("x-forwarded-proto", "https"),
            ("forwarded", "for=198.51.100.8;proto=http"),
            ("x-real-ip", "[2001:db8::1]:443"),
        ];
        let seen = |header: &'static str| {
            let headers = sent
                .iter()
                .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
            let peer = Peer { address: "10.1.1.1:4711".parse().unwrap(), tls: false };
            Client::of(peer, &headers.collect(), &proxies(&["10.0.0.0/8"], Some(header)))
        };
        assert_eq!(seen("x-forwarded-for"), is("198.51.100.7", true, false));
        assert_eq!(seen("forwarded"), is("198.51.100.8", false, false));
        assert_eq!(seen("x-real-ip"), is("2001:db8::1", true, false));
        assert_eq!(seen("x-client").address, "10.1.1.1".parse::<IpAddr>().unwrap());
    }

    #[test]
    fn of_ipv6_the_network_is_one_source() {
        let of = |address: &str| network(address.parse().unwrap()).to_string();
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(of("::ffff:192.0.2.1"), "192.0.2.1");
        assert_eq!((of("::1"), of("192.0.2.1")), ("::1".to_owned(), "192.0.2.1".to_owned()));
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
