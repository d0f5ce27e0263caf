//! `people.md` 5: more that an appointment can say.

use chrono::TimeDelta;
use graph_sim::{Appointment, AutomaticReplies, Change, Endpoint, Series};
use serde_json::json;

use super::world::{World, address, busy, clock, now, running};

fn with(categories: &[&str], appointment: Appointment) -> Appointment {
    Appointment { categories: categories.iter().map(ToString::to_string).collect(), ..appointment }
}

/// Sets automatic replies of a mailbox.
fn reply(world: &World, user: &str, replies: AutomaticReplies) {
    world.graph.change_user(&address(user), |user| user.automatic_replies = replies).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn people_5_appointments_of_ignored_categories_are_left_out() {
    let mut world = World::new(&["anna"]).await;
    let (meeting, end) = running("Meeting", 30);
    let id = world.add("anna", with(&["Green", "Focus time"], meeting));
    world.until("anna", &busy("Meeting", end)).await;
    world.write(json!({"ignoreCategories": "red, FOCUS Time"})).await;
    world.until("anna", "Free").await;
    let user = world.users().await.remove(0);
    let explained = world.ask("Explain", json!({"guid": user["guid"]})).await;
    assert_eq!(explained["reasons"][0]["why"], "category", "{explained}");
    let text = explained["reasons"][0]["text"].as_str().unwrap();
    assert!(text.ends_with("is left out: it bears a category that is ignored"), "{text}");
    // A part of a name is not the name.
    let change = Change { categories: Some(vec!["Focus".to_owned()]), ..Change::default() };
    world.change("anna", &id, change);
    world.until("anna", &busy("Meeting", end)).await;
    let told = world.ask("DryRun", json!({"ConfigItems": {"ignoreCategories": "focus"}})).await;
    assert_eq!(told["changed"][0]["after"]["note"], "Free", "{told}");
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn people_5_occurrences_bear_the_categories_of_their_series() {
    let mut world = World::new(&["anna"]).await;
    world.write(json!({"ignoreCategories": "red"})).await;
    let (meeting, _) = running("Series", 30);
    world.graph.add_series(&address("anna"), Series::weekly(with(&["Red"], meeting))).unwrap();
    // The barrier: what came later is shown.
    let (other, end) = running("Other", 20);
    world.add("anna", other);
    world.until("anna", &busy("Other", end)).await;
    let guid = world.users().await.remove(0)["guid"].clone();
    let explained = world.ask("Explain", json!({"guid": guid})).await;
    let whys: Vec<_> =
        explained["reasons"].as_array().unwrap().iter().map(|one| one["why"].clone()).collect();
    assert!(whys.contains(&json!("category")) && whys.contains(&json!("leads")), "{explained}");
}

#[tokio::test(flavor = "multi_thread")]
async fn people_5_while_a_mailbox_answers_automatically_that_is_shown() {
    let mut world = World::new(&["anna", "bert"]).await;
    reply(&world, "anna", AutomaticReplies::AlwaysEnabled);
    let asked = |world: &World| world.graph.counts().requests.get(&Endpoint::MailboxSettings).copied();
    assert_eq!(asked(&world), None, "nobody asks as long as they are ignored");
    world.write(json!({"mapAutomaticReplies": 2})).await;
    let user = world.until_user(0, |user| user["activity"] == "away").await;
    let explained = world.ask("Explain", json!({"guid": user["guid"]})).await;
    assert_eq!((&explained["leading"], &explained["wholeDay"]), (&json!("automatic-replies"), &json!(true)));
    assert_eq!(world.pbx.calendar_presence("anna").unwrap().activity, "away");
    assert!(!world.pbx.note("anna").unwrap().contains("#len"), "they have no title");
    assert_eq!(world.pbx.note("bert").as_deref(), Some("Free"));

    // With a schedule until its end.
    let end = now() + TimeDelta::minutes(30);
    let scheduled = AutomaticReplies::Scheduled { start: now() - TimeDelta::hours(1), end };
    reply(&world, "anna", scheduled);
    let note = format!("Away until {} #away #until:{}", clock(end), end.timestamp_millis());
    world.until("anna", &note).await;
    reply(&world, "anna", AutomaticReplies::Disabled);
    world.until("anna", "Free").await;
    reply(&world, "anna", AutomaticReplies::AlwaysEnabled);
    world.until_user(0, |user| user["activity"] == "away").await;
    world.write(json!({"mapAutomaticReplies": 4})).await;
    world.until("anna", "Free").await;
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn people_5_automatic_replies_are_known_at_once_after_a_restart() {
    let mut world = World::new(&["anna"]).await;
    reply(&world, "anna", AutomaticReplies::AlwaysEnabled);
    world.write(json!({"mapAutomaticReplies": 3})).await;
    world.until_user(0, |user| user["activity"] == "dnd").await;
    let writes = world.pbx.writes("anna");
    // The source starts again with another proxy that nobody needs for the loopback address.
    world.graph.down().await;
    world.write(json!({"supportedAccounts": 1})).await;
    world.until_status("the source is down", |status| status["sync"] == "error").await;
    world.graph.up().await;
    world.until_status("the source is up", |status| status["sync"] == "running").await;
    world.until_user(0, |user| user["activity"] == "dnd").await;
    assert_eq!(world.pbx.writes("anna"), writes, "nothing else was shown in between");
}

#[tokio::test(flavor = "multi_thread")]
async fn people_5_where_they_may_not_be_asked_for_the_status_says_so() {
    let mut world = World::new(&["anna"]).await;
    let client = world.graph.settings().applications[0].client_id;
    world
        .graph
        .change_application(client, |application| {
            application.roles.retain(|role| role != "MailboxSettings.Read");
        })
        .unwrap();
    reply(&world, "anna", AutomaticReplies::AlwaysEnabled);
    world.write(json!({"mapAutomaticReplies": 2})).await;
    let status = world.until_status("a warning", |status| status["error"] == "repliesNotGranted").await;
    assert_eq!(status["sync"], "running");
    assert_eq!(world.pbx.note("anna").as_deref(), Some("Free"));
}
