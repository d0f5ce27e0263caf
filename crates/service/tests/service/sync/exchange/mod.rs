//! From appointments in Exchange to notes at the PBX, character by character, for each of the three types.

mod end;
mod hybrid;
mod more;
mod moving;
mod notes;
mod sign_in;
mod status;

use chrono::{DateTime, Utc};
use exchange_sim::{Account, ExchangeSim, Host, Mailbox, Options};
use graph_sim::Appointment;
use serde_json::{Value, json};

use super::world::{SECRET, World, address, clock, host, zone};
use crate::support::get;

const PASSWORD: &str = "secret";
/// The account that reads all calendars.
const ACCOUNT: &str = "svc";

/// How calendars are reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    OnPremises,
    Cloud,
    CloudAppOnly,
}

const KINDS: [Kind; 3] = [Kind::OnPremises, Kind::Cloud, Kind::CloudAppOnly];

/// A world with an Exchange in it, whose tokens are those of the world's cloud.
struct Site {
    world: World,
    exchange: ExchangeSim,
    kind: Kind,
}

impl Site {
    /// Nothing is configured yet.
    async fn unconfigured(kind: Kind, users: &[&str]) -> Self {
        let world = World::unconfigured(users).await;
        let back = format!("{}sign-in", world.service.as_ref().unwrap().url);
        let client = world.graph.settings().applications[0].client_id;
        world
            .graph
            .change_application(client, |application| {
                application.roles.push("full_access_as_app".to_owned());
                application.redirect_uris.push(back);
            })
            .unwrap();
        let exchange = exchange(kind, users, &world).await;
        Self { world, exchange, kind }
    }

    /// Everything works, and nobody has an appointment. `more` are further settings.
    async fn new(kind: Kind, users: &[&str], more: Value) -> Self {
        let mut site = Self::unconfigured(kind, users).await;
        let mut settings = site.settings();
        settings.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        site.world.write(settings).await;
        if kind == Kind::Cloud {
            site.sign_in().await;
        }
        for user in users {
            site.world.until(user, "Free").await;
        }
        site
    }

    /// The settings under which everything works.
    fn settings(&self) -> Value {
        let Self { world, exchange, kind } = self;
        let application = &world.graph.settings().applications[0];
        let mut settings = json!({
            "pbxName": "MASTER", "showSubject": true, "presenceTimeZone": zone(),
            "user": address(ACCOUNT), "caCertificate": exchange.ca_pem(),
        });
        let more = match kind {
            // Found by Autodiscover behind a proxy.
            Kind::OnPremises => {
                json!({"syncType": 1, "password": PASSWORD, "httpProxy": exchange.proxy_url()})
            }
            Kind::Cloud | Kind::CloudAppOnly => json!({
                "syncType": if *kind == Kind::Cloud { 2 } else { 3 }, "ewsUrl": exchange.online_ews_url(),
                "clientId": application.client_id.to_string(), "clientSecret": SECRET,
                "tenantId": world.graph.settings().tenant.to_string(),
            }),
        };
        settings.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        settings
    }

    /// Presses the button, signs in, and comes back.
    async fn sign_in(&mut self) {
        let back = self.visit().await;
        let page = get(&host(&self.world), &back);
        assert_eq!(page.status, 200, "{}", page.text());
    }

    /// Where the login sends the browser back to.
    async fn visit(&mut self) -> String {
        let answer = self.world.ask("StartSignIn", json!({})).await;
        let url = answer["url"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
        let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let answer = browser.get(url).send().await.unwrap();
        let location: url::Url = answer.headers()["location"].to_str().unwrap().parse().unwrap();
        format!("{}?{}", location.path(), location.query().unwrap())
    }

    fn add(&self, user: &str, appointment: Appointment) -> String {
        self.exchange.add(&address(user), appointment).unwrap()
    }

    /// Neither of the stand-ins has found anything wrong.
    fn no_violations(&self) {
        assert_eq!(self.exchange.violations(), [], "{:?}", self.kind);
        self.world.no_violations();
    }
}

async fn exchange(kind: Kind, users: &[&str], world: &World) -> ExchangeSim {
    let graph = Some(world.graph.control());
    let sim = ExchangeSim::start(Options { graph, ..Options::default() }).await.unwrap();
    for user in users.iter().copied().chain([ACCOUNT]) {
        let mailbox = match kind {
            Kind::OnPremises => Mailbox::new(address(user)),
            Kind::Cloud | Kind::CloudAppOnly => Mailbox::online(address(user)),
        };
        sim.add_mailbox(Mailbox { time_zone: "UTC".to_owned(), ..mailbox }).unwrap();
    }
    sim.add_account(Account::new(ACCOUNT, "contoso.example", PASSWORD).with_mailbox(address(ACCOUNT)));
    // Nobody in these tests has any business with strangers.
    sim.add_host(Host::stranger("evil.test"));
    sim
}

/// The note of an appointment with an ASCII title that is shown as this activity.
fn shown(subject: &str, tag: &str, end: DateTime<Utc>) -> String {
    let (length, until) = (subject.len(), end.timestamp_millis());
    format!("{subject} until {} #{tag} #len:{length}:{length} #until:{until}", clock(end))
}
