//! Faults at random, with a printed seed: where calendars are read, at the PBX, and at the service, a process that is killed like any
//! other. However they fall, a minute after the last one every presence is right, and nothing of what nobody may read
//! stands in the log.
//!
//! `PBX_CALENDAR_FAULT_SEED` repeats a run, `PBX_CALENDAR_FAULT_SECONDS` makes it longer (`cargo xtask soak`).

mod exchange;
mod graph;

use std::collections::HashMap;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use graph_sim::{Appointment, Change};
use pbx_sim::{Pbx, Reading};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::Value;
use tempfile::TempDir;

use super::world::{self, busy, now, soon};
use crate::support::Server;
use crate::support::server::set_password;

/// How long the faults go on in a normal test run.
const SECONDS: u64 = 15;
/// After so much trouble at the latest it is looked whether all comes right.
const TROUBLE: Duration = Duration::from_mins(1);
/// The last fault is over for so long at most when everything must be right.
const RECOVERY: Duration = Duration::from_mins(1);
const USERS: [&str; 6] = ["anna", "bert", "carl", "dora", "emil", "fred"];
const PASSWORD: &str = "instance-password";

/// What each calendar holds: id, title and end of its appointment.
type Truth = HashMap<&'static str, (String, String, DateTime<Utc>)>;

