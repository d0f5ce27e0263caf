//! Who logged in with an instance password that has changed since is to go, also when another process changed it.

use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use tokio::sync::{Notify, watch};
use tokio::time::sleep;
use tracing::{debug, info};

use crate::service::Service;

/// Another process says nothing of a new password, so the database is asked.
const LOOK_PAUSE: Duration = Duration::from_secs(2);

/// Shorter ones can be guessed.
pub(crate) const MIN_CHARS: usize = 10;

/// Longer ones may be given at the command line, not by a message.
pub(crate) const MAX_CHARS: usize = 128;

/// Whether a password can be guessed for its length.
pub(crate) fn is_too_short(password: &SecretString) -> bool {
    password.expose_secret().chars().count() < MIN_CHARS
}

/// Tells passwords apart without being one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fingerprint([u8; 32]);

/// The instance password as sessions depend on it.
pub(crate) struct InstancePassword {
    salt: [u8; 32],
    now: watch::Sender<Fingerprint>,
    look: Notify,
}

impl InstancePassword {
    pub fn new(password: &SecretString) -> Self {
        let salt = rand::random();
        Self { salt, now: watch::Sender::new(fingerprint(&salt, password)), look: Notify::new() }
    }

    /// Of a password that has just been found valid. If it is not the one known until now, everybody is looked at.
    pub fn valid(&self, password: &SecretString) -> Fingerprint {
        let valid = fingerprint(&self.salt, password);
        if valid != *self.now.borrow() {
            self.look();
        }
        valid
    }

    /// Looks at once.
    pub fn look(&self) {
        self.look.notify_one();
    }

    /// Tells of every change.
    pub fn watch(&self) -> watch::Receiver<Fingerprint> {
        self.now.subscribe()
    }
}

fn fingerprint(salt: &[u8; 32], password: &SecretString) -> Fingerprint {
    let hash = Sha256::new().chain_update(salt).chain_update(password.expose_secret());
    Fingerprint(hash.finalize().into())
}

impl Service {
    /// Looks for a new password until the service ends.
    pub async fn follow_password(self: Arc<Self>) {
        let InstancePassword { salt, now, look } = &self.password;
        loop {
            let is_asked = tokio::select! {
                () = self.stop.cancelled() => return,
                () = look.notified() => true,
                () = sleep(LOOK_PAUSE) => false,
            };
            match self.configuration.store().instance_password().await {
                Ok(Some(password)) => {
                    let found = fingerprint(salt, &password);
                    let changed = found != *now.borrow();
                    if changed {
                        info!("the instance password has changed; its sessions end");
                    }
                    // A session may have begun with an older one just now: whoever asked tells everybody.
                    if changed || is_asked {
                        now.send_replace(found);
                    }
                }
                Ok(None) => {}
                // Everybody else says so, too.
                Err(error) => debug!("{error:#}"),
            }
        }
    }
}
