//! The service inside the test, where its limits can be changed.

use pbx_calendar::source::{Overrides, Timing};
use pbx_calendar::{Limits, Options, Running, start};
use tempfile::TempDir;

use super::Socket;

/// A service with other limits.
pub struct Inside {
    pub running: Running,
    _data: TempDir,
}

impl Inside {
    pub async fn start(limits: Limits) -> Self {
        let data = TempDir::new().unwrap();
        let options = Options {
            listen: "127.0.0.1:0".parse().unwrap(),
            data: data.path().to_owned(),
            database: None,
            new: false,
            files: data.path().join("pkg"),
            public_url: None,
            tls: None,
            trusted_proxies: Vec::new(),
            try_out: false,
            demo: false,
            overrides: Overrides::default(),
            timing: Timing::default(),
            limits,
        };
        Self { running: start(options).await.unwrap(), _data: data }
    }

    pub async fn socket(&self) -> Socket {
        Socket::connect(&self.running.url.replacen("http", "ws", 1)).await
    }
}
