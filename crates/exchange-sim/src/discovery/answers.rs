//! What is known of a mailbox, for both kinds of Autodiscover.

use crate::host::Discovery;
use crate::mailbox::Mailbox;
use crate::net::{Request, local_url};
use crate::sim::Sim;

/// The answer about one address.
pub(super) enum Found {
    /// Its settings.
    Settings(Box<Settings>),
    /// Ask for another address.
    Address(String),
    /// Ask at another URL.
    Url(String),
    /// An error of Autodiscover.
    Error(u16),
}

/// The settings of a mailbox.
pub(super) struct Settings {
    pub(super) mailbox: Mailbox,
    pub(super) external: Option<String>,
    pub(super) internal: Option<String>,
    pub(super) grouping: Option<String>,
    pub(super) online: bool,
}

/// What the host has to say about an address.
pub(super) fn find(sim: &Sim, request: &Request, address: &str) -> Found {
    match &request.host.discovery {
        Discovery::RedirectUrl { url } => return Found::Url(url.clone()),
        Discovery::RedirectAddress { address } => return Found::Address(address.clone()),
        Discovery::Error { code } => return Found::Error(*code),
        _ => {}
    }
    let state = sim.state.read();
    let Some(entry) = state.directory.any(address) else { return Found::Error(500) };
    let mailbox = entry.mailbox.clone();
    if let Some(elsewhere) = &mailbox.hosted_at {
        return Found::Address(elsewhere.clone());
    }
    let Some(site) = state.site(&mailbox.site).filter(|_| mailbox.mailbox_type == "Mailbox") else {
        return Found::Error(501);
    };
    let (online, external, internal, grouping) =
        (site.online, site.external.clone(), site.internal.clone(), site.grouping.clone());
    if online != request.host.takes_tokens() {
        let (local, _) = mailbox.address.split_once('@').unwrap_or_default();
        return Found::Address(format!(
            "{local}@{}.mail.onmicrosoft.com",
            sim.options.netbios.to_lowercase()
        ));
    }
    drop(state);
    let here = local_url(sim, request, online);
    Found::Settings(Box::new(Settings {
        external: here.clone().or(external),
        internal: here.or(internal),
        mailbox,
        grouping,
        online,
    }))
}
