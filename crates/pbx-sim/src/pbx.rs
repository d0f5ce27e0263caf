use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio_util::task::AbortOnDropHandle;

use crate::link;
use crate::options::Options;
use crate::state::State;
use crate::violation::{Rule, Violation};

/// How the PBX reads what the service sends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// As fast as it comes.
    #[default]
    Prompt,
    /// One message, then a pause.
    Slow(Duration),
    /// Not at all; the connection stays.
    Stopped,
}

/// A running PBX. Clones are handles of the same one; it disappears with the last of them.
#[derive(Clone)]
pub struct Pbx {
    pub(crate) shared: Arc<Shared>,
    _link: Arc<AbortOnDropHandle<()>>,
}

pub(crate) struct Shared {
    pub options: Options,
    state: Mutex<State>,
    /// Told of every change of the state.
    pub changes: watch::Sender<()>,
    pub reading: watch::Sender<Reading>,
    pub plugged: watch::Sender<bool>,
}

impl fmt::Debug for Pbx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pbx").field(self.options()).finish()
    }
}

impl Pbx {
    /// Starts a PBX that connects to the App object's URL and keeps trying. Needs a tokio runtime.
    pub fn start(options: Options) -> Self {
        let shared = Arc::new(Shared {
            options,
            state: Mutex::default(),
            changes: watch::Sender::new(()),
            reading: watch::Sender::new(Reading::Prompt),
            plugged: watch::Sender::new(true),
        });
        let link = tokio::spawn(link::run(shared.clone()));
        Self { shared, _link: Arc::new(AbortOnDropHandle::new(link)) }
    }

    /// What it was started with.
    pub fn options(&self) -> &Options {
        &self.shared.options
    }
}

impl Shared {
    /// To read the state.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        // A test that panicked elsewhere leaves a state that is still whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// To change the state; whoever waits for a change looks again.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let result = change(&mut self.lock());
        self.changes.send_replace(());
        result
    }

    pub(crate) fn report(&self, rule: Rule, detail: impl Into<String>) {
        let violation = Violation::new(rule, detail);
        self.change(|state| state.violations.push(violation));
    }
}
