//! The synchronization starts, restarts and stops with the settings.

use std::time::Duration;

use graph_sim::Endpoint;
use serde_json::{Value, json};

use super::world::{SECRET, World, busy, running, settings, soon};

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_concern_the_connection_restarts_nothing() {
    let mut world = World::new(&["anna"]).await;
    let (meeting, end) = running("Meeting", 30);
    world.add("anna", meeting);
    world.until("anna", &busy("Meeting", end)).await;
    let before = (world.graph.counts().of(Endpoint::Token), world.status().await["since"].clone());
    world.write(json!({"mapBusy": 2})).await;
    world.until("anna", &busy("Meeting", end).replace("#busy", "#away")).await;
    world.write(json!({"showSubject": false, "clientSecretExpires": "2030-01-01"})).await;
    let until = end.timestamp_millis();
    world.until("anna", &format!("Away until {} #away #until:{until}", super::world::clock(end))).await;
    let after = (world.graph.counts().of(Endpoint::Token), world.status().await["since"].clone());
    assert_eq!(before, after);
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn writes_in_quick_succession_restart_once() {
    let mut world = World::new(&["anna"]).await;
    let before = world.graph.counts().of(Endpoint::Token);
    for attempt in 0..5 {
        world.write(json!({"clientSecret": format!("wrong{attempt}")})).await;
    }
    world.write(json!({"clientSecret": SECRET})).await;
    world.until_status("starting", |status| status["sync"] == "running").await;
    let (meeting, end) = running("Meeting", 30);
    world.add("anna", meeting);
    world.until("anna", &busy("Meeting", end)).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(world.graph.counts().of(Endpoint::Token) <= before + 1);
}

/// Writes, and asks for the status until it is about what was written. From then on what was wrong before is no longer
/// told of.
#[tokio::test(flavor = "multi_thread")]
async fn the_status_names_the_revision_that_it_is_about() {
    let mut world = World::new(&["anna"]).await;
    world.write(json!({"clientSecret": "wrong"})).await;
    world.until_status("refused", |status| status["error"] == "wrongSecret").await;
    let items = json!({"ConfigItems": {"clientSecret": SECRET}});
    let revision = world.ask("WriteConfig", items).await["revision"].as_i64().unwrap();
    let is_news = |status: &Value| status["revision"].as_i64().unwrap() >= revision;
    let status = world.until_status("news", is_news).await;
    assert_eq!(
        (status["sync"].as_str().unwrap(), status.get("error"), &status["matched"], &status["users"]),
        ("starting", None, &json!(0), &json!(1)),
        "{status}"
    );
    let is_settled = |status: &Value| is_news(status) && status["sync"] != "starting";
    let status = world.until_status("settled", is_settled).await;
    assert_eq!((&status["sync"], status.get("error")), (&json!("running"), None), "{status}");
    // Where nothing is synchronised, too.
    let off = world.ask("WriteConfig", json!({"ConfigItems": {"syncType": 0}})).await["revision"].clone();
    let status = world.until_status("off", |status| status["revision"] == off).await;
    assert_eq!(status["sync"], "off");
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn switching_off_clears_and_switching_on_shows_again() {
    let mut world = World::new(&["anna", "bert"]).await;
    let (meeting, end) = running("Meeting", 30);
    world.add("anna", meeting);
    world.until("anna", &busy("Meeting", end)).await;
    world.write(json!({"syncType": 0})).await;
    for user in ["anna", "bert"] {
        soon("cleared", world.pbx.until_cleared(user)).await;
    }
    let status = world.status().await;
    assert_eq!((&status["sync"], &status["users"]), (&json!("off"), &json!(0)));
    world.write(json!({"syncType": 4})).await;
    world.until("anna", &busy("Meeting", end)).await;
    world.until("bert", "Free").await;
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pbx_that_was_away_when_it_was_switched_off_is_cleared_when_it_comes() {
    let mut world = World::new(&["anna"]).await;
    world.pbx.unplug();
    world.until_status("away", |status| status["pbx"]["connected"] == false).await;
    world.write(json!({"syncType": 0})).await;
    world.until_status("off", |status| status["sync"] == "off").await;
    assert_eq!(world.pbx.note("anna").as_deref(), Some("Free"));
    world.pbx.plug();
    soon("cleared", world.pbx.until_cleared("anna")).await;
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn before_anything_is_configured_the_pbx_hears_nothing() {
    let mut world = World::unconfigured(&["anna"]).await;
    soon("connected", world.pbx.until_connected()).await;
    world.until_status("seen", |status| status["pbx"]["others"] == json!(["master"])).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!world.pbx.is_replicated());
    assert_eq!(world.status().await["sync"], "off");
    let mut settings = settings(&world.graph);
    settings["syncType"] = json!(0);
    world.write(settings).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!world.pbx.is_replicated());
    world.write(json!({"syncType": 4})).await;
    world.until("anna", "Free").await;
    world.no_violations();
}
