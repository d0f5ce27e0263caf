//! Slows down whoever guesses passwords, and bounds how many guesses there are at all.
//!
//! Attempts of one source wait in a queue, one behind the other; each waits as long as the failures before it ask for.
//! So opening many connections gives no more guesses than one does.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::OwnedMutexGuard;
use tokio::time::{Instant, sleep, sleep_until};

use crate::client::network;

/// Delay after the first failure; it doubles with every further one.
const FIRST_DELAY: Duration = Duration::from_millis(250);
const MAX_DELAY: Duration = Duration::from_secs(5);
/// After this time without a failure everything is forgotten.
const FORGET_AFTER: Duration = Duration::from_mins(10);
/// Sources remembered at the same time; beyond that the one whose failure is longest ago is forgotten.
const MAX_SOURCES: usize = 4096;
/// Attempts of one source that may wait, the one that is being checked among them.
const MAX_WAITING: usize = 8;
/// Time between two checks, whoever asks: 100 in a second.
const CHECK_PAUSE: Duration = Duration::from_millis(10);

/// Where attempts come from, and for what: failures of one app do not slow down others.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Source {
    network: IpAddr,
    app: &'static str,
}

/// Lets attempts in one by one.
#[derive(Default)]
pub(crate) struct Throttle(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    failures: HashMap<Source, Failures>,
    queues: HashMap<IpAddr, Queue>,
    next_check: Option<Instant>,
}

struct Failures {
    count: u32,
    last: Instant,
}

#[derive(Default)]
struct Queue {
    waiting: usize,
    turn: Arc<tokio::sync::Mutex<()>>,
}

/// An attempt whose turn it is. The next one of its source waits until this is dropped.
#[must_use = "the next attempt waits until this is dropped"]
pub(crate) struct Attempt {
    waiting: Waiting,
    source: Source,
    _turn: OwnedMutexGuard<()>,
}

/// A place in the queue of a source.
struct Waiting {
    state: Arc<Mutex<State>>,
    network: IpAddr,
}

impl Throttle {
    /// Waits until it is this attempt's turn; `None` at once where too many of its source wait already. `app` is a
    /// name from a small set: with names of the guesser's choice every guess would be a first one.
    pub async fn attempt(&self, address: IpAddr, app: &'static str) -> Option<Attempt> {
        let source = Source { network: network(address), app };
        let (waiting, turn) = self.queue(source.network)?;
        let turn = turn.lock_owned().await;
        sleep(self.with(|state| state.delay(&source))).await;
        sleep_until(self.with(State::book_check)).await;
        Some(Attempt { waiting, source, _turn: turn })
    }

    fn queue(&self, network: IpAddr) -> Option<(Waiting, Arc<tokio::sync::Mutex<()>>)> {
        self.with(|state| {
            let queue = state.queues.entry(network).or_default();
            if queue.waiting >= MAX_WAITING {
                return None;
            }
            queue.waiting += 1;
            Some((Waiting { state: Arc::clone(&self.0), network }, Arc::clone(&queue.turn)))
        })
    }

    fn with<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        with(&self.0, work)
    }
}

impl Attempt {
    /// The password was wrong.
    pub fn failed(self) {
        with(&self.waiting.state, |state| state.failed(self.source.clone()));
    }

    /// It was right.
    pub fn succeeded(self) {
        with(&self.waiting.state, |state| state.failures.remove(&self.source));
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        with(&self.state, |state| {
            if let Some(queue) = state.queues.get_mut(&self.network) {
                queue.waiting -= 1;
                if queue.waiting == 0 {
                    state.queues.remove(&self.network);
                }
            }
        });
    }
}

impl State {
    /// How long the next attempt from there has to wait.
    fn delay(&self, source: &Source) -> Duration {
        match self.failures.get(source) {
            Some(failures) if failures.last.elapsed() < FORGET_AFTER => delay_after(failures.count),
            _ => Duration::ZERO,
        }
    }

    /// When the next check may take place, which nobody else gets then.
    fn book_check(&mut self) -> Instant {
        let now = Instant::now();
        let at = self.next_check.map_or(now, |next| next.max(now));
        self.next_check = Some(at + CHECK_PAUSE);
        at
    }

    fn failed(&mut self, source: Source) {
        if self.failures.len() >= MAX_SOURCES && !self.failures.contains_key(&source) {
            forget_oldest(&mut self.failures);
        }
        let now = Instant::now();
        let failures = self.failures.entry(source).or_insert(Failures { count: 0, last: now });
        let forgotten = failures.last.elapsed() >= FORGET_AFTER;
        *failures =
            Failures { count: if forgotten { 1 } else { failures.count.saturating_add(1) }, last: now };
    }
}

