//! From appointments in Exchange to notes at the PBX, character by character.

use chrono::TimeDelta;
use exchange_sim::{Account, ExchangeSim, Mailbox};
use graph_sim::Change;
use serde_json::{Value, json};

use super::world::{World, address, busy, now, running, zone};

const PASSWORD: &str = "secret";

async fn exchange(users: &[&str]) -> ExchangeSim {
    let sim = ExchangeSim::start(exchange_sim::Options::default()).await.unwrap();
    for user in users.iter().copied().chain(["svc"]) {
        let time_zone = "UTC".to_owned();
        sim.add_mailbox(Mailbox { time_zone, ..Mailbox::new(address(user)) }).unwrap();
    }
    sim.add_account(Account::new("svc", "contoso.example", PASSWORD).with_mailbox(address("svc")));
    sim
}

/// A local Exchange, found by Autodiscover behind a proxy.
fn on_premises(sim: &ExchangeSim) -> Value {
    json!({
        "pbxName": "MASTER", "syncType": 1, "showSubject": true, "presenceTimeZone": zone(),
        "user": "svc@contoso.example", "password": PASSWORD, "caCertificate": sim.ca_pem(),
        "httpProxy": sim.proxy_url(),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_local_exchange_is_shown_and_told_of_in_the_status() {
    let sim = exchange(&["anna", "bert"]).await;
    let mut world = World::unconfigured(&["anna", "bert"]).await;
    world.write(on_premises(&sim)).await;
    world.until("anna", "Free").await;
    world.until("bert", "Free").await;
    let (meeting, end) = running("Meeting", 30);
    let id = sim.add(&address("anna"), meeting).unwrap();
    world.until("anna", &busy("Meeting", end)).await;
    let later = end + TimeDelta::minutes(15);
    sim.change(&address("anna"), &id, None, Change::time(now() - TimeDelta::hours(1), later)).unwrap();
    world.until("anna", &busy("Meeting", later)).await;
    sim.change(&address("anna"), &id, None, Change::private()).unwrap();
    world.until("anna", &busy("Private", later)).await;
    sim.change(&address("anna"), &id, None, Change::cancel()).unwrap();
    world.until("anna", "Free").await;
    assert_eq!((world.pbx.writes("anna"), world.pbx.writes("bert")), (5, 1), "only on change");

    let status = world.until_status("a stream", |status| status["source"]["streams"] == 1).await;
    let expected = json!({
        "type": "onPremises", "connected": true, "server": "mail.contoso.example",
        "version": "15.2.1544.14", "watching": "streaming", "streams": 1,
    });
    assert_eq!(status["source"], expected);
    assert_eq!((&status["sync"], &status["matched"]), (&json!("running"), &json!(2)));
    let connections = sim.counts().connections;
    world.write(json!({"ewsDebug": true})).await;
    let (meeting, end) = running("Still", 20);
    sim.add(&address("bert"), meeting).unwrap();
    world.until("bert", &busy("Still", end)).await;
    assert_eq!(sim.counts().connections, connections, "debugging restarts nothing");
    assert_eq!(sim.violations(), []);
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn from_exchange_to_graph_is_one_click() {
    let sim = exchange(&["anna"]).await;
    let mut world = World::unconfigured(&["anna"]).await;
    world.write(on_premises(&sim)).await;
    let (meeting, end) = running("Here", 30);
    sim.add(&address("anna"), meeting).unwrap();
    world.until("anna", &busy("Here", end)).await;
    let (meeting, end) = running("There", 40);
    world.add("anna", meeting);
    let mut graph = super::world::settings(&world.graph);
    graph["caCertificate"] = json!("");
    graph["httpProxy"] = json!("");
    world.write(graph).await;
    world.until("anna", &busy("There", end)).await;
    world.no_violations();
}