/// Where calendars are read, and what goes wrong there.
trait Calendars {
    /// With mailboxes for all users.
    async fn start() -> Self;
    /// The settings under which it is read.
    fn settings(&self) -> Value;
    /// What the service is told of it beside.
    fn environment(&self) -> Vec<(&'static str, String)>;
    fn add(&self, user: &str, appointment: Appointment) -> String;
    fn change(&self, user: &str, id: &str, change: Change);
    fn delete(&self, user: &str, id: &str);
    /// Something goes wrong, or is over.
    async fn strike(&self, random: &mut StdRng);
    /// Everything that can be mended from outside.
    async fn mend(&self);
    /// What no log may hold.
    fn secret(&self) -> &'static str;
    /// What clients may not do, and one has done.
    fn violations(&self) -> Vec<String>;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_every_presence_is_right_in_the_end() {
    run::<graph::Graph>().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_to_exchange_every_presence_is_right_in_the_end() {
    run::<exchange::Exchange<false>>().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_to_exchange_online_every_presence_is_right_in_the_end() {
    run::<exchange::Exchange<true>>().await;
}

async fn run<C: Calendars>() {
    let seed = number("SEED").unwrap_or_else(rand::random);
    let time = Duration::from_secs(number("SECONDS").unwrap_or(SECONDS));
    println!("PBX_CALENDAR_FAULT_SEED={seed} for {} s", time.as_secs());
    let mut site = Site::<C>::new(seed).await;
    let begin = Instant::now();
    while begin.elapsed() < time {
        site.trouble(TROUBLE.min(time.saturating_sub(begin.elapsed()))).await;
        site.mend().await;
        site.until_right().await;
    }
    println!("{} faults, {} of them kill -9", site.faults, site.kills);
    assert_eq!(site.pbx.violations(), [], "seed {seed}");
    assert_eq!(site.calendars.violations(), Vec::<String>::new(), "seed {seed}");
    let log = site.server.log();
    assert!(log.contains("starting the synchronization"), "nothing is logged: {log}");
    for private in ["Meeting ", site.calendars.secret(), PASSWORD, "@contoso.example"] {
        assert_eq!(log.lines().find(|line| line.contains(private)), None, "seed {seed}");
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(format!("PBX_CALENDAR_FAULT_{name}")).ok()?.parse().ok()
}

/// The service as it is delivered, between its two neighbours.
struct Site<C> {
    calendars: C,
    pbx: Pbx,
    server: Server,
    data: TempDir,
    truth: Truth,
    random: StdRng,
    seed: u64,
    faults: u32,
    kills: u32,
}

impl<C: Calendars> Site<C> {
    /// Everything works, and nobody has an appointment.
    async fn new(seed: u64) -> Self {
        let calendars = C::start().await;
        let data = TempDir::new().unwrap();
        set_password(data.path(), &[], PASSWORD);
        let server = start(&data, &calendars, "127.0.0.1:0");
        assert_eq!(server.manager().await.write(calendars.settings()).await["result"], "ok");
        let pbx = world::pbx(&server.url, PASSWORD, &USERS);
        for user in USERS {
            soon("free", pbx.until_note(user, "Free")).await;
        }
        let random = StdRng::seed_from_u64(seed);
        Self { calendars, pbx, server, data, truth: Truth::new(), random, seed, faults: 0, kills: 0 }
    }

    /// For so long, things go wrong while people edit their calendars.
    async fn trouble(&mut self, time: Duration) {
        let begin = Instant::now();
        while begin.elapsed() < time {
            self.edit();
            self.strike().await;
            self.faults += 1;
            tokio::time::sleep(Duration::from_millis(self.random.random_range(0..1500))).await;
        }
    }

    /// Somebody edits a calendar.
    fn edit(&mut self) {
        let (random, calendars) = (&mut self.random, &self.calendars);
        let user = USERS[random.random_range(0..USERS.len())];
        let end = now() + TimeDelta::minutes(random.random_range(60..120));
        let start = now() - TimeDelta::minutes(random.random_range(1..60));
        let title = format!("Meeting {}", random.random_range(100..1000));
        match self.truth.remove(user) {
            None => {
                let id = calendars.add(user, Appointment::new(title.clone(), start, end));
                self.truth.insert(user, (id, title, end));
            }
            Some((id, _, _)) if random.random_bool(0.3) => calendars.delete(user, &id),
            Some((id, ..)) => {
                let change = Change { subject: Some(title.clone()), ..Change::time(start, end) };
                calendars.change(user, &id, change);
                self.truth.insert(user, (id, title, end));
            }
        }
    }

    /// Something goes wrong, or is over.
    async fn strike(&mut self) {
        let (random, pbx) = (&mut self.random, &self.pbx);
        match random.random_range(0..23) {
            0 => pbx.drop_connection(),
            1 => pbx.restart(),
            2 => pbx.unplug(),
            3 | 4 => pbx.plug(),
            5 => pbx.set_reading(Reading::Slow(Duration::from_millis(50))),
            6 => pbx.set_reading(Reading::Prompt),
            7..=18 => self.calendars.strike(random).await,
            19..=21 => {
                self.kills += 1;
                self.server.kill();
                self.start_again();
            }
            _ => {
                self.server.signal("-TERM");
                self.server.wait();
                self.start_again();
            }
        }
    }

    /// At the same address, where the PBX looks for it.
    fn start_again(&mut self) {
        let listen = self.server.host().to_owned();
        self.server = start(&self.data, &self.calendars, &listen);
    }

    /// Everything that can be mended from outside.
    async fn mend(&self) {
        self.calendars.mend().await;
        self.pbx.set_reading(Reading::Prompt);
        self.pbx.plug();
    }

    /// Waits until every presence is right, not longer than it may take.
    async fn until_right(&self) {
        let (seed, mended) = (self.seed, Instant::now());
        for user in USERS {
            loop {
                let (shown, note) = (self.pbx.note(user), self.note(user));
                if shown.as_ref() == Some(&note) {
                    break;
                }
                let log = || self.server.log();
                assert!(
                    mended.elapsed() < RECOVERY,
                    "seed {seed}: {user} shows {shown:?} instead of {note:?}\n{}",
                    log()
                );
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        println!("{} faults, right again after {:.1} s", self.faults, mended.elapsed().as_secs_f32());
    }

    fn note(&self, user: &str) -> String {
        let appointment = self.truth.get(user).filter(|(_, _, end)| *end > Utc::now());
        appointment.map_or("Free".to_owned(), |(_, title, end)| busy(title, *end))
    }
}

fn start(data: &TempDir, calendars: &impl Calendars, listen: &str) -> Server {
    let environment = calendars.environment();
    let environment: Vec<_> = environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Server::start_with(data.path(), PASSWORD, &["--listen", listen], &environment)
}
