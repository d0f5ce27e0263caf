//! The service inside the test, where its limits can be changed.

use pbx_calendar::source::{Overrides, Timing};
use pbx_calendar::{Limits, Options, Running, start};
use secrecy::ExposeSecret;
use tempfile::TempDir;

use super::Socket;

/// A service with other limits.
pub struct Inside {
    pub running: Running,
    _data: TempDir,
}

impl Inside {
    pub async fn start(limits: Limits) -> Self {
        Self::start_with(limits, |_| {}).await
    }

    /// The same with other options.
    pub async fn start_with(limits: Limits, change: impl FnOnce(&mut Options)) -> Self {
        let data = TempDir::new().unwrap();
        let mut options = Options {
            listen: "127.0.0.1:0".parse().unwrap(),
            data: data.path().to_owned(),
            database: None,
            new: false,
            files: data.path().join("pkg"),
            public_url: None,
            tls: None,
            trusted_proxies: Vec::new(),
            trusted_proxy_header: None,
            try_out: false,
            demo: None,
            overrides: Overrides::default(),
            timing: Timing::default(),
            limits,
        };
        change(&mut options);
        Self { running: start(options).await.unwrap(), _data: data }
    }

    /// Its instance password.
    pub fn password(&self) -> &str {
        self.running.new_password.as_ref().unwrap().expose_secret()
    }

    /// Host and port.
    pub fn host(&self) -> &str {
        self.running.url.trim_start_matches("http://").trim_end_matches('/')
    }

    pub async fn socket(&self) -> Socket {
        Socket::connect(&self.running.url.replacen("http", "ws", 1)).await
    }
}
