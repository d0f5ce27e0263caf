//! How many clients that have not logged in are served at the same time. Everybody counts from the moment the
//! connection is accepted until it ends or has logged in.
//!
//! Where all places are taken, whoever has been silent longest makes room: somebody who has come to log in does so
//! at once, so that a crowd of silent strangers keeps nobody out.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ipnet::IpNet;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;

use crate::client::{is_in, network};

/// So many in all.
const MAX_PLACES: usize = 2000;
/// So many of one address; of this machine and of trusted proxies as many as there are.
const MAX_OF_ADDRESS: usize = 64;
/// Of the descriptors that the system grants, so many are for PBXs, managers, the database and calendar servers, …
const KEPT_DESCRIPTORS: usize = 64;
/// … and so many for the process itself: files, its listener, what the runtime needs.
const OWN_DESCRIPTORS: usize = 32;
/// What somebody has to say before the login fits into so many bytes. Longer messages are read as well, …
const SHORT_MESSAGE: usize = 8 * 1024;
/// … but only so many at the same time: an incomplete one has to be kept.
const MAX_LONG_MESSAGES: usize = 64;
/// However few descriptors there are, some must be able to come in.
const MIN_PLACES: usize = 8;

/// The places.
pub(crate) struct Places {
    taken: Mutex<Taken>,
    /// Networks to which the limit for one address does not apply.
    trusted: Vec<IpNet>,
    descriptors: usize,
    long_messages: Arc<Semaphore>,
}

#[derive(Default)]
struct Taken {
    /// Grows with every sign of life, so that the smallest is that of the one who has been silent longest.
    last: u64,
    strangers: BTreeMap<u64, Stranger>,
    of_address: HashMap<IpAddr, usize>,
    /// Connections that have logged in.
    logged_in: usize,
}

struct Stranger {
    network: IpAddr,
    evicted: CancellationToken,
}

/// The place of one connection. It is free again when this is dropped, or its client has logged in.
pub(crate) struct Place {
    places: Arc<Places>,
    held: Mutex<Held>,
    evicted: CancellationToken,
    has_logged_in: AtomicBool,
    /// Bytes read of a message that is not complete yet.
    incomplete: AtomicUsize,
    long_message: Mutex<Option<OwnedSemaphorePermit>>,
}

#[derive(Clone, Copy)]
enum Held {
    /// Under this number among the strangers.
    Stranger(u64),
    LoggedIn,
}

impl Places {
    /// `descriptors` is how many the system grants to this process.
    pub fn new(trusted: Vec<IpNet>, descriptors: usize) -> Arc<Self> {
        let long_messages = Arc::new(Semaphore::new(MAX_LONG_MESSAGES));
        Arc::new(Self { taken: Mutex::default(), trusted, descriptors, long_messages })
    }

    /// A place for somebody from there, unless that address has all that it may have.
    pub fn take(self: &Arc<Self>, address: IpAddr) -> Option<Arc<Place>> {
        let network = network(address);
        let mut taken = self.lock();
        if !self.has_room(&taken, network) {
            return None;
        }
        while taken.strangers.len() >= self.limit(&taken) && taken.evict() {}
        let evicted = CancellationToken::new();
        let number = taken.add(Stranger { network, evicted: evicted.clone() });
        drop(taken);
        Some(Arc::new(Place {
            places: Arc::clone(self),
            held: Mutex::new(Held::Stranger(number)),
            evicted,
            has_logged_in: AtomicBool::new(false),
            incomplete: AtomicUsize::new(0),
            long_message: Mutex::default(),
        }))
    }

    /// Sends away whoever has been silent longest: the system has no more descriptors.
    pub fn make_room(&self) {
        self.lock().evict();
    }

    fn limit(&self, taken: &Taken) -> usize {
        let left = self.descriptors.saturating_sub(KEPT_DESCRIPTORS + OWN_DESCRIPTORS + taken.logged_in);
        left.clamp(MIN_PLACES, MAX_PLACES)
    }

