//! The messages to a relay on an App Platform, and to the settings of its instance there.

use serde::{Deserialize, Serialize};

/// `ReadConfigResult` of the instance on the App Platform, as far as the form needs it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Stored {
    /// The settings.
    #[serde(rename = "ConfigItems")]
    pub items: Place,
}

/// The settings of the instance on the App Platform.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Place {
    /// Shows the relay that whoever has it may use it.
    pub ticket: String,
}

/// `OpenRelay`.
#[derive(Serialize)]
pub struct OpenRelay {
    /// What the settings of the instance hold.
    pub ticket: String,
}

/// `OpenRelayResult`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Opened {
    /// Whether the relay is open now.
    pub ok: bool,
}
