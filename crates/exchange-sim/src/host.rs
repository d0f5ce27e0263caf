//! Hosts: names under which the stand-in answers, each in its own way.

use serde::{Deserialize, Serialize};

use crate::certificate::Certificate;
use crate::site::Site;

/// A host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Host {
    /// The name in URLs.
    pub name: String,
    /// The certificate at port 443; without one there is no TLS.
    #[serde(default)]
    pub https: Option<Certificate>,
    /// Whether it answers at port 80.
    #[serde(default)]
    pub http: bool,
    /// What `WWW-Authenticate` offers, in this order: `NTLM`, `Negotiate`, `Basic`, `Digest`, `Bearer`.
    #[serde(default)]
    pub offers: Vec<String>,
    /// All offers in one header instead of one each.
    #[serde(default)]
    pub one_list: bool,
    /// What EWS makes of channel bindings.
    #[serde(default)]
    pub protection: Protection,
    /// What Autodiscover makes of them; off unless said otherwise, as Exchange has it.
    #[serde(default)]
    pub discovery_protection: Protection,
    /// A load balancer ends TLS with another certificate than the server's: bindings never fit.
    #[serde(default)]
    pub bridged: bool,
    /// What Autodiscover answers here.
    #[serde(default)]
    pub discovery: Discovery,
    /// The site whose EWS is here.
    #[serde(default)]
    pub site: Option<String>,
    /// Whether EWS is here at all.
    #[serde(default)]
    pub ews: bool,
    /// Belongs to somebody else: whoever sends it a password or token gives it away.
    #[serde(default)]
    pub stranger: bool,
}

/// Extended Protection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Protection {
    /// Bindings are not looked at.
    #[default]
    None,
    /// Bindings that are sent have to fit.
    Allow,
    /// Bindings have to be sent, and to fit.
    Require,
}

/// What Autodiscover answers at a host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Discovery {
    /// 404.
    #[default]
    None,
    /// The settings of the mailbox, to whom logs in.
    Settings,
    /// A redirect of HTTP, before any login.
    Redirect {
        /// 301, 302, 303, 307, 308.
        status: u16,
        /// Where to.
        location: String,
    },
    /// `redirectUrl`, to whom logs in.
    RedirectUrl {
        /// Where to.
        url: String,
    },
    /// `redirectAddr`, to whom logs in.
    RedirectAddress {
        /// Where to.
        address: String,
    },
    /// An error of Autodiscover (500, 501, 600 to 603), to whom logs in.
    Error {
        /// The number.
        code: u16,
    },
    /// A page, as web servers of a domain have one for everything.
    Html,
}

impl Host {
    /// A host that has nothing but a name.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            https: None,
            http: false,
            offers: Vec::new(),
            one_list: false,
            protection: Protection::None,
            discovery_protection: Protection::None,
            bridged: false,
            discovery: Discovery::None,
            site: None,
            ews: false,
            stranger: false,
        }
    }

    /// A local Exchange server with EWS and Autodiscover, for any site.
    pub fn exchange(name: impl Into<String>) -> Self {
        Self {
            https: Some(Certificate::Sha256),
            http: true,
            offers: vec!["Negotiate".into(), "NTLM".into()],
            protection: Protection::Allow,
            discovery: Discovery::Settings,
            ews: true,
            ..Self::new(name)
        }
    }

    /// Exchange Online.
    pub fn online(name: impl Into<String>) -> Self {
        Self {
            offers: vec!["Bearer".into()],
            protection: Protection::None,
            http: false,
            site: Some(Site::ONLINE.into()),
            ..Self::exchange(name)
        }
    }

    /// Somebody else's server, which is glad about every login.
    pub fn stranger(name: impl Into<String>) -> Self {
        Self { stranger: true, ..Self::exchange(name) }
    }

    /// A host that answers Autodiscover's http address with a redirect.
    pub fn redirect(name: impl Into<String>, location: impl Into<String>) -> Self {
        let discovery = Discovery::Redirect { status: 302, location: location.into() };
        Self { http: true, discovery, ..Self::new(name) }
    }

    pub(crate) fn takes_tokens(&self) -> bool {
        self.offers.iter().any(|offer| offer == "Bearer")
    }
}
