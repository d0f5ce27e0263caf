//! An Exchange source, made of settings.

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use calendar::settings::{ChannelBinding, Exchange as Which, Item, NationalCloud, Settings, SyncType};
use prometheus::Registry;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::time::Instant;
use tokio_util::task::TaskTracker;
use url::Url;

use super::autodiscover::Places;
use super::backend::Exchange;
use super::gate::Gate;
use super::log::{Log, Seen};
use super::ntlm::Login;
use super::reading::Reader;
use super::servers::{Finding, Seeker, Servers};
use super::session::{Auth, Ntlm, Tokens};
use super::sign_in::Delegated;
use super::state::{Metrics, State};
use super::token::Online;
use super::users::Users;
use super::watch::{Groups, Timing};
use super::way::Way;
use crate::source::{Advice, Secrets, Wants};

/// News of changes wait here; when that is full, streams are not read.
const PUSHES: usize = 1024;
const PLAIN_PATH: &str = "/autodiscover/autodiscover.xml";
const EWS_PATH: &str = "/EWS/Exchange.asmx";

/// What outlives a source, which comes and goes with the settings.
#[derive(Clone)]
pub struct Kit {
    pub(super) metrics: Metrics,
    /// Whether `ewsDebug` is on.
    pub(super) debug: Arc<AtomicBool>,
    /// How long streams wait for what.
    pub timing: Timing,
    /// Where a connection test watches, if this is for one.
    pub(super) watcher: Option<UnboundedSender<Seen>>,
    /// When connection tests were refused the login of which account.
    pub(super) refused: Arc<Mutex<HashMap<String, Instant>>>,
    /// Whoever ends the service waits for these.
    pub tasks: TaskTracker,
}

impl Kit {
    /// With counters in this registry.
    pub fn new(registry: &Registry) -> Result<Self, prometheus::Error> {
        Ok(Self {
            metrics: Metrics::new(registry)?,
            debug: Arc::default(),
            timing: Timing::default(),
            watcher: None,
            refused: Arc::default(),
            tasks: TaskTracker::new(),
        })
    }

    /// The same for a connection test, which sees how the server is found.
    pub(super) fn watched(&self) -> (Self, UnboundedReceiver<Seen>) {
        let (watcher, seen) = mpsc::unbounded_channel();
        (Self { watcher: Some(watcher), ..self.clone() }, seen)
    }

    /// Turns lines about the protocol on or off.
    pub fn debugging(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.debug)
    }
}

impl Exchange {
    /// Names these calendars among stored ones: the type, and the server or tenant.
    pub fn source(settings: &Settings) -> String {
        let cloud = if settings.tenant_id.is_empty() { settings.user.as_str() } else { &settings.tenant_id };
        let (kind, place) = match settings.sync_type {
            SyncType::OnPremises => {
                let address = [
                    &settings.ews_url,
                    &settings.autodiscover_url,
                    &settings.discovery_mailbox,
                    &settings.user,
                ];
                ("onPremises", address.into_iter().find(|text| !text.is_empty()).map_or("", String::as_str))
            }
            SyncType::Cloud => ("cloud", cloud),
            _ => ("cloudAppOnly", cloud),
        };
        format!("{kind} {}", place.to_lowercase())
    }

    /// A local Exchange with these settings; nothing is sent yet.
    pub fn on_premises(settings: &Settings, secrets: &Secrets, kit: &Kit) -> Result<Self, Advice> {
        Self::new(settings, secrets, kit, None)
    }

    /// Exchange Online, with tokens of the application.
    pub fn online(settings: &Settings, secrets: &Secrets, kit: &Kit, tokens: Online) -> Result<Self, Advice> {
        Self::new(settings, secrets, kit, Some(Arc::new(tokens)))
    }

    /// Exchange Online, in the name of whoever has signed in.
    pub fn delegated(
        settings: &Settings,
        secrets: &Secrets,
        kit: &Kit,
        tokens: Delegated,
    ) -> Result<Self, Advice> {
        Self::new(settings, secrets, kit, Some(Arc::new(tokens)))
    }

