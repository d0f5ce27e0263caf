//! What each of Microsoft's clouds calls things, and links into its portals.

use calendar::settings::NationalCloud;

/// What a cloud calls things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Names {
    /// Host of the portal in which applications are registered.
    pub portal: &'static str,
    /// Host of the admin center of Exchange, where one is known.
    pub exchange: Option<&'static str>,
    /// For `az cloud set`; the Department of Defense has none.
    pub cli: Option<&'static str>,
    /// For `Connect-MgGraph -Environment`.
    pub graph: &'static str,
    /// For `Connect-ExchangeOnline -ExchangeEnvironmentName`; none for the one that counts without.
    pub exchange_shell: Option<&'static str>,
    /// Where Microsoft Graph is.
    pub graph_url: &'static str,
}

/// What a cloud calls things.
pub const fn names(cloud: NationalCloud) -> Names {
    match cloud {
        NationalCloud::Global => Names {
            portal: "entra.microsoft.com",
            exchange: Some("admin.exchange.microsoft.com"),
            cli: Some("AzureCloud"),
            graph: "Global",
            exchange_shell: None,
            graph_url: "https://graph.microsoft.com",
        },
        NationalCloud::UsGov => Names {
            portal: "portal.azure.us",
            exchange: Some("admin.exchange.office365.us"),
            cli: Some("AzureUSGovernment"),
            graph: "USGov",
            exchange_shell: Some("O365USGovGCCHigh"),
            graph_url: "https://graph.microsoft.us",
        },
        NationalCloud::UsGovDod => Names {
            portal: "portal.azure.us",
            exchange: None,
            cli: None,
            graph: "USGovDoD",
            exchange_shell: Some("O365USGovDoD"),
            graph_url: "https://dod-graph.microsoft.us",
        },
        NationalCloud::China => Names {
            portal: "portal.azure.cn",
            exchange: None,
            cli: Some("AzureChinaCloud"),
            graph: "China",
            exchange_shell: Some("O365China"),
            graph_url: "https://microsoftgraph.chinacloudapi.cn",
        },
    }
}

/// A page of a portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// All app registrations.
    Registrations,
    /// The overview of the registration.
    Overview,
    /// Its secrets.
    Credentials,
    /// Its permissions.
    Permissions,
    /// All enterprise applications.
    Enterprise,
    /// The admin center of Exchange.
    Exchange,
}

/// The address of a page. Those of a registration need the client ID; `None` where there is no such page.
pub fn link(cloud: NationalCloud, page: Page, client: &str) -> Option<String> {
    let names = names(cloud);
    let of_registration = |blade: &str| {
        let is_plain = !client.is_empty() && client.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
        is_plain
            .then(|| format!("Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/{blade}/appId/{client}"))
    };
    let view = match page {
        Page::Exchange => return names.exchange.map(|host| format!("https://{host}/")),
        Page::Registrations => "Microsoft_AAD_RegisteredApps/ApplicationsListBlade".to_owned(),
        Page::Overview => of_registration("Overview")?,
        Page::Credentials => of_registration("Credentials")?,
        Page::Permissions => of_registration("CallAnAPI")?,
        Page::Enterprise => {
            "Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AppAppsPreview/menuId~/null".to_owned()
        }
    };
    Some(format!("https://{}/#view/{view}", names.portal))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLIENT: &str = "0123abcd-89ab-4def-8123-456789abcdef";

    #[test]
    fn links_lead_into_the_portal_of_the_cloud() {
        use NationalCloud::{China, Global, UsGov, UsGovDod};
        let of = |cloud, page| link(cloud, page, CLIENT).unwrap_or_default();
        assert_eq!(
            of(Global, Page::Registrations),
            "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade"
        );
        assert_eq!(
            of(UsGov, Page::Credentials),
            format!(
                "https://portal.azure.us/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Credentials/appId/{CLIENT}"
            )
        );
        assert!(of(China, Page::Permissions).starts_with("https://portal.azure.cn/#view/"));
        assert!(of(UsGovDod, Page::Overview).contains("/~/Overview/appId/"));
        assert_eq!(of(UsGov, Page::Exchange), "https://admin.exchange.office365.us/");
        assert!(of(Global, Page::Enterprise).ends_with("/menuId~/null"));
    }

    #[test]
    fn nothing_but_an_id_gets_into_a_link() {
        for client in ["", "x/../y", "a#b", "0123 "] {
            assert_eq!(link(NationalCloud::Global, Page::Overview, client), None);
        }
    }
}
