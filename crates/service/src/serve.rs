//! How the service starts and ends.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use axum::http::HeaderName;
use ipnet::IpNet;
use rand::distr::{Alphanumeric, SampleString};
use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{error, info, warn};
use url::Url;

use crate::appointments::Appointments;
use crate::client::TrustedProxies;
use crate::configuration::Configuration;
use crate::database_url::DatabaseUrl;
use crate::demo::{Demo, Simulation};
use crate::demo_kind::DemoKind;
use crate::descriptors;
use crate::http::{self, FileCache, TryOut};
use crate::instance_password::{self, InstancePassword};
use crate::keyfile;
use crate::metrics::Metrics;
use crate::mine::Lookers;
use crate::pbx::Connections;
use crate::places::Places;
use crate::server;
use crate::service::{Limits, Service};
use crate::session::Jobs;
use crate::sign_in::KeepInStore;
use crate::source::{self, Overrides, Sources, Timing};
use crate::status::{StatusBoard, Warning};
use crate::store::Store;
use crate::sync::{Clock, Engine, Plan, Planned, Requests, Show, Start};
use crate::throttle::Throttle;
use crate::tls::{self, TlsFiles};

/// Connections get so long to end by themselves. With what closing the database takes it stays well below the 5 s
/// that the service has.
const STOP_TIMEOUT: Duration = Duration::from_secs(2);
/// Length of an instance password made by the service: 142 random bits.
const PASSWORD_LENGTH: usize = 24;

/// Everything that `serve` needs to know.
#[derive(Clone, Debug)]
pub struct Options {
    /// Address and port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Folder of the key file, and of the database unless there is another.
    pub data: PathBuf,
    /// Another database than the file in `data`.
    pub database: Option<DatabaseUrl>,
    /// Whether it may start afresh where the database or its key file is lost.
    pub new: bool,
    /// Folder of the built files.
    pub files: PathBuf,
    /// Address under which others reach the service.
    pub public_url: Option<Url>,
    /// Certificate and key; without them connections are plain.
    pub tls: Option<TlsFiles>,
    /// Networks of the proxies whose word counts.
    pub trusted_proxies: Vec<IpNet>,
    /// The header in which they name the client; without one `Forwarded` and `X-Forwarded-…`, where they agree.
    pub trusted_proxy_header: Option<HeaderName>,
    /// Whether the try-out page logs in by itself.
    pub try_out: bool,
    /// Whether a simulated PBX and a simulated calendar server run inside, and which one.
    pub demo: Option<DemoKind>,
    /// Other addresses than Microsoft's.
    pub overrides: Overrides,
    /// When mailboxes are asked.
    pub timing: Timing,
    /// Limits of websockets.
    pub limits: Limits,
}

/// A service that is ready.
pub struct Running {
    /// Its address, with a slash at the end.
    pub url: String,
    /// With `--try-out`: the address for one browser, which logs in there by itself.
    pub try_out_url: Option<String>,
    /// The instance password, if there was none and one has been made.
    pub new_password: Option<SecretString>,
    pub(crate) service: Arc<Service>,
    server: tokio::task::JoinHandle<()>,
    _simulation: Option<Simulation>,
}

/// Starts the service. When this returns, it is ready.
pub async fn start(options: Options) -> Result<Running> {
    start_with(options, Clock::default(), sources).await
}

