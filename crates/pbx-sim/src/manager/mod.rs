//! The PBX as the PBX Manager page meets it: App objects and templates through `PbxAdminApi`, and the instance
//! passwords that the App Platform keeps, through `com.innovaphone.manager`.
//!
//! Both are reached over one AppWebsocket. On a real system the second goes through the myApps client to the
//! App Platform; its messages are the same.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use pbx_sim::manager::{Manager, ManagerOptions};
//!
//! let manager = Manager::start(ManagerOptions::default()).await?;
//! manager.add_template("Config User", "users,phone");
//! manager.add_instance("example.com/calendar", "password of the instance");
//! println!("{}", manager.url());
//! # Ok(())
//! # }
//! ```

mod app_login;
mod app_objects;
mod config_objects;
mod get_object;
mod instance;
mod objects;
mod server;
mod update_object;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_util::task::AbortOnDropHandle;

pub use objects::Object;

use crate::message::Message;
use crate::violation::{Rule, Violation};
use objects::Store;

/// Where API users find a PBX.
const PATH: &str = "/PBX0/APPS/websocket";

/// What the stand-in is configured with.
#[derive(Clone)]
pub struct ManagerOptions {
    /// Address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Domain of the PBX.
    pub domain: String,
    /// Name of the App object through which the PBX Manager works.
    pub app: String,
    /// Its password.
    pub password: String,
    /// Whether `GetInstanceLoginResult` carries the session key. Published plugins need it; the published
    /// page does not name it.
    pub session_key: bool,
}

impl Default for ManagerOptions {
    /// `pbxmanager` with the password `pwd` in `example.com`, on a free port of the loopback address.
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            domain: "example.com".into(),
            app: "pbxmanager".into(),
            password: "pwd".into(),
            session_key: true,
        }
    }
}

/// A running stand-in. Clones are handles of the same one; it ends with the last of them.
#[derive(Clone)]
pub struct Manager {
    shared: Arc<Shared>,
    address: SocketAddr,
    _server: Arc<AbortOnDropHandle<()>>,
}

struct Shared {
    options: ManagerOptions,
    store: Mutex<Store>,
    changes: watch::Sender<()>,
}

/// Passwords stay out of logs.
impl fmt::Debug for Manager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Manager").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Store> {
        // A test that panicked elsewhere leaves a store that is still whole.
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change<T>(&self, change: impl FnOnce(&mut Store) -> T) -> T {
        let result = change(&mut self.lock());
        self.changes.send_replace(());
        result
    }
}

impl Manager {
    /// Listens. Needs a tokio runtime.
    pub async fn start(options: ManagerOptions) -> io::Result<Self> {
        let listener = TcpListener::bind(options.listen).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared { options, store: Mutex::default(), changes: watch::Sender::new(()) });
        let server = tokio::spawn(server::run(listener, shared.clone()));
        Ok(Self { shared, address, _server: Arc::new(AbortOnDropHandle::new(server)) })
    }

    /// Address of the AppWebsocket.
    pub fn url(&self) -> String {
        format!("ws://{}{PATH}", self.address)
    }

    /// Answers a message as it answers somebody who is logged in, without a connection. Where a connection would
    /// get no answer or be closed, there is none.
    pub fn answer(&self, message: &Value) -> Option<Value> {
        match Message::read(&message.to_string()) {
            Ok(message) => self.shared.dispatch(&message),
            Err(problem) => {
                self.shared.change(|store| store.violations.push(Violation::new(Rule::Frame, problem)));
                None
            }
        }
    }

    /// Adds a config template that offers these apps, separated by commas.
    pub fn add_template(&self, cn: &str, apps: &str) {
        self.add(json!({ "cn": cn, "h323": cn, "apps": apps, "pseudo": { "type": "config" } }), "");
    }

    /// Adds a user, which is an object without type.
    pub fn add_user(&self, h323: &str, password: &str) {
        self.add(json!({ "cn": h323, "h323": h323 }), password);
    }

    /// Adds an App object.
    pub fn add_app(&self, cn: &str, h323: &str, url: &str, password: &str) {
        let pseudo = json!({ "type": "app", "app": { "url": url } });
        self.add(json!({ "cn": cn, "h323": h323, "pseudo": pseudo }), password);
    }

    fn add(&self, properties: Value, password: &str) {
        let Value::Object(properties) = properties else { return };
        self.shared.change(|store| store.insert(properties, password.into()));
    }

    /// An object by `h323` or `cn`.
    pub fn object(&self, name: &str) -> Option<Object> {
        self.shared.lock().named(name).cloned()
    }

    /// All objects, in the order in which they were made.
    pub fn objects(&self) -> Vec<Object> {
        self.shared.lock().objects.values().cloned().collect()
    }

    /// Number of objects.
    pub fn object_count(&self) -> usize {
        self.shared.lock().objects.len()
    }

    /// Whether the App object has a connection to its service: the PBX Manager shows it.
    pub fn set_connected(&self, h323: &str, connected: bool) {
        self.shared.change(|store| {
            if connected {
                store.connected.insert(h323.into());
            } else {
                store.connected.remove(h323);
            }
        });
    }

    /// Tells the App Platform of an instance: its path, without a slash before it, and its password.
    pub fn add_instance(&self, path: &str, password: &str) {
        self.shared.change(|store| store.instances.insert(path.into(), password.into()));
    }

    /// Password of an instance.
    pub fn instance_password(&self, path: &str) -> Option<String> {
        self.shared.lock().instances.get(path).cloned()
    }

    /// The next message of this name gets an error and has no effect.
    pub fn fail_next(&self, mt: &str) {
        self.shared.change(|store| store.failing.push(mt.into()));
    }

    /// The messages that were refused.
    pub fn violations(&self) -> Vec<Violation> {
        self.shared.lock().violations.clone()
    }

    /// Looks after every change until it finds what it seeks. Waits for ever: wrap it in `tokio::time::timeout`.
    pub async fn until<T>(&self, mut find: impl FnMut(&Self) -> Option<T>) -> T {
        let mut changes = self.shared.changes.subscribe();
        loop {
            if let Some(found) = find(self) {
                return found;
            }
            // The sender lives as long as this handle.
            let _ = changes.changed().await;
        }
    }
}