    fn has_room(&self, taken: &Taken, network: IpAddr) -> bool {
        network.is_loopback()
            || is_in(network, &self.trusted)
            || taken.of_address.get(&network).is_none_or(|count| *count < MAX_OF_ADDRESS)
    }

    fn lock(&self) -> MutexGuard<'_, Taken> {
        // Nothing that holds the lock can leave it half changed.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    fn add(&mut self, stranger: Stranger) -> u64 {
        self.last += 1;
        *self.of_address.entry(stranger.network).or_default() += 1;
        self.strangers.insert(self.last, stranger);
        self.last
    }

    fn remove(&mut self, number: u64) -> Option<Stranger> {
        let stranger = self.strangers.remove(&number)?;
        if let Some(count) = self.of_address.get_mut(&stranger.network) {
            *count -= 1;
            if *count == 0 {
                self.of_address.remove(&stranger.network);
            }
        }
        Some(stranger)
    }

    /// Whether there was somebody to send away.
    fn evict(&mut self) -> bool {
        let silent = self.strangers.first_key_value().map(|(number, _)| *number);
        let stranger = silent.and_then(|number| self.remove(number));
        if let Some(stranger) = &stranger {
            stranger.evicted.cancel();
        }
        stranger.is_some()
    }
}

impl Place {
    /// The client has said something.
    pub fn seen(&self) {
        self.change(|taken, stranger| Some(taken.add(stranger)));
    }

    /// Behind a proxy: the place is that of the client, who may have come from an address that has no more.
    pub fn belongs_to(&self, address: IpAddr) -> bool {
        let network = network(address);
        let mut has_room = true;
        self.change(|taken, stranger| {
            has_room = stranger.network == network || self.places.has_room(taken, network);
            Some(taken.add(if has_room { Stranger { network, ..stranger } } else { stranger }))
        });
        has_room
    }

