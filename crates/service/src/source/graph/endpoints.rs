//! The hosts of Microsoft's clouds.

use anyhow::{Result, bail};
use calendar::settings::NationalCloud;
use url::Url;

/// Version of Graph that all requests use, as the beginning of their paths.
const VERSION: &str = "/v1.0/";

/// Addresses that stand for those of Microsoft, in tests and behind proxies.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// Stands for `https://login.microsoftonline.com`.
    pub login: Option<Url>,
    /// Stands for `https://graph.microsoft.com`.
    pub graph: Option<Url>,
}

impl Overrides {
    /// What the environment variables `PBX_CALENDAR_LOGIN_URL` and `PBX_CALENDAR_GRAPH_URL` say.
    pub fn from_env() -> Result<Self> {
        Ok(Self { login: variable("PBX_CALENDAR_LOGIN_URL")?, graph: variable("PBX_CALENDAR_GRAPH_URL")? })
    }
}

fn variable(name: &str) -> Result<Option<Url>> {
    let Some(text) = std::env::var_os(name).filter(|text| !text.is_empty()) else { return Ok(None) };
    match text.to_str().and_then(|text| Url::parse(text).ok()) {
        Some(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(Some(url)),
        _ => bail!("{name} must be an http or https address such as http://127.0.0.1:8081"),
    }
}

/// Where one cloud is asked.
#[derive(Clone, Debug)]
pub(in crate::source) struct Endpoints {
    /// Without a slash at the end.
    login: String,
    /// Without a slash at the end.
    graph: String,
    /// The resource for which a token is wanted: the real one, wherever requests go.
    pub scope: String,
}

impl Endpoints {
    pub fn new(cloud: NationalCloud, overrides: &Overrides) -> Self {
        let (login, graph) = match cloud {
            NationalCloud::Global => ("https://login.microsoftonline.com", "https://graph.microsoft.com"),
            NationalCloud::UsGov => ("https://login.microsoftonline.us", "https://graph.microsoft.us"),
            NationalCloud::UsGovDod => ("https://login.microsoftonline.us", "https://dod-graph.microsoft.us"),
            NationalCloud::China => {
                ("https://login.partner.microsoftonline.cn", "https://microsoftgraph.chinacloudapi.cn")
            }
        };
        Self {
            login: base(overrides.login.as_ref(), login),
            graph: base(overrides.graph.as_ref(), graph),
            scope: format!("{graph}/.default"),
        }
    }

    /// Where tokens for a tenant are issued.
    pub fn token(&self, tenant: &str) -> String {
        format!("{}/{}/oauth2/v2.0/token", self.login, super::mailbox::segment(tenant))
    }

    /// Where people sign in.
    pub fn authorize(&self, tenant: &str) -> String {
        format!("{}/{}/oauth2/v2.0/authorize", self.login, super::mailbox::segment(tenant))
    }

    /// What the login says of a tenant to everybody.
    pub fn discovery(&self, tenant: &str) -> String {
        format!("{}/{}/v2.0/.well-known/openid-configuration", self.login, super::mailbox::segment(tenant))
    }

    /// Where the login is.
    pub fn login(&self) -> &str {
        &self.login
    }

    /// A request of Graph; `request` is what follows the version.
    pub fn request(&self, request: &str) -> String {
        format!("{}{VERSION}{request}", self.graph)
    }

    /// What follows the version in the path of an address that an answer named, whatever host it named. `None` if
    /// it is no address of Graph.
    pub fn path_of<'a>(&self, path: &'a str) -> Option<&'a str> {
        let prefix = Url::parse(&self.graph).ok()?.path().trim_end_matches('/').to_owned();
        // A gateway may pass on what Graph wrote, or write its own prefix into it.
        path.strip_prefix(&prefix)
            .and_then(|path| path.strip_prefix(VERSION))
            .or_else(|| path.strip_prefix(VERSION))
    }

    /// Which calendars these are, for telling stored ones of another cloud apart.
    pub fn name(&self) -> &str {
        &self.graph
    }
}

fn base(moved: Option<&Url>, real: &str) -> String {
    let Some(url) = moved else { return real.to_owned() };
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    url.as_str().trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cloud_has_its_own_hosts_and_scope() {
        let clouds = [
            (
                NationalCloud::Global,
                "https://login.microsoftonline.com/t/oauth2/v2.0/token",
                "https://graph.microsoft.com",
            ),
            (
                NationalCloud::UsGov,
                "https://login.microsoftonline.us/t/oauth2/v2.0/token",
                "https://graph.microsoft.us",
            ),
            (
                NationalCloud::UsGovDod,
                "https://login.microsoftonline.us/t/oauth2/v2.0/token",
                "https://dod-graph.microsoft.us",
            ),
            (
                NationalCloud::China,
                "https://login.partner.microsoftonline.cn/t/oauth2/v2.0/token",
                "https://microsoftgraph.chinacloudapi.cn",
            ),
        ];
        for (cloud, token, graph) in clouds {
            let endpoints = Endpoints::new(cloud, &Overrides::default());
            assert_eq!(endpoints.token("t"), token);
            assert_eq!(endpoints.request("users"), format!("{graph}/v1.0/users"));
            assert_eq!(endpoints.scope, format!("{graph}/.default"));
        }
    }

    #[test]
    fn moved_endpoints_keep_their_prefix_and_the_scope_stays() {
        let url = |text| Some(Url::parse(text).unwrap());
        let overrides =
            Overrides { login: url("http://127.0.0.1:1/login/"), graph: url("http://127.0.0.1:2/a/b") };
        let endpoints = Endpoints::new(NationalCloud::Global, &overrides);
        assert_eq!(endpoints.token("contoso.com"), "http://127.0.0.1:1/login/contoso.com/oauth2/v2.0/token");
        assert_eq!(endpoints.request("users"), "http://127.0.0.1:2/a/b/v1.0/users");
        assert_eq!(endpoints.scope, "https://graph.microsoft.com/.default");
    }

    #[test]
    fn a_tenant_stays_within_its_part_of_the_path() {
        let endpoints = Endpoints::new(NationalCloud::Global, &Overrides::default());
        assert!(
            endpoints
                .token("a/../b?c#d")
                .starts_with("https://login.microsoftonline.com/a%2F..%2Fb%3Fc%23d/")
        );
    }
}
