//! Slows down whoever guesses passwords.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Delay after the first failure; it doubles with every further one.
const FIRST_DELAY: Duration = Duration::from_millis(250);
const MAX_DELAY: Duration = Duration::from_secs(5);
/// After this time without a failure everything is forgotten.
const FORGET_AFTER: Duration = Duration::from_mins(10);
/// Sources remembered at the same time; beyond that the one whose failure is longest ago is forgotten.
const MAX_SOURCES: usize = 4096;

/// Where attempts come from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Source {
    address: IpAddr,
    app: &'static str,
}

impl Source {
    /// `app` is a name from a small set: with names of the guesser's choice every guess would be a first one. Of
    /// an IPv6 address the network counts, because a host there has as many addresses as it likes.
    pub fn new(address: IpAddr, app: &'static str) -> Self {
        let address = match address {
            IpAddr::V4(_) => address,
            IpAddr::V6(host) => Ipv6Addr::from_bits(host.to_bits() & !u128::from(u64::MAX)).into(),
        };
        Self { address, app }
    }
}

/// Remembers failures.
#[derive(Default)]
pub(crate) struct Throttle(Mutex<HashMap<Source, Failures>>);

struct Failures {
    count: u32,
    last: Instant,
}

impl Throttle {
    /// How long the next attempt from there has to wait.
    pub fn delay(&self, source: &Source) -> Duration {
        self.with(|sources| match sources.get(source) {
            Some(failures) if failures.last.elapsed() < FORGET_AFTER => delay_after(failures.count),
            _ => Duration::ZERO,
        })
    }

    pub fn failed(&self, source: Source) {
        self.with(|sources| {
            if sources.len() >= MAX_SOURCES && !sources.contains_key(&source) {
                forget_oldest(sources);
            }
            let now = Instant::now();
            let failures = sources.entry(source).or_insert(Failures { count: 0, last: now });
            let forgotten = failures.last.elapsed() >= FORGET_AFTER;
            *failures =
                Failures { count: if forgotten { 1 } else { failures.count.saturating_add(1) }, last: now };
        });
    }

    pub fn succeeded(&self, source: &Source) {
        self.with(|sources| sources.remove(source));
    }

    fn with<T>(&self, work: impl FnOnce(&mut HashMap<Source, Failures>) -> T) -> T {
        // Nothing that holds the lock can leave the map half changed.
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
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

    fn source(address: &str, app: &'static str) -> Source {
        Source::new(address.parse().unwrap(), app)
    }

    #[test]
    fn the_delay_doubles_up_to_five_seconds() {
        let throttle = Throttle::default();
        let source = source("192.0.2.1", "-");
        let mut delays = Vec::new();
        for _ in 0..8 {
            delays.push(throttle.delay(&source).as_millis());
            throttle.failed(source.clone());
        }
        assert_eq!(delays, [0, 250, 500, 1000, 2000, 4000, 5000, 5000]);
        assert_eq!(delay_after(u32::MAX), MAX_DELAY);
    }

    #[test]
    fn success_forgets_and_others_are_not_slowed_down() {
        let throttle = Throttle::default();
        let guesser = source("192.0.2.1", "-");
        throttle.failed(guesser.clone());
        assert_eq!(throttle.delay(&source("192.0.2.2", "-")), Duration::ZERO);
        assert_eq!(throttle.delay(&source("192.0.2.1", "pbxcalendar-calendar")), Duration::ZERO);
        throttle.succeeded(&guesser);
        assert_eq!(throttle.delay(&guesser), Duration::ZERO);
    }

    #[test]
    fn of_ipv6_the_network_counts() {
        assert_eq!(source("2001:db8:1:2::3", "-"), source("2001:db8:1:2:ffff::9", "-"));
        assert_ne!(source("2001:db8:1:2::3", "-"), source("2001:db8:1:3::3", "-"));
    }

    #[test]
    fn memory_is_bounded() {
        let throttle = Throttle::default();
        for number in 0..5000u32 {
            throttle.failed(Source::new(std::net::Ipv4Addr::from_bits(number).into(), "-"));
        }
        assert_eq!(throttle.with(|sources| sources.len()), MAX_SOURCES);
    }
}