/// The same with another clock and other calendars.
pub(crate) async fn start_with(
    mut options: Options,
    clock: Clock,
    sources: impl FnOnce(&Arc<Service>, Overrides, Timing) -> Result<Plan>,
) -> Result<Running> {
    check(&options)?;
    let demo = match options.demo {
        Some(kind) => Some(Demo::start(kind).await?),
        None => None,
    };
    if let Some(demo) = &demo {
        (options.overrides, options.timing) = (demo.overrides.clone(), Demo::timing());
    }
    let tls = options.tls.as_ref().map(tls::acceptor).transpose()?;
    let listener = TcpListener::bind(options.listen).await.with_context(|| {
        format!("cannot listen on {}; choose another address or port with --listen", options.listen)
    })?;
    let address = listener.local_addr().context("cannot listen")?;
    let url = url(address, tls.is_some());

    let store = Store::open_to_serve(&options.data, options.database.as_ref(), options.new).await?;
    let new_password = first_password(&store).await?;
    let password = store.instance_password().await?;
    let warnings = warnings(address, &options, password.as_ref());
    let public_url = options.public_url.map(|url| url.as_str().trim_end_matches('/').to_owned());
    let redirect_uri = format!("{}/sign-in", public_url.as_deref().unwrap_or(url.trim_end_matches('/')));
    let configuration = Configuration::open(store, redirect_uri).await?;
    if let Some(demo) = &demo {
        demo.configure(&options.data, &configuration).await?;
    }
    let pbx = match (&demo, &password) {
        (Some(demo), Some(password)) => Some(demo.pbx(&url, password).await?),
        _ => None,
    };
    let try_out = options.try_out.then(|| try_out(&options.data, address, tls.is_some())).transpose()?;
    let try_out_url = try_out.as_ref().map(|try_out| try_out.url(&url));
    let pbxs = Arc::<Connections>::default();
    let settings = Arc::clone(&configuration.watch().borrow());
    let (sync, requests) = Requests::channel();
    let service = Arc::new(Service {
        status: StatusBoard::new(&settings.settings, public_url, Arc::clone(&pbxs), clock.clone()),
        configuration,
        pbxs,
        sync,
        metrics: Metrics::new().context("metrics")?,
        throttle: Throttle::default(),
        password: InstancePassword::new(password.as_ref().unwrap_or(&SecretString::default())),
        places: Places::new(options.trusted_proxies.clone(), descriptors::limit()),
        mine: Lookers::default(),
        choosing: tokio::sync::Mutex::default(),
        jobs: Jobs::default(),
        files: options.files,
        file_cache: FileCache::default(),
        trusted_proxies: TrustedProxies {
            networks: options.trusted_proxies,
            header: options.trusted_proxy_header,
        },
        try_out,
        demo: pbx.clone(),
        limits: options.limits,
        desk: OnceLock::new(),
        sources: OnceLock::new(),
        appointments: OnceLock::new(),
        stop: CancellationToken::new(),
        connections: TaskTracker::new(),
    });
    for warning in warnings {
        warn!(code = warning.code, "{}", warning.text);
        service.status.warn(warning);
    }
    service.connections.spawn(Arc::clone(&service).follow_settings());
    service.connections.spawn(Arc::clone(&service).follow_password());
    service.connections.spawn(Arc::clone(&service).look_after_database());
    let plan = sources(&service, options.overrides, options.timing)?;
    service.connections.spawn(Engine::new(Arc::clone(&service), requests, plan, clock).run());
    let router = http::router(Arc::clone(&service));
    let server = tokio::spawn(server::run(listener, tls, router, Arc::clone(&service)));
    let simulation = demo.zip(pbx).map(|(demo, pbx)| demo.run(&pbx, service.stop.clone()));
    info!(%url, files = %service.files.display(), "ready");
    Ok(Running { url, try_out_url, new_password, service, server, _simulation: simulation })
}

/// Options that do not go together.
fn check(options: &Options) -> Result<()> {
    if options.try_out && !options.listen.ip().is_loopback() {
        bail!(
            "--try-out needs --listen with a loopback address such as 127.0.0.1, not {}",
            options.listen.ip()
        );
    }
    if options.demo.is_some() && options.tls.is_some() {
        bail!("--demo goes without --tls-cert: its simulated PBX trusts no certificate of yours");
    }
    Ok(())
}

/// What is amiss with how the service has been started.
fn warnings(address: SocketAddr, options: &Options, password: Option<&SecretString>) -> Vec<Warning> {
    let warning = |code, text: &str| Warning { code, text: text.to_owned(), addresses: Vec::new() };
    let is_plain = !address.ip().is_loopback() && options.tls.is_none() && options.trusted_proxies.is_empty();
    let plain = is_plain.then(|| {
        warning(
            "plainListener",
            "Others can read and change what goes over the network: the service listens beyond this machine without \
             TLS. Give it --tls-cert and --tls-key, or put a proxy with TLS before it and name that with \
             --trusted-proxy.",
        )
    });
    let is_short = password.is_some_and(instance_password::is_too_short);
    let short = is_short.then(|| {
        warning(
            "shortPassword",
            "The instance password has fewer than 10 characters. Set a longer one with pbx-calendar set-password, \
             and at the App objects.",
        )
    });
    plain.into_iter().chain(short).collect()
}

