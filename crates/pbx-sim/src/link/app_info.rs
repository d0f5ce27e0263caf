//! The service introduces itself: the answer to `AppInfo`.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::message::{Message, Refusal};
use crate::state::State;

/// Read for its types alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AppInfoResult {
    #[serde(rename = "info")]
    _info: Info,
    #[serde(default, rename = "serviceInfo")]
    _service_info: Map<String, Value>,
    #[serde(default, rename = "deviceapp")]
    _device_app: Option<DeviceApp>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Info {
    #[serde(default, rename = "hidden")]
    _hidden: bool,
    #[serde(default, rename = "apis")]
    _apis: Map<String, Value>,
    #[serde(default, rename = "presence")]
    _presence: Option<PresenceInfo>,
}

/// A string from 13r2 on.
#[derive(Deserialize)]
#[serde(untagged)]
enum PresenceInfo {
    Flag(#[allow(dead_code, reason = "read for its type alone")] bool),
    Text(#[allow(dead_code, reason = "read for its type alone")] String),
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum DeviceApp {
    Phone,
    Softphone,
    Rcc,
}

pub(super) fn app_info_result(message: &Message, state: &mut State) -> Result<(), Refusal> {
    message.fields::<AppInfoResult>()?;
    state.app_info = Some(Value::Object(message.body.clone()));
    Ok(())
}
