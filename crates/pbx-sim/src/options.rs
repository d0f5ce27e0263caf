use std::fmt;
use std::time::Duration;

/// The APIs that the Calendar object's checkmarks grant.
pub const DEFAULT_APIS: [&str; 2] = ["PbxApi", "PbxTableUsers"];

/// What a PBX is configured with.
#[derive(Clone)]
pub struct Options {
    /// URL of the App object; `http` and `https` count as `ws` and `wss`. Its file name is the app's name.
    pub url: String,
    /// Password of the App object.
    pub password: String,
    /// Name of the PBX, which the settings of the service name as master.
    pub name: String,
    /// Its domain.
    pub domain: String,
    /// Its DNS name.
    pub dns: String,
    /// APIs that the App object grants.
    pub apis: Vec<String>,
    /// Firmware version; before 13r2 there was none.
    pub version: Option<String>,
    /// Firmware build; before 13r2 there was none.
    pub build: Option<String>,
    /// `sip` of the App object.
    pub app_object: String,
    /// Wait before another attempt to connect; doubled up to 64 times while attempts fail.
    pub reconnect: Duration,
    /// Size asked for the operating system's receive buffer: small with [`Reading::Slow`](crate::Reading),
    /// so that the service feels a slow PBX early.
    pub receive_buffer: Option<u32>,
    /// Whether a `SetPresenceResult` of success says `error` 0 and an empty `errorText`. The published schema
    /// requires both fields, the published page does not.
    pub error_zero: bool,
}

/// The password stays out of logs.
impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("url", &self.url).field("name", &self.name).finish_non_exhaustive()
    }
}

impl Options {
    /// The PBX `master` of `example.com` with version 14r1.
    pub fn new(url: impl Into<String>, password: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            password: password.into(),
            name: "master".into(),
            domain: "example.com".into(),
            dns: "pbx.example.com".into(),
            apis: DEFAULT_APIS.map(String::from).into(),
            version: Some("14r1".into()),
            build: Some("1410520".into()),
            app_object: "calendar".into(),
            reconnect: Duration::from_millis(100),
            receive_buffer: None,
            error_zero: false,
        }
    }

    /// File name of the URL.
    pub(crate) fn app(&self) -> &str {
        let path = self.url.split(['?', '#']).next().unwrap_or_default();
        path.rsplit('/').next().unwrap_or_default()
    }

    /// The URL with the scheme of a websocket.
    pub(crate) fn websocket_url(&self) -> String {
        match self.url.strip_prefix("http") {
            Some(rest) => format!("ws{rest}"),
            None => self.url.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_holds_no_password() {
        let text = format!("{:?}", Options::new("ws://a/b", "secret"));
        assert_eq!(text, r#"Options { url: "ws://a/b", name: "master", .. }"#);
    }

    #[test]
    fn the_app_is_the_file_name_and_the_scheme_a_websocket_s() {
        let options = Options::new("https://ap.example.com/calendar/pbxcalendar-calendar?a=/b", "");
        assert_eq!(options.app(), "pbxcalendar-calendar");
        assert_eq!(options.websocket_url(), "wss://ap.example.com/calendar/pbxcalendar-calendar?a=/b");
        assert_eq!(Options::new("ws://a/b", "").websocket_url(), "ws://a/b");
    }
}