/// The key of its sessions lies beside the other one, so that they outlive a restart.
fn try_out(data: &Path, address: SocketAddr, tls: bool) -> Result<TryOut> {
    let path = data.join("try-out.key");
    let key = keyfile::read(&path)?.map_or_else(|| keyfile::create(&path), Ok)?;
    Ok(TryOut::new(address, tls, key))
}

/// The sources that settings ask for, started over what is stored of them.
fn sources(service: &Arc<Service>, overrides: Overrides, timing: Timing) -> Result<Plan> {
    let service = Arc::clone(service);
    let sources = Sources::new(overrides, service.metrics.registry()).context("metrics")?;
    let sources = sources.with_keep(Arc::new(KeepInStore::new(&service)));
    let sources = Arc::new(sources.with_tasks(service.connections.clone()));
    // Nobody else sets them.
    let _ = service.desk.set(sources.desk());
    let _ = service.sources.set(Arc::clone(&sources));
    let appointments = Arc::new(Appointments::new(&service, Arc::clone(&sources)));
    service.connections.spawn(Arc::clone(&appointments).clean_up(service.stop.clone()));
    let _ = service.appointments.set(appointments);
    service.connections.spawn(Arc::clone(&service).follow_debugging(sources.debugging()));
    Ok(Box::new(move |settings, secrets| {
        let planned = sources.plan(settings, secrets).into_iter();
        planned.map(|planned| start_of(&service, planned, timing)).collect()
    }))
}

/// Starts a source over what is stored of it.
pub(crate) fn start_of(service: &Arc<Service>, planned: source::Planned, timing: Timing) -> Planned {
    let source::Planned { kind, name, backend } = planned;
    let metrics = &service.metrics.sync;
    let details = backend.as_ref().ok().map(|backend| {
        let backend = Arc::clone(backend);
        Box::new(move || backend.details()) as Show
    });
    let start = backend.map(|backend| {
        let options = source::Options {
            backend,
            name: name.clone(),
            calendars: service.configuration.store().calendars(),
            timing,
            rounds: metrics.rounds.clone(),
            panics: metrics.panics.clone(),
        };
        Box::new(move |feed| source::start(options, feed)) as Start
    });
    Planned { kind, name, start, details }
}

impl Running {
    /// Ends the service: takes no more connections, tells the open ones, and waits for nobody longer than a
    /// moment.
    pub async fn stop(self) {
        self.service.stop.cancel();
        self.service.connections.close();
        if timeout(STOP_TIMEOUT, self.service.connections.wait()).await.is_err() {
            info!(open = self.service.connections.len(), "connections are cut off");
        }
        if let Err(error) = self.server.await {
            error!(%error, "the server has failed");
        }
        let _ = timeout(STOP_TIMEOUT, self.service.configuration.store().close()).await;
        info!("stopped");
    }
}

/// Where a browser on this machine finds the service.
fn url(address: SocketAddr, tls: bool) -> String {
    let ip = match address.ip() {
        ip if !ip.is_unspecified() => ip,
        ip if ip.is_ipv4() => Ipv4Addr::LOCALHOST.into(),
        _ => Ipv6Addr::LOCALHOST.into(),
    };
    let scheme = if tls { "https" } else { "http" };
    format!("{scheme}://{}/", SocketAddr::new(ip, address.port()))
}

/// Makes an instance password if there is none.
async fn first_password(store: &Store) -> Result<Option<SecretString>> {
    if store.instance_password().await?.is_some() {
        return Ok(None);
    }
    let password = SecretString::from(Alphanumeric.sample_string(&mut rand::rng(), PASSWORD_LENGTH));
    let is_ours = store.set_first_instance_password(&password).await?;
    Ok(is_ours.then_some(password))
}
