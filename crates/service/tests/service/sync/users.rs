//! Users of the PBX, and the mailboxes that are found for them.

use serde_json::json;

use super::world::{World, address, busy, guid, running, settings, soon};

#[tokio::test(flavor = "multi_thread")]
async fn users_come_change_and_go_at_any_moment() {
    let mut world = World::new(&["anna"]).await;
    world.graph.add_user(graph_sim::User::new(address("emil"))).unwrap();
    world.pbx.add_user(pbx_sim::User { loc: "branch".to_owned(), ..pbx_sim::User::new(&guid(7), "emil") });
    world.until("emil", "Free").await;

    assert!(world.pbx.rename_user("anna", "anne"));
    world.until_status("anne has no mailbox", |status| status["unmatched"] == 1).await;
    soon("anne is cleared", world.pbx.until_cleared("anne")).await;
    world
        .pbx
        .change_user("anne", |user| user.emails = vec!["x@contoso.example; anna@contoso.example".to_owned()]);
    world.until("anne", "Free").await;

    assert!(world.pbx.delete_user("emil"));
    let is_anne_alone = |status: &serde_json::Value| status["users"] == 1 && status["shown"] == 1;
    let status = world.until_status("emil is gone, and so is the presence", is_anne_alone).await;
    assert_eq!((&status["matched"], &status["unmatched"]), (&json!(1), &json!(0)));
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn users_who_change_while_the_table_is_read_are_right_in_the_end() {
    let mut world = World::unconfigured(&[]).await;
    let names: Vec<String> = (0..300).map(|number| format!("user{number}")).collect();
    for (number, name) in (100_u32..).zip(&names) {
        world.pbx.add_user(pbx_sim::User::new(&guid(number), name));
    }
    for name in ["new1", "new299", "added"] {
        world.graph.add_user(graph_sim::User::new(address(name))).unwrap();
    }
    let settings = settings(&world.graph);
    world.write(settings).await;
    assert!(world.pbx.rename_user("user1", "new1"));
    assert!(world.pbx.rename_user("user299", "new299"));
    assert!(world.pbx.delete_user("user2") && world.pbx.delete_user("user298"));
    world.pbx.add_user(pbx_sim::User::new(&guid(1), "added"));
    for name in ["new1", "new299", "added"] {
        world.until(name, "Free").await;
    }
    let status = world.until_status("all asked", |status| status["unmatched"] == 296).await;
    assert_eq!((&status["users"], &status["matched"]), (&json!(299), &json!(3)));
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_presence_is_told_for_that_user_and_tried_again() {
    let mut world = World::new(&["anna", "bert"]).await;
    world.pbx.lock_presence("anna", true);
    let (meeting, end) = running("Meeting", 30);
    for user in ["anna", "bert"] {
        world.add(user, meeting.clone());
    }
    world.until("bert", &busy("Meeting", end)).await;
    let anna = world.until_user(0, |anna| anna.get("error").is_some()).await;
    assert_eq!((&anna["name"], &anna["error"]), (&json!("anna"), &json!("presenceRefused")));
    assert_eq!(world.pbx.note("anna").as_deref(), Some("Free"));
    world.pbx.lock_presence("anna", false);
    let (other, end) = running("Other", 20);
    world.add("anna", other);
    world.until("anna", &busy("Other", end)).await;
    world.until_user(0, |anna| anna.get("error").is_none()).await;
    world.no_violations();
}
