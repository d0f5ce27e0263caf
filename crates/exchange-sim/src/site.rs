//! Sites: Exchange servers behind one URL, and Exchange Online.

use graph_sim::hash::{below, mix};
use serde::{Deserialize, Serialize};

/// A site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Site {
    /// How mailboxes and hosts name it.
    pub name: String,
    /// The URL that Autodiscover tells for `external`.
    pub external: Option<String>,
    /// The URL that Autodiscover tells for `internal`.
    pub internal: Option<String>,
    /// `GroupingInformation`: mailboxes with the same may share subscriptions' connections.
    #[serde(default)]
    pub grouping: Option<String>,
    /// Names of its servers; a mailbox is on one of them.
    pub servers: Vec<String>,
    /// Exchange Online.
    #[serde(default)]
    pub online: bool,
}

impl Site {
    /// The local Exchange.
    pub const MAIN: &str = "Main";
    /// Exchange Online.
    pub const ONLINE: &str = "Online";

    pub(crate) fn main(domain: &str) -> Self {
        Self {
            name: Self::MAIN.into(),
            external: Some(format!("https://mail.{domain}/EWS/Exchange.asmx")),
            internal: Some(format!("https://exch.{domain}/EWS/Exchange.asmx")),
            grouping: Some("Default-First-Site-Name".into()),
            servers: ["ex1", "ex2"].map(|name| format!("{name}.{domain}")).to_vec(),
            online: false,
        }
    }

    pub(crate) fn online() -> Self {
        let url = "https://outlook.office365.com/EWS/Exchange.asmx";
        Self {
            name: Self::ONLINE.into(),
            external: Some(url.into()),
            internal: None,
            grouping: Some("DB7PR04".into()),
            servers: ["db7pr04mb0001", "db7pr04mb0002"]
                .map(|name| format!("{name}.eurprd04.prod.outlook.com"))
                .to_vec(),
            online: true,
        }
    }

    /// The server of a mailbox, unless it is told otherwise.
    pub(crate) fn server_of(&self, address: &str) -> String {
        let mixed = address.bytes().fold(1, |sum, byte| mix(sum ^ u64::from(byte)));
        let index = usize::try_from(below(mixed, self.servers.len() as u64)).unwrap_or(0);
        self.servers.get(index).cloned().unwrap_or_default()
    }
}
