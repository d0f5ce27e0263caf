//! What goes wrong at a local Exchange, and in Exchange Online where an application reads. Left out is what takes longer by design: refused passwords, limits of the server, a
//! proxy that buffers.

use exchange_sim::{Account, Effect, ExchangeSim, Fault, Hostile, Mailbox, Options};
use graph_sim::{Appointment, Change};
use rand::RngExt;
use rand::rngs::StdRng;
use serde_json::{Value, json};

use super::{Calendars, USERS};
use crate::sync::world::{address, zone};

const PASSWORD: &str = "exchange-sim-secret";
/// That of the application.
const SECRET: &str = "graph-sim-secret";
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

pub struct Exchange<const ONLINE: bool>(ExchangeSim);

impl<const ONLINE: bool> Calendars for Exchange<ONLINE> {
    async fn start() -> Self {
        let sim = ExchangeSim::start(Options::default()).await.unwrap();
        for user in USERS.into_iter().chain(["svc"]) {
            let time_zone = "UTC".to_owned();
            let place = if ONLINE { Mailbox::online } else { Mailbox::new };
            sim.add_mailbox(Mailbox { time_zone, ..place(address(user)) }).unwrap();
        }
        sim.add_account(Account::new("svc", "contoso.example", PASSWORD).with_mailbox(address("svc")));
        Self(sim)
    }

    /// With all that the log can tell. The local one is found by Autodiscover behind a proxy.
    fn settings(&self) -> Value {
        let Self(sim) = self;
        let mut settings = json!({
            "pbxName": "MASTER", "showSubject": true, "presenceTimeZone": zone(), "user": address("svc"),
            "caCertificate": sim.ca_pem(), "ewsDebug": true,
        });
        let graph = sim.graph().settings();
        let more = if ONLINE {
            json!({
                "syncType": 3, "ewsUrl": sim.online_ews_url(), "tenantId": graph.tenant.to_string(),
                "clientId": graph.applications[0].client_id.to_string(), "clientSecret": SECRET,
            })
        } else {
            json!({"syncType": 1, "password": PASSWORD, "httpProxy": sim.proxy_url()})
        };
        settings.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        settings
    }

    fn environment(&self) -> Vec<(&'static str, String)> {
        let login = self.0.login_url().filter(|_| ONLINE);
        login.into_iter().map(|url| ("PBX_CALENDAR_LOGIN_URL", url)).collect()
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
        if ONLINE && random.random_bool(0.2) {
            return strike_tokens(sim.graph(), random);
        }
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
        self.0.graph().clear_faults();
        self.0.up().await.unwrap();
    }

    fn secret(&self) -> &'static str {
        if ONLINE { SECRET } else { PASSWORD }
    }

    fn violations(&self) -> Vec<String> {
        self.0.violations().iter().map(|violation| format!("{violation:?}")).collect()
    }
}

/// Something goes wrong where tokens come from.
fn strike_tokens(graph: &graph_sim::Control, random: &mut StdRng) {
    let effect = match random.random_range(0..5) {
        0 => return graph.clear_faults(),
        1 => graph_sim::Effect::CutOff,
        2 => graph_sim::Effect::Slow { ms: 2000 },
        3 => graph_sim::Effect::Status { status: 503, code: None, retry_after: None },
        // Those who read notice by the refusal.
        _ => return graph.expire_access_tokens(),
    };
    let fault = graph_sim::Fault::new(effect).at(graph_sim::Endpoint::Token);
    graph.fault(fault.times(random.random_range(1..6))).unwrap();
    graph.expire_access_tokens();
}