fn with<T>(state: &Mutex<State>, work: impl FnOnce(&mut State) -> T) -> T {
    // Nothing that holds the lock can leave it half changed.
    work(&mut state.lock().unwrap_or_else(PoisonError::into_inner))
}

fn delay_after(failures: u32) -> Duration {
    match failures.checked_sub(1) {
        None => Duration::ZERO,
        Some(doublings) => FIRST_DELAY.saturating_mul(2u32.saturating_pow(doublings)).min(MAX_DELAY),
    }
}

fn forget_oldest(sources: &mut HashMap<Source, Failures>) {
    let oldest = sources.iter().min_by_key(|(_, failures)| failures.last).map(|(source, _)| source.clone());
    if let Some(oldest) = oldest {
        sources.remove(&oldest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUESSER: &str = "192.0.2.1";

    fn source(address: &str, app: &'static str) -> Source {
        Source { network: network(address.parse().unwrap()), app }
    }

    async fn attempt(throttle: &Throttle, address: &str, app: &'static str) -> Option<Attempt> {
        throttle.attempt(address.parse().unwrap(), app).await
    }

    #[test]
    fn the_delay_doubles_up_to_five_seconds() {
        let mut state = State::default();
        let source = source(GUESSER, "-");
        let mut delays = Vec::new();
        for _ in 0..8 {
            delays.push(state.delay(&source).as_millis());
            state.failed(source.clone());
        }
        assert_eq!(delays, [0, 250, 500, 1000, 2000, 4000, 5000, 5000]);
        assert_eq!(delay_after(u32::MAX), MAX_DELAY);
    }

    #[tokio::test]
    async fn success_forgets_and_others_are_not_slowed_down() {
        let throttle = Throttle::default();
        attempt(&throttle, GUESSER, "-").await.unwrap().failed();
        let delay = |address, app| throttle.with(|state| state.delay(&source(address, app)));
        assert_eq!(delay(GUESSER, "-"), FIRST_DELAY);
        assert_eq!(delay("192.0.2.2", "-"), Duration::ZERO);
        assert_eq!(delay(GUESSER, "pbxcalendar-calendar"), Duration::ZERO);
        attempt(&throttle, GUESSER, "-").await.unwrap().succeeded();
        assert_eq!(delay(GUESSER, "-"), Duration::ZERO);
    }

    #[tokio::test]
    async fn hardening_02_the_ninth_of_a_source_is_refused_and_the_others_come_one_by_one() {
        let throttle = Arc::new(Throttle::default());
        let mut turn = attempt(&throttle, "2001:db8::1", "-").await.unwrap();
        let waiting: Vec<_> = (2..9)
            .map(|host| {
                let throttle = Arc::clone(&throttle);
                tokio::spawn(
                    async move { attempt(&throttle, &format!("2001:db8::{host}"), "-").await.unwrap() },
                )
            })
            .collect();
        tokio::task::yield_now().await;
        assert!(attempt(&throttle, "2001:db8::9", "x").await.is_none(), "whatever the app");
        assert!(attempt(&throttle, "2001:db8:0:1::9", "-").await.is_some(), "another network");
        for task in waiting {
            assert!(!task.is_finished(), "it has to wait for the one before it");
            drop(turn);
            turn = task.await.unwrap();
        }
        drop(turn);
        assert!(throttle.with(|state| state.queues.is_empty()));
    }

    #[tokio::test]
    async fn whoever_gives_up_leaves_the_queue() {
        let throttle = Throttle::default();
        let turn = attempt(&throttle, GUESSER, "-").await.unwrap();
        for _ in 0..20 {
            let waiting = attempt(&throttle, GUESSER, "-");
            assert!(tokio::time::timeout(Duration::ZERO, waiting).await.is_err());
        }
        drop(turn);
        assert!(attempt(&throttle, GUESSER, "-").await.is_some());
    }

    #[test]
    fn hardening_02_all_together_have_a_hundred_checks_in_a_second() {
        let mut state = State::default();
        let first = state.book_check();
        let last = (0..200).map(|_| state.book_check()).last().unwrap();
        assert!(last - first >= Duration::from_secs(2));
    }

    #[test]
    fn memory_is_bounded() {
        let mut state = State::default();
        for number in 0..5000u32 {
            let network = std::net::Ipv4Addr::from_bits(number).into();
            state.failed(Source { network, app: "-" });
        }
        assert_eq!(state.failures.len(), MAX_SOURCES);
    }
}
