//! What a stand-in is from its start to its end.

use std::net::SocketAddr;

use crate::certificate::Certificate;
use crate::host::{Discovery, Host};

/// What a stand-in is from its start to its end.
#[derive(Debug, Clone)]
pub struct Options {
    /// Address of plain http; port 0 takes a free one.
    pub http: SocketAddr,
    /// Address of TLS, where `localhost` is a local Exchange.
    pub https: SocketAddr,
    /// Address of TLS, where `localhost` is Exchange Online.
    pub online: SocketAddr,
    /// Address of the proxy, behind which all hosts are.
    pub proxy: SocketAddr,
    /// The domain of the made-up company.
    pub domain: String,
    /// Its name before Windows 2000.
    pub netbios: String,
    /// Which Exchange the local one is.
    pub version: Version,
    /// Hosts at the start, beside `localhost`.
    pub hosts: Vec<Host>,
    /// The certificate of `localhost`.
    pub certificate: Certificate,
    /// The stand-in whose tokens are taken; one of its own is started without it.
    pub graph: Option<graph_sim::Control>,
    /// The resource that tokens have to be for.
    pub resource: String,
    /// So many wrong passwords in a row lock an account.
    pub lock_after: u32,
    /// How much faster than real time minutes of streams and subscriptions go by.
    pub speed: f64,
    /// Luck of faults, and the calendars of made-up users.
    pub seed: u64,
    /// Whether `/exchange-sim` takes commands over http.
    pub control: bool,
}

impl Default for Options {
    fn default() -> Self {
        let free = SocketAddr::from(([127, 0, 0, 1], 0));
        let domain = "contoso.example".to_owned();
        Self {
            http: free,
            https: free,
            online: free,
            proxy: free,
            hosts: usual_hosts(&domain),
            domain,
            netbios: "CONTOSO".into(),
            version: Version::Exchange2019,
            certificate: Certificate::Sha256,
            graph: None,
            resource: "https://outlook.office365.com".into(),
            lock_after: 5,
            speed: 1.0,
            seed: 1,
            control: false,
        }
    }
}

impl Options {
    /// The same for another domain, with its usual hosts.
    #[must_use]
    pub fn for_domain(self, domain: &str) -> Self {
        Self { hosts: usual_hosts(domain), domain: domain.to_owned(), ..self }
    }
}

/// A company with Autodiscover at the usual name and EWS at two others, and Exchange Online.
fn usual_hosts(domain: &str) -> Vec<Host> {
    let main = |name: &str| Host { site: Some("Main".into()), ..Host::exchange(format!("{name}.{domain}")) };
    vec![
        Host { ews: false, ..main("autodiscover") },
        Host { discovery: Discovery::None, ..main("mail") },
        Host { discovery: Discovery::None, ..main("exch") },
        Host::online("outlook.office365.com"),
    ]
}

/// Which Exchange answers.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, clap::ValueEnum,
)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are those of the products")]
pub enum Version {
    Exchange2010,
    Exchange2013,
    Exchange2016,
    Exchange2019,
    Online,
}

impl Version {
    /// Schema versions, oldest first.
    const SCHEMAS: [&str; 8] = [
        "Exchange2007",
        "Exchange2007_SP1",
        "Exchange2010",
        "Exchange2010_SP1",
        "Exchange2010_SP2",
        "Exchange2013",
        "Exchange2013_SP1",
        "Exchange2016",
    ];

    /// The place of a schema version among all, if there is one of this name.
    pub(crate) fn schema(name: &str) -> Option<usize> {
        Self::SCHEMAS.iter().position(|known| *known == name)
    }

    /// Whether it knows a schema version.
    pub(crate) fn knows(self, schema: usize) -> bool {
        let newest = match self {
            Self::Exchange2010 => 4,
            Self::Exchange2013 => 6,
            Self::Exchange2016 | Self::Exchange2019 | Self::Online => 7,
        };
        schema <= newest
    }

    /// `MajorVersion`, `MinorVersion`, `MajorBuildNumber`, `MinorBuildNumber` and the word in `Version`.
    pub(crate) fn numbers(self) -> ([u32; 4], &'static str) {
        match self {
            Self::Exchange2010 => ([14, 3, 513, 0], "Exchange2010_SP2"),
            Self::Exchange2013 => ([15, 0, 1497, 48], "V2_23"),
            Self::Exchange2016 => ([15, 1, 2507, 39], "V2017_07_11"),
            Self::Exchange2019 => ([15, 2, 1544, 14], "V2017_07_11"),
            Self::Online => ([15, 20, 9412, 16], "V2018_01_08"),
        }
    }

    /// Streams that one mailbox's budget allows.
    pub(crate) fn most_streams(self) -> usize {
        if self <= Self::Exchange2013 { 3 } else { 10 }
    }

    /// Subscriptions that one mailbox's budget allows.
    pub(crate) fn most_subscriptions(self) -> usize {
        if self == Self::Online { 20 } else { 5000 }
    }
}
