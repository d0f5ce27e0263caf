//! The side of the PBX: each code of its steps.

use serde_json::{Value, json};

use super::{Told, test};
use crate::sync::other_pbxs::another;
use crate::sync::world::{World, settings, soon};

/// The steps of the PBX alone, with other settings than the stored.
async fn of_pbx(world: &mut World, items: Value) -> Told {
    let only = ["pbx", "pbxRights", "pbxUsers", "match"];
    test(world, json!({"ConfigItems": items, "only": only})).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pbx_that_is_not_connected_is_missed() {
    let mut world = World::new(&["anna"]).await;
    world.pbx.unplug();
    world.until_status("gone", |status| status["pbx"]["connected"] == false).await;
    let told = of_pbx(&mut world, json!({})).await;
    assert_eq!(told.verdict("pbx"), ["failed", "pbxMissing", "pbxMissing", "appObjects"]);
    assert_eq!([told.state("pbxRights"), told.state("pbxUsers"), told.state("match")], ["skipped"; 3]);
    assert_eq!(told.step("pbx")["facts"]["pbx"], "MASTER");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_name_than_the_connected_one_is_told_with_that_one() {
    let mut world = World::new(&["anna"]).await;
    let name = world.pbx.options().name.clone();
    let told = of_pbx(&mut world, json!({"pbxName": "headquarters"})).await;
    assert_eq!(told.verdict("pbx")[..3], ["failed", "pbxOther", "pbxOther"]);
    assert_eq!(told.step("pbx")["facts"], json!({"pbx": "headquarters", "others": name}));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_is_not_ticked_is_named() {
    let mut world = World::new(&["anna"]).await;
    for (name, granted, missing) in [
        ("users", &["PbxApi"][..], "PbxTableUsers"),
        ("presences", &["PbxTableUsers"], "PbxApi"),
        ("nothing", &[], "PbxApi, PbxTableUsers"),
    ] {
        let poor = another(&world, name, granted);
        soon("connected", poor.until_connected()).await;
        let told = of_pbx(&mut world, json!({"pbxName": name})).await;
        assert_eq!(told.verdict("pbxRights")[..3], ["failed", "pbxApi", "pbxApi"]);
        assert_eq!(told.step("pbxRights")["facts"]["apis"], missing);
        assert_eq!(told.state("pbxUsers"), "skipped");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pbx_without_users_is_told() {
    let mut world = World::unconfigured(&[]).await;
    let items = settings(&world.graph);
    world.write(items).await;
    let told = of_pbx(&mut world, json!({})).await;
    assert_eq!(told.verdict("pbxUsers")[..3], ["failed", "pbxEmpty", "pbxEmpty"]);
    assert_eq!(told.state("match"), "skipped");
}

#[tokio::test(flavor = "multi_thread")]
async fn users_of_whom_none_has_a_mailbox_are_a_warning() {
    let mut world = World::unconfigured(&["anna"]).await;
    world.graph.remove_user(&crate::sync::world::address("anna")).unwrap();
    let items = settings(&world.graph);
    world.write(items).await;
    world.until_status("looked for", |status| status["unmatched"] == 1).await;
    let told = of_pbx(&mut world, json!({})).await;
    assert_eq!(told.verdict("match")[..3], ["warning", "unmatched", "unmatched"]);
    assert_eq!(told.step("match")["facts"], json!({"users": "1", "matched": "0"}));
    assert_eq!(told.result["ok"], true, "a warning is no failure");
}