    fn new(
        settings: &Settings,
        secrets: &Secrets,
        kit: &Kit,
        tokens: Option<Arc<dyn Tokens>>,
    ) -> Result<Self, Advice> {
        let proxy_password = secrets.get(Item::HttpProxyPassword);
        let proxy_login =
            Some((settings.http_proxy_user.as_str(), &proxy_password)).filter(|(user, _)| !user.is_empty());
        let way = Arc::new(Way::new(settings, proxy_login)?);
        let log = Arc::new(Log::new(Arc::clone(&kit.debug), kit.metrics.clone(), kit.watcher.clone()));
        let state = Arc::new(State::default());
        let is_online = tokens.is_some();
        let auth = match tokens {
            Some(tokens) => Auth::Bearer(tokens),
            None => Auth::Ntlm(Arc::new(ntlm(settings, secrets, kit))),
        };
        let finding = finding(settings, is_online)?;
        let servers = Servers::new(way, auth.clone(), Arc::clone(&log), Arc::clone(&state), finding);
        let (sender, pushes) = mpsc::channel(PUSHES);
        let limit = usize::try_from(settings.max_subscriptions.0).unwrap_or(1).max(1);
        Ok(Self {
            account: settings.user.clone(),
            client_id: is_online.then(|| settings.client_id.clone()),
            auth,
            servers,
            users: Users::new(
                &settings.user,
                settings.sync_type == SyncType::CloudAppOnly,
                settings.name_resolving,
            ),
            reader: Reader::new(!settings.tentative_organizer.is_empty()),
            wants: Wants::of(settings),
            groups: Groups::new(limit, sender, log, Arc::clone(&state), kit.timing, kit.tasks.clone()),
            pushes: Mutex::new(Some(pushes)),
            state,
            corrected: Mutex::default(),
            closed: Mutex::default(),
            _alive: kit.tasks.token(),
        })
    }
}

fn ntlm(settings: &Settings, secrets: &Secrets, kit: &Kit) -> Ntlm {
    Ntlm {
        login: Login::new(&settings.user, secrets.get(Item::Password)),
        binds: settings.channel_binding == ChannelBinding::Always,
        gate: Gate::default(),
        tries_other: kit.watcher.is_some(),
        works_otherwise: AtomicBool::new(false),
        autodiscover: AtomicBool::new(false),
        handshakes: kit.metrics.handshakes.clone(),
    }
}

fn finding(settings: &Settings, is_online: bool) -> Result<Finding, Advice> {
    if !settings.ews_url.is_empty() {
        return url(&settings.ews_url).map(Finding::Known);
    }
    let host = online_host(settings.national_cloud);
    let only = match settings.autodiscover_url.as_str() {
        "" => None,
        text => Some(url(&format!("{}{PLAIN_PATH}", text.trim_end_matches('/')))?),
    };
    let address = if settings.user.contains('@') { &settings.user } else { &settings.discovery_mailbox };
    let trusted = only.as_ref().map_or("", Url::as_str);
    let places = if is_online {
        Places::online(address, trusted, online_hosts(settings.national_cloud))
    } else {
        Places::new(address, trusted)
    };
    Ok(Finding::Search(Box::new(Seeker {
        address: address.clone(),
        places,
        only,
        first: if is_online { Some(url(&format!("https://{host}{PLAIN_PATH}"))?) } else { None },
        internal: settings.exchange_server == Which::Internal,
        fallback: if is_online { Some(url(&format!("https://{host}{EWS_PATH}"))?) } else { None },
    })))
}

/// Where Exchange Online is.
pub fn online_host(cloud: NationalCloud) -> &'static str {
    match cloud {
        NationalCloud::Global => "outlook.office365.com",
        NationalCloud::UsGov => "outlook.office365.us",
        NationalCloud::UsGovDod => "outlook-dod.office365.us",
        NationalCloud::China => "partner.outlook.cn",
    }
}

/// The hosts of a cloud that may see its tokens.
fn online_hosts(cloud: NationalCloud) -> &'static [&'static str] {
    match cloud {
        NationalCloud::Global => {
            &["outlook.office365.com", "outlook.office.com", "autodiscover-s.outlook.com"]
        }
        NationalCloud::UsGov => &["outlook.office365.us", "autodiscover-s.office365.us"],
        NationalCloud::UsGovDod => &["outlook-dod.office365.us", "autodiscover-s-dod.office365.us"],
        NationalCloud::China => &["partner.outlook.cn"],
    }
}

fn url(text: &str) -> Result<Url, Advice> {
    Url::parse(text).map_err(|_| {
        Advice::new("autodiscover", format!("The address {text} in the settings is none. It must look like https://mail.example/EWS/Exchange.asmx"))
    })
}
