//! Which hosts may be asked, and which of them may see credentials.

use url::Url;

const PATH: &str = "/autodiscover/autodiscover.xml";

/// Those who belong to the mailbox for which the search began.
#[derive(Clone, Debug)]
pub struct Places {
    domain: String,
    /// The host of the Autodiscover URL in the settings.
    host: Option<String>,
}

impl Places {
    /// For a mailbox. `url` is the Autodiscover URL of the settings, or empty.
    pub fn new(address: &str, url: &str) -> Self {
        let host = Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
        Self { domain: domain(address), host }
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

    /// Whether a host may see credentials: it is the domain, below it, or in the settings.
    pub fn trusts(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else { return false };
        let host = host.trim_end_matches('.').to_lowercase();
        let is_below =
            host.strip_suffix(&self.domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        url.scheme() == "https"
            && (is_below && !self.domain.is_empty() || self.host.as_deref() == Some(host.as_str()))
    }
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
    fn exchange_online_is_known_by_its_domain() {
        assert!(is_online("anna@corp.mail.onmicrosoft.com"));
        assert!(!is_online("anna@corp.onmicrosoft.com.evil.test"));
        assert!(!is_online("anna@mail.corp.example"));
    }
}
