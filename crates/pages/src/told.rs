use kit::Relay;
use serde::Deserialize;

/// What the form is told by the service, and by a relay where there is one.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Told {
    /// Whether the configured PBX is connected, where that is known.
    pub pbx_connected: Option<bool>,
    /// Address under which others reach the service, where it has one.
    pub public_url: Option<String>,
    /// What stands between form and service.
    pub relay: Option<Relay>,
}
