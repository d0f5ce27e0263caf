//! `people.md` 3: a presence set by hand wins.

use std::time::{Duration, Instant};

use serde_json::json;

use super::world::{World, busy, running, soon};

#[tokio::test(flavor = "multi_thread")]
async fn people_3_what_a_user_sets_by_hand_stays_first_until_it_is_taken_back() {
    let mut world = World::new(&["anna", "bert"]).await;
    world.write(json!({"manualWins": true})).await;
    soon("everybody is watched", async {
        while world.pbx.watches() < 2 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    world.pbx.set_by_hand("anna", "away", "Lunch");
    let (meeting, end) = running("Meeting", 30);
    world.add("anna", meeting);
    let user = world.until_user(0, |user| user["activity"] == "busy").await;
    assert_eq!((&user["heldBack"], &user["note"]), (&json!(true), &json!(busy("Meeting", end))));
    let (writes, first) = (world.pbx.writes("anna"), world.pbx.presences("anna").remove(0));
    assert_eq!((first.contact.as_str(), first.note.as_str()), ("tel:", "Lunch"));
    let explained = world.ask("Explain", json!({"guid": user["guid"]})).await;
    let whys = ["heldBack", "leads"].map(|why| json!(why));
    assert_eq!([0, 1].map(|place| explained["reasons"][place]["why"].clone()), whys, "{explained}");

    // The barrier: what bert shows came later.
    let (other, end_of_other) = running("Other", 20);
    world.add("bert", other);
    world.until("bert", &busy("Other", end_of_other)).await;
    assert_eq!((world.pbx.writes("anna"), world.pbx.note("anna").as_deref()), (writes, Some("Free")));
    let back = Instant::now();
    world.pbx.set_by_hand("anna", "", "");
    world.until("anna", &busy("Meeting", end)).await;
    assert!(back.elapsed() < Duration::from_secs(1), "{:?}", back.elapsed());
    assert_eq!((world.users().await.remove(0).get("heldBack"), world.pbx.writes("anna")), (None, writes + 1));
    // What the PBX shows already is not written again.
    world.pbx.set_by_hand("anna", "away", "");
    world.until_user(0, |user| user["heldBack"] == true).await;
    world.pbx.set_by_hand("anna", "", "");
    world.until_user(0, |user| user.get("heldBack").is_none()).await;
    assert_eq!(world.pbx.writes("anna"), writes + 1);
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn people_3_it_is_off_until_it_is_switched_on_and_off_again_when_it_is_switched_off() {
    let mut world = World::new(&["anna"]).await;
    let watches = world.pbx.watches();
    world.pbx.set_by_hand("anna", "away", "Lunch");
    let (meeting, end) = running("Meeting", 30);
    let id = world.add("anna", meeting);
    world.until("anna", &busy("Meeting", end)).await;
    world.write(json!({"manualWins": true})).await;
    world.until_user(0, |user| user["heldBack"] == true).await;
    world.graph.delete(&super::world::address("anna"), &id).unwrap();
    world.until_user(0, |user| user["note"] == "Free").await;
    assert_eq!(world.pbx.note("anna"), Some(busy("Meeting", end)));
    world.write(json!({"manualWins": false})).await;
    world.until("anna", "Free").await;
    assert!(world.pbx.watches() <= watches.max(1));
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn people_3_where_the_pbx_tells_no_presences_the_calendar_is_shown_and_the_status_warns() {
    let mut world = World::unconfigured(&["anna"]).await;
    world.pbx.set_secretive(true);
    world.pbx.set_by_hand("anna", "away", "Lunch");
    let (meeting, end) = running("Meeting", 30);
    world.add("anna", meeting);
    let mut settings = super::world::settings(&world.graph);
    settings["manualWins"] = json!(true);
    world.write(settings).await;
    world.until("anna", &busy("Meeting", end)).await;
    let status = world.until_status("a warning", |status| status["error"] == "presencesNotTold").await;
    assert_eq!((&status["sync"], &status["facts"]), (&json!("running"), &json!({"pbx": "master"})));
    assert_eq!(world.users().await.remove(0).get("heldBack"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_3_users_who_come_are_renamed_or_come_back_are_watched() {
    let mut world = World::new(&["anna"]).await;
    world.write(json!({"manualWins": true})).await;
    world.pbx.set_by_hand("anna", "away", "Lunch");
    world.until_user(0, |user| user["heldBack"] == true).await;
    world.pbx.rename_user("anna", "anne");
    world.pbx.add_user(pbx_sim::User::new("0000000000000000000000000000000c", "carl"));
    soon("both are watched", async {
        while world.pbx.watches() < 2 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    world.pbx.drop_connection();
    soon("it is gone", world.pbx.until_disconnected()).await;
    soon("both are watched again", async {
        while !world.pbx.is_connected() || world.pbx.watches() < 2 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    world.no_violations();
}
