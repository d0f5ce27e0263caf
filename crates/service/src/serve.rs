//! How the service starts and ends.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use ipnet::IpNet;
use rand::distr::{Alphanumeric, SampleString};
use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{error, info};
use url::Url;

use crate::configuration::Configuration;
use crate::database_url::DatabaseUrl;
use crate::http::{self, OwnOrigin};
use crate::metrics::Metrics;
use crate::server;
use crate::service::{Limits, Service};
use crate::status::StatusBoard;
use crate::store::Store;
use crate::throttle::Throttle;
use crate::tls::{self, TlsFiles};

/// Connections get so long to end by themselves. With what closing the database takes it stays well below the 5 s
/// that the service has.
const STOP_TIMEOUT: Duration = Duration::from_secs(2);
/// Length of an instance password made by the service.
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
    /// Folder of the built files.
    pub files: PathBuf,
    /// Address under which others reach the service.
    pub public_url: Option<Url>,
    /// Certificate and key; without them connections are plain.
    pub tls: Option<TlsFiles>,
    /// Networks of the proxies whose word counts.
    pub trusted_proxies: Vec<IpNet>,
    /// Whether the try-out page logs in by itself.
    pub try_out: bool,
    /// Limits of websockets.
    pub limits: Limits,
}

/// A service that is ready.
pub struct Running {
    /// Its address, with a slash at the end.
    pub url: String,
    /// The instance password, if there was none and one has been made.
    pub new_password: Option<SecretString>,
    service: Arc<Service>,
    server: tokio::task::JoinHandle<()>,
}

/// Starts the service. When this returns, it is ready.
pub async fn start(options: Options) -> Result<Running> {
    if options.try_out && !options.listen.ip().is_loopback() {
        bail!(
            "--try-out needs --listen with a loopback address such as 127.0.0.1, not {}",
            options.listen.ip()
        );
    }
    let tls = options.tls.as_ref().map(tls::acceptor).transpose()?;
    let listener = TcpListener::bind(options.listen).await.with_context(|| {
        format!("cannot listen on {}; choose another address or port with --listen", options.listen)
    })?;
    let address = listener.local_addr().context("cannot listen")?;
    let url = url(address, tls.is_some());

    let store = Store::open(&options.data, options.database.as_ref()).await?;
    let new_password = first_password(&store).await?;
    let public_url = options.public_url.map(|url| url.as_str().trim_end_matches('/').to_owned());
    let redirect_uri = format!("{}/sign-in", public_url.as_deref().unwrap_or(url.trim_end_matches('/')));
    let configuration = Configuration::open(store, redirect_uri).await?;
    let status = StatusBoard::new(&configuration.watch().borrow().settings, public_url);
    let service = Arc::new(Service {
        configuration,
        status,
        metrics: Metrics::new().context("metrics")?,
        throttle: Throttle::default(),
        files: options.files,
        trusted_proxies: options.trusted_proxies,
        try_out: options.try_out.then(|| OwnOrigin::new(address, tls.is_some())),
        limits: options.limits,
        stop: CancellationToken::new(),
        connections: TaskTracker::new(),
    });
    service.connections.spawn(Arc::clone(&service).follow_settings());
    let router = http::router(Arc::clone(&service));
    let server = tokio::spawn(server::run(listener, tls, router, Arc::clone(&service)));
    info!(%url, files = %service.files.display(), "ready");
    Ok(Running { url, new_password, service, server })
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
