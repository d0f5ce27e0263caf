//! The connected PBXs. The websocket of each one is served elsewhere; here is what others need of it: who it is,
//! a way to write to it, and its messages for whoever listens.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use appwebsocket::PbxInfo;
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

use crate::socket::Outbox;

/// The connected PBXs.
#[derive(Default)]
pub(crate) struct Connections {
    all: Mutex<All>,
    /// Changes with every PBX that comes or goes.
    changed: watch::Sender<()>,
}

#[derive(Default)]
struct All {
    last: u64,
    connected: BTreeMap<u64, Arc<Peer>>,
}

/// A connected PBX.
pub(crate) struct Peer {
    /// Grows from connection to connection.
    pub id: u64,
    pub info: PbxInfo,
    outbox: Outbox,
    /// Cancelled to end the connection.
    closing: CancellationToken,
    listener: Mutex<Option<mpsc::Sender<Heard>>>,
}

/// A message from a PBX.
pub(crate) struct Heard {
    /// Which connection it came over.
    pub id: u64,
    /// The whole message.
    pub text: String,
}

/// A connected PBX as its websocket holds it. When it is dropped, the PBX is no longer connected.
#[must_use = "the PBX counts as connected until this is dropped"]
pub(crate) struct Guard {
    connections: Arc<Connections>,
    peer: Arc<Peer>,
}

impl Connections {
    /// Notes a PBX until the guard is dropped.
    pub fn connect(self: &Arc<Self>, info: PbxInfo, outbox: Outbox) -> Guard {
        let mut all = self.lock();
        all.last += 1;
        let peer = Arc::new(Peer {
            id: all.last,
            info,
            outbox,
            closing: CancellationToken::new(),
            listener: Mutex::default(),
        });
        all.connected.insert(peer.id, Arc::clone(&peer));
        drop(all);
        self.changed.send_replace(());
        Guard { connections: Arc::clone(self), peer }
    }

    /// All of them, the newest last.
    pub fn all(&self) -> Vec<Arc<Peer>> {
        self.lock().connected.values().map(Arc::clone).collect()
    }

    pub fn count(&self) -> usize {
        self.lock().connected.len()
    }

    /// Tells when a PBX comes or goes.
    pub fn watch(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }

    fn lock(&self) -> MutexGuard<'_, All> {
        // Nothing that holds the lock can leave the map half changed.
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Peer {
    /// From now on messages of the PBX go there, and no longer to whom they went before.
    pub fn listen(&self, listener: mpsc::Sender<Heard>) {
        *self.listener() = Some(listener);
    }

    /// Nobody listens any more: what the PBX says is ignored.
    pub fn ignore(&self) {
        *self.listener() = None;
    }

    /// Sends a message.
    pub fn send(&self, text: String) {
        self.outbox.send(text);
    }

    /// Ends the connection. The PBX opens a new one by itself.
    pub fn close(&self) {
        self.closing.cancel();
    }

    fn listener(&self) -> MutexGuard<'_, Option<mpsc::Sender<Heard>>> {
        self.listener.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Guard {
    /// Hands a message to whoever listens, and waits until it is taken: a PBX that says more than can be dealt
    /// with is not read for so long.
    pub async fn hear(&self, text: &str) {
        let listener = self.peer.listener().clone();
        if let Some(listener) = listener {
            // Fails where the listener has just gone.
            let _ = listener.send(Heard { id: self.peer.id, text: text.to_owned() }).await;
        }
    }

    /// Cancelled when the connection is to end.
    pub fn closing(&self) -> CancellationToken {
        self.peer.closing.clone()
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.connections.lock().connected.remove(&self.peer.id);
        self.connections.changed.send_replace(());
    }
}

/// Whether this is the PBX of that name. [I] Whether letter case counts at a real PBX is unknown.
pub(crate) fn is_named(pbx: &PbxInfo, name: &str) -> bool {
    !name.is_empty() && pbx.pbx.to_lowercase() == name.to_lowercase()
}
