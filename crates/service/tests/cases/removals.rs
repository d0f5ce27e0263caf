//! Large calendars that are emptied at once: what stands in `docs/performance.md`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use libtest_mimic::Trial;
use serde_json::json;

use crate::case::{Step, Sync};
use crate::player::World;
use crate::support::get;

/// Mailboxes, and the appointments of each.
const MAILBOXES: [&str; 3] = ["anna", "ben", "carl"];
const APPOINTMENTS: u32 = 19_000;
/// Removals for each mailbox: 100 000 in all.
const REMOVALS: u32 = 33_334;

/// It takes minutes, so it is asked for by name.
pub fn trial() -> Trial {
    let measure = || {
        tokio::runtime::Runtime::new().unwrap().block_on(measure());
        Ok(())
    };
    Trial::test("hardening_12_healthz_while_100_000_are_removed", measure).with_ignored_flag(true)
}

async fn measure() {
    let far = json!({"from": 40, "to": 41, "subject": "Far", "repeat": APPOINTMENTS, "bare": true});
    let case: Sync = serde_json::from_value(json!({
        "pbx": MAILBOXES.map(|name| json!({"h323": name, "emails": [format!("{name}@example.com")]})),
        "users": MAILBOXES.map(|name| json!({"upn": format!("{name}@example.com"), "events": [far]})),
        "steps": [],
    }))
    .unwrap();
    let mut world = World::new(&case).await;
    let health = Health::watch(world.host());
    for name in MAILBOXES {
        step(&mut world, json!({"expect": {"user": name, "note": "^Free"}, "within": 600})).await;
    }
    println!("read: slowest answer of /healthz {:?}", health.slowest());

    let health = Health::watch(world.host());
    for name in MAILBOXES {
        let removal =
            json!({"id": "AAMkX7", "@removed": {"reason": "deleted"}, "bare": true, "repeat": REMOVALS});
        let user = format!("{name}@example.com");
        step(&mut world, json!({"put": user, "event": removal})).await;
        // What comes behind them is seen when they have been read.
        step(&mut world, json!({"put": user, "event": {"from": -1, "to": 2, "subject": "Last"}})).await;
    }
    for name in MAILBOXES {
        step(&mut world, json!({"expect": {"user": name, "note": "^Last"}, "within": 600})).await;
    }
    println!("removed: slowest answer of /healthz {:?}", health.slowest());
}

async fn step(world: &mut World, step: serde_json::Value) {
    let step: Step = serde_json::from_value(step).unwrap();
    world.step(&step, 0).await;
}

/// Asks again and again whether the service lives.
struct Health {
    is_over: Arc<AtomicBool>,
    thread: thread::JoinHandle<Duration>,
}

impl Health {
    fn watch(host: String) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let over = Arc::clone(&is_over);
        let thread = thread::spawn(move || {
            let mut slowest = Duration::ZERO;
            while !over.load(Ordering::Relaxed) {
                let begin = Instant::now();
                assert_eq!(get(&host, "/healthz").status, 200);
                slowest = slowest.max(begin.elapsed());
                sleep(Duration::from_millis(20));
            }
            slowest
        });
        Self { is_over, thread }
    }

    fn slowest(self) -> Duration {
        self.is_over.store(true, Ordering::Relaxed);
        self.thread.join().unwrap()
    }
}
