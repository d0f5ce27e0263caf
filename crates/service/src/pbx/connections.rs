//! The connected PBXs. The websocket of each one is served elsewhere; here is what others need of it: who it is,
//! a way to write to it, and its messages for whoever listens.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use appwebsocket::PbxInfo;
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::cut::cut;
use crate::session::Outbox;

/// A PBX that gives no sign of life for so long, though it is asked for one three times a minute, is no longer there.
const SILENCE: Duration = Duration::from_mins(1);
/// One that has just said something need not be asked whether it is there.
const RECENTLY: Duration = Duration::from_secs(5);

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
    /// Where it connects from.
    pub address: IpAddr,
    heard_at: Mutex<Instant>,
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
    pub fn connect(self: &Arc<Self>, mut info: PbxInfo, address: IpAddr, outbox: Outbox) -> Guard {
        for text in [&mut info.pbx, &mut info.domain, &mut info.pbx_dns] {
            cut(text);
        }
        info.version.as_mut().map(cut);
        info.build.as_mut().map(cut);
        let mut all = self.lock();
        // If one of the same name has gone without a word, asking it brings that to light.
        let now = Instant::now();
        all.connected
            .values()
            .filter(|peer| is_named(&peer.info, &info.pbx) && peer.has_been_silent_for(RECENTLY, now))
            .for_each(|peer| peer.outbox.ping());
        all.last += 1;
        let peer = Arc::new(Peer {
            id: all.last,
            info,
            address,
            heard_at: Mutex::new(Instant::now()),
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

    /// Whether it has given no sign of life for long.
    pub fn is_silent(&self, now: Instant) -> bool {
        self.has_been_silent_for(SILENCE, now)
    }

    fn has_been_silent_for(&self, time: Duration, now: Instant) -> bool {
        now.saturating_duration_since(*self.heard_at()) >= time
    }

    /// Ends the connection. The PBX opens a new one by itself.
    pub fn close(&self) {
        self.closing.cancel();
    }

    fn heard_at(&self) -> MutexGuard<'_, Instant> {
        self.heard_at.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// The PBX has given a sign of life.
    pub fn heard(&self) {
        *self.peer.heard_at() = Instant::now();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn info(name: &str) -> PbxInfo {
        PbxInfo { pbx: name.to_owned(), ..PbxInfo::default() }
    }

    #[tokio::test]
    async fn hardening_01_who_says_nothing_for_a_minute_is_silent() {
        let connections = Arc::<Connections>::default();
        let address = IpAddr::from([192, 0, 2, 1]);
        let guard = connections.connect(info("master"), address, Outbox::to_nobody());
        let peer = &connections.all()[0];
        let begin = Instant::now();
        assert!(!peer.is_silent(begin + Duration::from_secs(59)));
        assert!(peer.is_silent(begin + Duration::from_mins(1)));
        *peer.heard_at() = begin.checked_sub(Duration::from_secs(61)).unwrap();
        assert!(peer.is_silent(begin));
        guard.heard();
        assert!(!peer.is_silent(begin));
    }

    #[tokio::test]
    async fn hardening_01_a_second_one_of_the_name_has_the_first_asked_for_a_sign_of_life() {
        let connections = Arc::<Connections>::default();
        let address = IpAddr::from([192, 0, 2, 1]);
        let (outbox, mut frames) = Outbox::new(usize::MAX);
        let first = connections.connect(info("master"), address, outbox);
        let _early = connections.connect(info("master"), address, Outbox::to_nobody());
        assert!(frames.try_next().is_none(), "it has just spoken");
        *first.peer.heard_at() = Instant::now().checked_sub(RECENTLY).unwrap();
        let _other = connections.connect(info("slave"), address, Outbox::to_nobody());
        let _second = connections.connect(info("MASTER"), address, Outbox::to_nobody());
        assert_eq!(frames.next().await, Some(crate::session::Frame::Ping));
        drop((first, connections));
    }

    #[test]
    fn hardening_15_names_are_cut() {
        let connections = Arc::<Connections>::default();
        let long = PbxInfo { version: Some("9".repeat(300)), ..info(&"ü".repeat(300)) };
        let _guard = connections.connect(long, IpAddr::from([192, 0, 2, 1]), Outbox::to_nobody());
        let peer = &connections.all()[0];
        assert_eq!(peer.info.pbx, "ü".repeat(255));
        assert_eq!(peer.info.version.as_ref().unwrap().len(), 255);
    }
}
