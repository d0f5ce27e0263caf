//! What goes wrong at a local Exchange. Left out is what takes longer by design: refused passwords, limits of the server, a
//! proxy that buffers.

use exchange_sim::{Account, Effect, ExchangeSim, Fault, Hostile, Mailbox, Options};
use graph_sim::{Appointment, Change};
use rand::RngExt;
use rand::rngs::StdRng;
use serde_json::{Value, json};

use super::{Calendars, USERS};
use crate::sync::world::{address, zone};

const SECRET: &str = "exchange-sim-secret";
/// After each of them those mailboxes have to subscribe anew.
const LOST: [&str; 4] = [
    "ErrorSubscriptionNotFound",
    "ErrorInvalidSubscription",
    "ErrorReadEventsFailed",
    "ErrorMissedNotificationEvents",
];
/// Whatever else a server may say once in a while.
const CODES: [&str; 5] = [
    "ErrorInternalServerTransientError",
    "ErrorMailboxStoreUnavailable",
    "ErrorConnectionFailed",
    "ErrorMailboxMoveInProgress",
    "ErrorTimeoutExpired",
];

pub struct Exchange(ExchangeSim);

impl Calendars for Exchange {
    async fn start() -> Self {
        let sim = ExchangeSim::start(Options::default()).await.unwrap();
        for user in USERS.into_iter().chain(["svc"]) {
            let time_zone = "UTC".to_owned();
            sim.add_mailbox(Mailbox { time_zone, ..Mailbox::new(address(user)) }).unwrap();
        }
        sim.add_account(Account::new("svc", "contoso.example", SECRET).with_mailbox(address("svc")));
        Self(sim)
    }

    /// Found by Autodiscover behind a proxy, with all that the log can tell.
    fn settings(&self) -> Value {
        json!({
            "pbxName": "MASTER", "syncType": 1, "showSubject": true, "presenceTimeZone": zone(),
            "user": address("svc"), "password": SECRET, "caCertificate": self.0.ca_pem(),
            "httpProxy": self.0.proxy_url(), "ewsDebug": true,
        })
    }

    fn environment(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    fn add(&self, user: &str, appointment: Appointment) -> String {
        self.0.add(&address(user), appointment).unwrap()
    }

    fn change(&self, user: &str, id: &str, change: Change) {
        self.0.change(&address(user), id, None, change).unwrap();
    }

    fn delete(&self, user: &str, id: &str) {
        self.0.delete(&address(user), id, None).unwrap();
    }

    async fn strike(&self, random: &mut StdRng) {
        let Self(sim) = self;
        let times = random.random_range(1..6);
        let mailbox = random.random_bool(0.5).then(|| address(USERS[random.random_range(0..USERS.len())]));
        let mailbox = mailbox.as_deref();
        let effect = match random.random_range(0..18) {
            0 => return sim.down().await,
            1 | 2 => return sim.up().await.unwrap(),
            3 => return sim.break_streams(mailbox),
            4 => return sim.close_streams(mailbox),
            5 => return sim.lose_subscriptions(mailbox),
            6 | 7 => return sim.fail_streams(mailbox, LOST[random.random_range(0..LOST.len())]),
            8 => return sim.fault(Fault::busy(1000).times(times)),
            // Nobody waits for an answer so long.
            9 => return sim.fault(Fault::new(Effect::Slow { ms: 40_000 }).times(1)),
            10 => Effect::Slow { ms: 2000 },
            11 => Effect::Status { status: 503, headers: Vec::new() },
            12 => Effect::CutOff { at: random.random_range(0..2000) },
            13 => Effect::Drop,
            14 => Effect::Html { status: 200 },
            15 => Effect::Hostile(Hostile::Endless),
            16 => Effect::Fault { code: CODES[random.random_range(0..CODES.len())].to_owned() },
            _ => Effect::Error { code: CODES[random.random_range(0..CODES.len())].to_owned() },
        };
        sim.fault(Fault::new(effect).times(times));
    }

    async fn mend(&self) {
        self.0.clear_faults();
        self.0.up().await.unwrap();
    }

    fn secret(&self) -> &'static str {
        SECRET
    }

    fn violations(&self) -> Vec<String> {
        self.0.violations().iter().map(|violation| format!("{violation:?}")).collect()
    }
}
