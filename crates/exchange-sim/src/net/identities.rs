//! The certificates that are served, made when a host is asked for the first time.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use rustls::ServerConfig;

use crate::certificate::{Authority, Certificate};
use crate::sim::LOCAL;

/// A configuration of TLS, and the channel bindings of its certificate.
#[derive(Debug, Clone)]
pub(crate) struct Served {
    pub(crate) config: Arc<ServerConfig>,
    pub(crate) binding: Option<[u8; 16]>,
}

/// By name and kind.
#[derive(Debug, Default)]
pub(crate) struct Identities(Mutex<HashMap<(String, Certificate), Served>>);

impl Identities {
    /// `None` where no certificate can be made for such a name.
    pub(crate) fn get(&self, authority: &Authority, name: &str, kind: Certificate) -> Option<Served> {
        let mut made = self.0.lock();
        if let Some(served) = made.get(&(name.to_owned(), kind)) {
            return Some(served.clone());
        }
        let names = if name == LOCAL { &[LOCAL, "127.0.0.1", "::1"][..] } else { &[name] };
        let identity = authority.issue(names, kind).ok()?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .ok()?
            .with_no_client_auth()
            .with_single_cert(identity.chain, identity.key)
            .ok()?;
        let served = Served { config: Arc::new(config), binding: identity.binding };
        made.insert((name.to_owned(), kind), served.clone());
        Some(served)
    }
}
