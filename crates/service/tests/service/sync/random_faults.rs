//! Faults at random, with a printed seed. However they fall, in the end every presence is right, and nothing of
//! what nobody may read stands in the log.
//!
//! `PBX_CALENDAR_FAULT_SEED` repeats a run, `PBX_CALENDAR_FAULT_SECONDS` makes it longer (`cargo xtask soak`).

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use graph_sim::{Appointment, Change, Effect, Fault};
use pbx_sim::Reading;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::world::{SECRET, World, address, busy, now, options};

/// How long the faults go on in a normal test run.
const SECONDS: u64 = 60;
/// The last fault is over for so long at most when everything must be right.
const RECOVERY: Duration = Duration::from_mins(1);
const USERS: [&str; 6] = ["anna", "bert", "carl", "dora", "emil", "fred"];

/// What each calendar holds.
#[derive(Default)]
struct Truth(HashMap<&'static str, (String, String, DateTime<Utc>)>);

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_every_presence_is_right_in_the_end() {
    let seed = number("SEED").unwrap_or_else(rand::random);
    let time = Duration::from_secs(number("SECONDS").unwrap_or(SECONDS));
    println!("PBX_CALENDAR_FAULT_SEED={seed} for {} s", time.as_secs());
    let log = Log::capture();
    let mut random = StdRng::seed_from_u64(seed);
    let mut world = World::new(&USERS).await;
    let mut truth = Truth::default();
    let begin = Instant::now();
    let mut faults = 0;
    while begin.elapsed() < time {
        edit(&world, &mut truth, &mut random);
        strike(&mut world, &mut random).await;
        faults += 1;
        tokio::time::sleep(Duration::from_millis(random.random_range(0..1500))).await;
    }
    mend(&world).await;
    let mended = Instant::now();
    for user in USERS {
        let note = truth.0.get(user).map_or("Free".to_owned(), |(_, title, end)| busy(title, *end));
        while world.pbx.note(user).as_ref() != Some(&note) {
            let (shown, passed) = (world.pbx.note(user), mended.elapsed());
            assert!(passed < RECOVERY, "seed {seed}: {user} shows {shown:?} instead of {note:?}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
    println!("{faults} faults, right again {:.1} s after the last", mended.elapsed().as_secs_f32());
    assert_eq!(world.pbx.violations(), [], "seed {seed}");
    let text = log.text();
    assert!(text.contains("the synchronization"), "nothing is logged: {text}");
    for private in ["Meeting ", SECRET, &world.password, "@contoso.example"] {
        assert!(!text.contains(private), "seed {seed}: {private} in the log");
    }
}

/// What the service logs, that of other tests in this process included.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn capture() -> Self {
        let log = Self::default();
        let writer = log.clone();
        let format = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(move || writer.clone());
        let service = Targets::new().with_target("pbx_calendar", LevelFilter::INFO);
        tracing_subscriber::registry().with(format).with(service).init();
        log
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(format!("PBX_CALENDAR_FAULT_{name}")).ok()?.parse().ok()
}

/// Somebody edits a calendar.
fn edit(world: &World, truth: &mut Truth, random: &mut StdRng) {
    let user = USERS[random.random_range(0..USERS.len())];
    let end = now() + TimeDelta::minutes(random.random_range(60..120));
    let start = now() - TimeDelta::minutes(random.random_range(1..60));
    let title = format!("Meeting {}", random.random_range(100..1000));
    match truth.0.remove(user) {
        None => {
            let id = world.add(user, Appointment::new(title.clone(), start, end));
            truth.0.insert(user, (id, title, end));
        }
        Some((id, _, _)) if random.random_bool(0.3) => world.graph.delete(&address(user), &id).unwrap(),
        Some((id, ..)) => {
            world.change(user, &id, Change { subject: Some(title.clone()), ..Change::time(start, end) });
            truth.0.insert(user, (id, title, end));
        }
    }
}

/// Something goes wrong, or is over.
async fn strike(world: &mut World, random: &mut StdRng) {
    let times = random.random_range(1..6);
    let graph = &world.graph;
    let fault = |effect| graph.fault(Fault::new(effect).times(times)).unwrap();
    match random.random_range(0..16) {
        0 => world.pbx.drop_connection(),
        1 => world.pbx.restart(),
        2 => world.pbx.unplug(),
        3 | 4 => world.pbx.plug(),
        5 => world.pbx.set_reading(Reading::Slow(Duration::from_millis(50))),
        6 => world.pbx.set_reading(Reading::Prompt),
        7 => graph.down().await,
        8 | 9 => graph.up().await,
        10 => graph.fault(Fault::throttled(1).times(times)).unwrap(),
        11 => fault(Effect::CutOff),
        12 => fault(Effect::Slow { ms: 2000 }),
        13 => graph.expire_delta_tokens(None).unwrap(),
        14 => graph.expire_access_tokens(),
        _ => restart_service(world).await,
    }
}

/// The service ends and begins again at the same address.
async fn restart_service(world: &mut World) {
    let Some(running) = world.service.take() else { return };
    let url = running.url.clone();
    running.stop().await;
    let listen = url.trim_start_matches("http://").trim_end_matches('/').parse().unwrap();
    let options = pbx_calendar::Options { listen, ..options(&world.data, &world.graph) };
    world.service = Some(pbx_calendar::start(options).await.unwrap());
}

/// Everything that can be mended from outside.
async fn mend(world: &World) {
    world.graph.clear_faults();
    world.graph.up().await;
    world.pbx.set_reading(Reading::Prompt);
    world.pbx.plug();
}