    /// So many bytes of a message have been read. Where too many strangers are in the midst of long ones, this one
    /// goes.
    pub fn has_read(&self, bytes: usize) {
        let incomplete = self.incomplete.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes);
        if incomplete <= SHORT_MESSAGE || self.has_logged_in.load(Ordering::Relaxed) {
            return;
        }
        let mut long_message = self.long_message();
        if long_message.is_none() {
            *long_message = Arc::clone(&self.places.long_messages).try_acquire_owned().ok();
            if long_message.is_none() {
                self.evicted.cancel();
            }
        }
    }

    /// A whole message has been read, or the head of a request.
    pub fn is_complete(&self) {
        self.incomplete.store(0, Ordering::Relaxed);
        *self.long_message() = None;
    }

    /// The client has logged in: the place is free for another one.
    pub fn logged_in(&self) {
        self.has_logged_in.store(true, Ordering::Relaxed);
        self.change(|taken, _| {
            taken.logged_in += 1;
            None
        });
    }

    /// Resolves when the client has to make room for others.
    pub async fn evicted(&self) {
        self.evicted.cancelled().await;
    }

    /// Takes the stranger out; the change gives the number under which it is back.
    fn change(&self, change: impl FnOnce(&mut Taken, Stranger) -> Option<u64>) {
        let mut held = self.held();
        let Held::Stranger(number) = *held else { return };
        let mut taken = self.places.lock();
        // Who has been sent away is there no more.
        let Some(stranger) = taken.remove(number) else { return };
        *held = change(&mut taken, stranger).map_or(Held::LoggedIn, Held::Stranger);
    }

    fn long_message(&self) -> MutexGuard<'_, Option<OwnedSemaphorePermit>> {
        self.long_message.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let held = *self.held();
        let mut taken = self.places.lock();
        match held {
            Held::Stranger(number) => {
                taken.remove(number);
            }
            Held::LoggedIn => taken.logged_in -= 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANY: usize = 65_536;

    fn take(places: &Arc<Places>, address: &str) -> Option<Arc<Place>> {
        places.take(address.parse().unwrap())
    }

    fn count(places: &Places) -> usize {
        places.lock().strangers.len()
    }

    #[test]
    fn hardening_04_an_address_has_sixty_four_and_gets_them_back() {
        let places = Places::new(vec!["10.0.0.0/8".parse().unwrap()], MANY);
        let mut held: Vec<_> = (0..64).map(|_| take(&places, "192.0.2.1").unwrap()).collect();
        assert!(take(&places, "192.0.2.1").is_none());
        assert!(take(&places, "::ffff:192.0.2.1").is_none(), "the same address");
        assert!(take(&places, "192.0.2.2").is_some());
        held.pop();
        assert!(take(&places, "192.0.2.1").is_some());
        for free in ["127.0.0.1", "::1", "10.1.1.1"] {
            let many: Vec<_> = (0..100).map(|_| take(&places, free).unwrap()).collect();
            assert_eq!(many.len(), 100);
        }
        drop(held);
        assert_eq!((count(&places), places.lock().of_address.len()), (0, 0));
    }

    #[test]
    fn of_ipv6_the_network_counts() {
        let places = Places::new(Vec::new(), MANY);
        let held: Vec<_> =
            (0..64).map(|host| take(&places, &format!("2001:db8::{host:x}")).unwrap()).collect();
        assert!(take(&places, "2001:db8::ffff").is_none());
        assert!(take(&places, "2001:db8:0:1::1").is_some());
        drop(held);
    }

    #[test]
    fn hardening_04_the_longest_silent_makes_room() {
        let places = Places::new(Vec::new(), MANY);
        let held: Vec<_> = (0..2000).map(|_| take(&places, "127.0.0.1").unwrap()).collect();
        held[0].seen();
        let newcomer = take(&places, "127.0.0.1").unwrap();
        assert_eq!(count(&places), 2000);
        assert!(held[1].evicted.is_cancelled());
        assert!(!held[0].evicted.is_cancelled() && !newcomer.evicted.is_cancelled());
        held[1].seen();
        assert_eq!(count(&places), 2000, "who has been sent away does not come back");
        drop(held);
        assert_eq!(count(&places), 1);
    }

    #[test]
    fn hardening_06_whoever_has_logged_in_leaves_a_place_and_takes_a_descriptor() {
        let places = Places::new(Vec::new(), 196);
        let held: Vec<_> = (0..100).map(|_| take(&places, "127.0.0.1").unwrap()).collect();
        held[7].logged_in();
        assert_eq!(count(&places), 99);
        let more = [take(&places, "127.0.0.1"), take(&places, "127.0.0.1")];
        assert_eq!(count(&places), 99, "one descriptor fewer for strangers");
        assert!(!held[7].evicted.is_cancelled());
        drop((held, more));
        let taken = places.lock();
        assert_eq!((taken.strangers.len(), taken.logged_in), (0, 0));
    }

    #[test]
    fn hardening_04_few_may_be_in_the_midst_of_a_long_message() {
        let places = Places::new(Vec::new(), MANY);
        let held: Vec<_> = (0..66).map(|_| take(&places, "127.0.0.1").unwrap()).collect();
        for place in &held[..65] {
            place.has_read(SHORT_MESSAGE);
            place.has_read(1);
        }
        assert!(!held[63].evicted.is_cancelled());
        assert!(held[64].evicted.is_cancelled());
        held[0].is_complete();
        held[65].has_read(SHORT_MESSAGE + 1);
        assert!(!held[65].evicted.is_cancelled(), "one is complete");
        held[0].logged_in();
        held[0].has_read(10 * SHORT_MESSAGE);
        assert!(!held[0].evicted.is_cancelled());
    }

    #[test]
    fn behind_a_proxy_the_client_counts() {
        let places = Places::new(vec!["10.0.0.0/8".parse().unwrap()], MANY);
        let client: IpAddr = "192.0.2.1".parse().unwrap();
        let held: Vec<_> = (0..65).map(|_| take(&places, "10.1.1.1").unwrap()).collect();
        let allowed = held.iter().filter(|place| place.belongs_to(client)).count();
        assert_eq!(allowed, 64);
        assert!(held[64].belongs_to("192.0.2.2".parse().unwrap()));
    }
}
