use serde::{Deserialize, Serialize};

/// What a relay on an App Platform says of itself and of its link to the service.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Relay {
    /// The number of its build; a service says nothing here.
    pub build: Option<f64>,
    /// The protocol that it speaks.
    pub protocol: Option<f64>,
    /// How the link stands: `up`, or why not.
    pub link: String,
    /// The address of the service that it was given.
    pub url: Option<String>,
    /// The version of the service, once it has said so.
    pub service_version: Option<String>,
    /// The protocol that the service speaks.
    pub service_protocol: Option<f64>,
    /// Since when the link stands so, in milliseconds since the epoch.
    pub since: Option<f64>,
    /// When it is tried again.
    pub next: Option<f64>,
}

impl Relay {
    /// Whether what is said reaches the service.
    pub fn is_up(&self) -> bool {
        self.link == "up"
    }

    /// Takes over what it says of its link; of itself it speaks only once.
    #[must_use]
    pub fn updated(&self, link: Self) -> Self {
        Self { build: self.build, protocol: self.protocol, ..link }
    }
}
