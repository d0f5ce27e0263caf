//! Which hosts may be asked, and which of them may see credentials.

use url::Url;

const PATH: &str = "/autodiscover/autodiscover.xml";

/// Those who belong to the mailbox for which the search began.
#[derive(Clone, Debug)]
pub struct Places {
    domain: String,
    /// The host of the Autodiscover URL in the settings, and those of the cloud.
    hosts: Vec<String>,
    /// Whether tokens are what is to be kept from strangers: the domain itself never sees one.
    is_online: bool,
}

impl Places {
    /// For a mailbox. `url` is the Autodiscover URL of the settings, or empty.
    pub fn new(address: &str, url: &str) -> Self {
        let host = Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
        Self { domain: domain(address), hosts: host.into_iter().collect(), is_online: false }
    }

    /// For a mailbox in the cloud that has these hosts.
    pub fn online(address: &str, url: &str, cloud: &[&str]) -> Self {
        let mut places = Self::new(address, url);
        places.hosts.extend(cloud.iter().map(|host| (*host).to_owned()));
        Self { is_online: true, ..places }
    }

    /// Candidates in their order, https first. No other name is ever made up from a domain.
    pub fn candidates(&self) -> Vec<Url> {
        let at = |scheme: &str, host: &str| Url::parse(&format!("{scheme}://{host}{PATH}")).ok();
        let domain = &self.domain;
        let candidates = [
            at("https", &format!("autodiscover.{domain}")),
            at("https", domain),
            at("http", &format!("autodiscover.{domain}")),
            at("http", domain),
        ];
        candidates.into_iter().flatten().collect()
    }

    /// Whether a host may be asked: it is the domain, below it, of the cloud, or in the settings.
    pub fn trusts(&self, url: &Url) -> bool {
        self.is_named(url) || self.is_below(url)
    }

    /// Whether it may see credentials. A token is good for the mailboxes of everybody, so it goes to the cloud that has
    /// issued it and to nobody else who was not entered by hand.
    pub fn may_see_credentials(&self, url: &Url) -> bool {
        self.is_named(url) || !self.is_online && self.is_below(url)
    }

    /// Whether it is of the cloud, or in the settings.
    fn is_named(&self, url: &Url) -> bool {
        host(url).is_some_and(|host| self.hosts.contains(&host))
    }

    fn is_below(&self, url: &Url) -> bool {
        let is_below = |host: &str| {
            host.strip_suffix(&self.domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        !self.domain.is_empty() && host(url).is_some_and(|host| is_below(&host))
    }
}

/// The host of an address with TLS.
fn host(url: &Url) -> Option<String> {
    let host = Some(url).filter(|url| url.scheme() == "https")?.host_str()?;
    Some(host.trim_end_matches('.').to_lowercase())
}

/// The part of an address behind its last `@`.
pub fn domain(address: &str) -> String {
    address.rsplit_once('@').map_or("", |(_, domain)| domain).trim_end_matches('.').to_lowercase()
}

/// Whether mailboxes of this address are in Exchange Online.
pub fn is_online(address: &str) -> bool {
    domain(address).ends_with(".mail.onmicrosoft.com")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn four_candidates_and_no_other_name() {
        let candidates = Places::new("anna@mail.Corp.Example", "").candidates();
        let candidates: Vec<&str> = candidates.iter().map(Url::as_str).collect();
        assert_eq!(
            candidates,
            [
                "https://autodiscover.mail.corp.example/autodiscover/autodiscover.xml",
                "https://mail.corp.example/autodiscover/autodiscover.xml",
                "http://autodiscover.mail.corp.example/autodiscover/autodiscover.xml",
                "http://mail.corp.example/autodiscover/autodiscover.xml",
            ]
        );
    }

    #[test]
    fn strangers_see_no_credentials() {
        let places = Places::new("anna@corp.example", "https://exchange.other.example");
        for trusted in [
            "https://corp.example/",
            "https://a.b.corp.example/",
            "https://CORP.example./",
            "https://exchange.other.example:444/x",
        ] {
            assert!(places.trusts(&url(trusted)), "{trusted}");
        }
        for stranger in [
            "http://corp.example/",
            "https://evilcorp.example/",
            "https://example/",
            "https://corp.example.evil.test/",
            "https://other.example/",
            "https://autodiscover.example/",
            "https://127.0.0.1/",
        ] {
            assert!(!places.trusts(&url(stranger)), "{stranger}");
        }
        assert!(!Places::new("", "").trusts(&url("https://corp.example/")));
    }

    #[test]
    fn tokens_stay_in_the_cloud() {
        let places = Places::online("anna@corp.example", "https://in.other.example", &["cloud.example"]);
        for (text, asked, sees) in [
            ("https://cloud.example/", true, true),
            ("https://in.other.example/", true, true),
            ("https://autodiscover.corp.example/", true, false),
            ("https://corp.example/", true, false),
            ("http://cloud.example/", false, false),
            ("https://evil.cloud.example/", false, false),
            ("https://other.example/", false, false),
        ] {
            assert_eq!(
                (places.trusts(&url(text)), places.may_see_credentials(&url(text))),
                (asked, sees),
                "{text}"
            );
        }
        let places = Places::new("anna@corp.example", "");
        assert!(places.may_see_credentials(&url("https://autodiscover.corp.example/")));
    }

    #[test]
    fn exchange_online_is_known_by_its_domain() {
        assert!(is_online("anna@corp.mail.onmicrosoft.com"));
        assert!(!is_online("anna@corp.onmicrosoft.com.evil.test"));
        assert!(!is_online("anna@mail.corp.example"));
    }
}
