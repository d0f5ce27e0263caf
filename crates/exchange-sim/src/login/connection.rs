//! What the stand-in knows of a TCP connection, or of a tunnel through the proxy.

use parking_lot::Mutex;

use super::ntlm::Challenge;

/// One connection: NTLM authenticates it and no other.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) tls: Option<Tls>,
    /// The host that stands behind `localhost` at this port.
    pub(crate) local_host: String,
    state: Mutex<State>,
}

/// What TLS told.
#[derive(Debug, Clone)]
pub(crate) struct Tls {
    /// The channel bindings of the certificate that was served.
    pub(crate) binding: Option<[u8; 16]>,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Unknown,
    Challenged(Box<Challenge>),
    Authenticated(String),
}

impl Connection {
    pub(crate) fn new(tls: Option<Tls>, local_host: &str) -> Self {
        Self { tls, local_host: local_host.to_owned(), state: Mutex::default() }
    }

    /// The account that the connection belongs to.
    pub(super) fn user(&self) -> Option<String> {
        match &*self.state.lock() {
            State::Authenticated(user) => Some(user.clone()),
            _ => None,
        }
    }

    pub(super) fn challenged(&self, challenge: Challenge) {
        *self.state.lock() = State::Challenged(Box::new(challenge));
    }

    pub(super) fn authenticated(&self, user: String) {
        *self.state.lock() = State::Authenticated(user);
    }

    /// The challenge that waits for an answer; it waits for one alone.
    pub(super) fn take_challenge(&self) -> Option<Box<Challenge>> {
        let mut state = self.state.lock();
        match std::mem::take(&mut *state) {
            State::Challenged(challenge) => Some(challenge),
            other => {
                *state = other;
                None
            }
        }
    }

    pub(crate) fn forget(&self) {
        *self.state.lock() = State::Unknown;
    }
}
