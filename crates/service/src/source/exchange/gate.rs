//! A refused password is not repeated: directories lock accounts after a few attempts, and this account reads the
//! calendars of everybody. All connections of a source share one gate.

use std::time::Duration;

use tokio::sync::{Mutex, MutexGuard};
use tokio::time::Instant;

use super::trouble::Trouble;
use crate::source::Advice;

/// Until a refused password is tried again. Somebody may have unlocked the account, or set it right.
const REFUSAL_LASTS: Duration = Duration::from_mins(30);
/// A password that was taken a moment ago may be used by many at once; later one tries it alone before the others.
const TRUST_LASTS: Duration = Duration::from_secs(10);

/// Lets logins pass.
pub struct Gate {
    state: Mutex<State>,
    trust_lasts: Duration,
    refusal_lasts: Duration,
}

#[derive(Default)]
enum State {
    #[default]
    Unknown,
    Taken(Instant),
    Refused(Instant, Advice),
}

/// The permission to log in.
pub enum Turn<'a> {
    /// Beside others.
    Together,
    /// Nobody else does until this ends.
    Alone(Alone<'a>),
}

/// What only one has at a time.
pub struct Alone<'a>(MutexGuard<'a, State>);

impl Default for Gate {
    fn default() -> Self {
        Self { state: Mutex::default(), trust_lasts: TRUST_LASTS, refusal_lasts: REFUSAL_LASTS }
    }
}

impl Gate {
    /// Asks to be let through.
    pub async fn enter(&self) -> Result<Turn<'_>, Trouble> {
        let state = self.state.lock().await;
        match &*state {
            State::Taken(at) if at.elapsed() < self.trust_lasts => Ok(Turn::Together),
            _ => self.alone(state).map(Turn::Alone),
        }
    }

    /// Asks to be alone, after a refusal.
    pub async fn enter_alone(&self) -> Result<Alone<'_>, Trouble> {
        self.alone(self.state.lock().await)
    }

    /// Settings have changed, or somebody wants it.
    pub async fn forget(&self) {
        *self.state.lock().await = State::Unknown;
    }

    fn alone<'a>(&self, state: MutexGuard<'a, State>) -> Result<Alone<'a>, Trouble> {
        match &*state {
            State::Refused(at, advice) if at.elapsed() < self.refusal_lasts => {
                Err(Trouble::NoAccess(advice.clone()))
            }
            _ => Ok(Alone(state)),
        }
    }
}

impl Alone<'_> {
    /// The password was taken.
    pub fn taken(mut self) {
        *self.0 = State::Taken(Instant::now());
    }

    /// It was refused twice.
    pub fn refused(mut self, advice: Advice) -> Trouble {
        *self.0 = State::Refused(Instant::now(), advice.clone());
        Trouble::NoAccess(advice)
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    const LONG: Duration = Duration::from_hours(1);

    fn gate(trust_lasts: Duration, refusal_lasts: Duration) -> Gate {
        Gate { state: Mutex::default(), trust_lasts, refusal_lasts }
    }

    fn advice() -> Advice {
        Advice::new("loginRefused", "no")
    }

    async fn alone(gate: &Gate) -> Alone<'_> {
        match gate.enter().await {
            Ok(Turn::Alone(alone)) => alone,
            _ => panic!("not alone"),
        }
    }

    #[tokio::test]
    async fn after_a_refusal_nobody_passes_until_it_is_forgotten() {
        let gate = gate(LONG, LONG);
        alone(&gate).await.refused(advice());
        assert!(matches!(gate.enter().await, Err(Trouble::NoAccess(told)) if told == advice()));
        assert!(gate.enter_alone().await.is_err());
        gate.forget().await;
        alone(&gate).await.taken();
    }

    #[tokio::test]
    async fn a_refusal_does_not_last_for_ever() {
        let gate = gate(LONG, Duration::ZERO);
        alone(&gate).await.refused(advice());
        alone(&gate).await.taken();
    }

    #[tokio::test]
    async fn the_first_one_goes_alone_and_others_follow() {
        let gate = gate(LONG, LONG);
        let first = alone(&gate).await;
        let second = gate.enter();
        tokio::pin!(second);
        assert!((&mut second).now_or_never().is_none(), "waits");
        first.taken();
        assert!(matches!(second.await, Ok(Turn::Together)));
    }

    #[tokio::test]
    async fn much_later_the_first_one_goes_alone_again() {
        let gate = gate(Duration::ZERO, LONG);
        alone(&gate).await.taken();
        alone(&gate).await.taken();
    }
}
