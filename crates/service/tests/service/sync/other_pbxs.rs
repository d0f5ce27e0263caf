//! PBXs other than the one in the settings, and other writers at that one.

use std::time::Duration;

use graph_sim::Change;
use pbx_sim::{Options, Pbx, Presence, User};
use serde_json::json;

use super::world::{DOMAIN, World, busy, guid, running, soon};

/// A PBX with anna at the service of a world.
pub fn another(world: &World, name: &str, apis: &[&str]) -> Pbx {
    let url = format!("{}pbxcalendar-calendar", world.service.as_ref().unwrap().url);
    let pbx = Pbx::start(Options {
        name: name.to_owned(),
        domain: DOMAIN.to_owned(),
        apis: apis.iter().map(ToString::to_string).collect(),
        ..Options::new(url, &world.password)
    });
    pbx.add_user(User::new(&guid(1), "anna"));
    pbx
}

#[tokio::test(flavor = "multi_thread")]
async fn another_pbx_is_named_in_the_status_and_hears_nothing() {
    let mut world = World::new(&["anna"]).await;
    let slave = another(&world, "slave", &pbx_sim::DEFAULT_APIS);
    soon("connected", slave.until_connected()).await;
    let status = world.until_status("named", |status| status["pbx"]["others"] == json!(["slave"])).await;
    assert_eq!(status["sync"], "running");
    let (meeting, end) = running("Meeting", 30);
    world.add("anna", meeting);
    world.until("anna", &busy("Meeting", end)).await;
    assert!(!slave.is_replicated() && slave.total_writes() == 0);
    assert_eq!(slave.violations(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_another_pbx_is_named_the_old_one_is_cleared() {
    let mut world = World::new(&["anna"]).await;
    let other = another(&world, "other", &pbx_sim::DEFAULT_APIS);
    world.write(json!({"pbxName": "other"})).await;
    soon("shown at the new one", other.until_note("anna", "Free")).await;
    soon("cleared at the old one", world.pbx.until_cleared("anna")).await;
    world.write(json!({"pbxName": "master"})).await;
    world.until("anna", "Free").await;
    soon("cleared", other.until_cleared("anna")).await;
    world.no_violations();
    assert_eq!(other.violations(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pbx_that_does_not_grant_what_is_needed_is_told_in_the_status() {
    let mut world = World::new(&["anna"]).await;
    let poor = another(&world, "poor", &["PbxApi"]);
    world.write(json!({"pbxName": "poor"})).await;
    let status = world.until_status("rights", |status| status["error"] == "pbxRights").await;
    assert_eq!(status["sync"], "starting", "the PBX is waited for");
    assert_eq!(status["facts"], json!({"pbx": "poor", "missing": ["PbxTableUsers"]}));
    assert!(status["errorText"].as_str().unwrap().contains("PbxTableUsers"), "{status}");
    assert_eq!(poor.violations(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_writer_is_told_and_not_fought() {
    let mut world = World::new(&["anna"]).await;
    world.pbx.set_rival("anna", Presence::calendar("dnd", "Other"));
    let status = world.until_status("another writer", |status| status["error"] == "otherWriter").await;
    assert_eq!(status["sync"], "running");
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!((world.pbx.writes("anna"), world.pbx.note("anna").as_deref()), (1, Some("Other")));
    let (meeting, end) = running("Meeting", 30);
    let id = world.add("anna", meeting);
    soon("what changed is written", world.pbx.until(|pbx| (pbx.writes("anna") == 2).then_some(()))).await;
    world.until_status("another writer", |status| status["error"] == "otherWriter").await;
    world.pbx.remove_rival("anna");
    world.change("anna", &id, Change { subject: Some("Other".to_owned()), ..Change::default() });
    world.until("anna", &busy("Other", end)).await;
    world.until_status("nobody else", |status| status.get("error").is_none()).await;
    world.no_violations();
}
