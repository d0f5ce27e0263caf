//! Microsoft's clouds: each has its own hosts, and a token for one is not valid for another.

use serde::{Deserialize, Serialize};

/// A Microsoft cloud.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Cloud {
    /// Worldwide.
    #[default]
    Global,
    /// US Government (GCC High).
    UsGov,
    /// US Department of Defense.
    UsGovDod,
    /// China, operated by 21Vianet.
    China,
}

impl Cloud {
    const ALL: [Self; 4] = [Self::Global, Self::UsGov, Self::UsGovDod, Self::China];

    /// The origin of Microsoft Graph, which is also the resource that tokens are for.
    pub fn graph(self) -> &'static str {
        match self {
            Self::Global => "https://graph.microsoft.com",
            Self::UsGov => "https://graph.microsoft.us",
            Self::UsGovDod => "https://dod-graph.microsoft.us",
            Self::China => "https://microsoftgraph.chinacloudapi.cn",
        }
    }

    /// The origin of the token endpoint.
    pub fn login(self) -> &'static str {
        match self {
            Self::Global => "https://login.microsoftonline.com",
            Self::UsGov | Self::UsGovDod => "https://login.microsoftonline.us",
            Self::China => "https://login.partner.microsoftonline.cn",
        }
    }

    /// Whether tokens can be had for this resource: those of Graph in every cloud, and Exchange Online.
    pub(crate) fn knows(resource: &str) -> bool {
        let resource = resource.trim_end_matches('/');
        Self::ALL.iter().any(|cloud| cloud.graph() == resource) || Self::is_exchange(resource)
    }

    /// Whether this is Exchange Online, of any cloud.
    pub(crate) fn is_exchange(resource: &str) -> bool {
        let resources = [
            "https://outlook.office365.com",
            "https://outlook.office.com",
            "https://outlook.office365.us",
            "https://outlook-dod.office365.us",
            "https://webmail.apps.mil",
            "https://partner.outlook.cn",
        ];
        resources.contains(&resource)
    }
}
