//! `people.md` 2: who is synchronised.

use pbx_sim::Presence;
use serde_json::{Value, json};

use super::world::{World, busy, running, soon};

fn states(users: &[Value]) -> Vec<&str> {
    users.iter().map(|user| user["state"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn people_2_who_is_left_out_is_cleared_and_nobody_asks_for_the_mailbox() {
    let mut world = World::new(&["anna", "bert", "carl"]).await;
    world.pbx.change_user("anna", |user| user.grps = vec!["Sales".to_owned()]);
    world.pbx.change_user("bert", |user| {
        user.config = "Office".to_owned();
        user.grps = vec!["Silent".to_owned()];
    });
    world.write(json!({"onlyGroups": "SALES, office", "exceptGroups": "silent"})).await;
    for user in ["bert", "carl"] {
        soon("cleared", world.pbx.until_cleared(user)).await;
    }
    let users = world.users().await;
    assert_eq!(states(&users), ["matched", "excluded", "excluded"]);
    assert_eq!((users[1].get("error"), users[1].get("note"), users[1].get("activity")), (None, None, None));
    let list = world.ask("GetUsers", json!({"state": "excluded"})).await;
    assert_eq!((&list["users"][0]["name"], &list["counts"]["excluded"]), (&json!("bert"), &json!(2)));
    let status = world.status().await;
    let numbers = ["users", "matched", "unmatched"].map(|name| status[name].as_u64().unwrap());
    assert_eq!(numbers, [3, 1, 0]);
    let explained = world.ask("Explain", json!({"guid": users[1]["guid"]})).await;
    let reason = json!([{
        "why": "notRead", "state": "excluded", "text": "The settings leave this user out, so no calendar is read.",
    }]);
    assert_eq!((&explained["reasons"], &explained["note"]), (&reason, &json!("")));

    // The barrier: what was changed later is shown, and in between nobody has asked for bert's.
    let (meeting, end) = running("Meeting", 30);
    world.add("bert", meeting.clone());
    world.add("anna", meeting);
    world.until("anna", &busy("Meeting", end)).await;
    let (other, end) = running("Other", 20);
    world.add("anna", other);
    world.until("anna", &busy("Other", end)).await;
    assert_eq!(world.pbx.note("bert").as_deref(), Some(""));
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn people_2_a_change_of_groups_at_the_pbx_counts_at_once() {
    let mut world = World::new(&["anna", "bert"]).await;
    world.write(json!({"exceptGroups": "Silent"})).await;
    world.pbx.change_user("anna", |user| user.grps = vec!["silent".to_owned()]);
    soon("anna is cleared", world.pbx.until_cleared("anna")).await;
    let writes = world.pbx.writes("bert");
    let (meeting, end) = running("Meeting", 30);
    world.add("anna", meeting);
    world.pbx.change_user("anna", |user| user.grps.clear());
    world.until("anna", &busy("Meeting", end)).await;
    world.pbx.change_user("anna", |user| user.config = "Silent".to_owned());
    soon("anna is cleared again", world.pbx.until_cleared("anna")).await;
    world.write(json!({"exceptGroups": ""})).await;
    world.until("anna", &busy("Meeting", end)).await;
    assert_eq!(world.pbx.writes("bert"), writes, "nobody else is touched");
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn people_2_what_others_wrote_stays_and_ours_is_cleared_when_the_pbx_comes_back() {
    let mut world = World::new(&["anna", "bert"]).await;
    world.pbx.unplug();
    soon("it is gone", world.pbx.until_disconnected()).await;
    world.write(json!({"onlyGroups": "nobody"})).await;
    assert_eq!(states(&world.users().await), ["excluded", "excluded"]);
    world.pbx.add_user(pbx_sim::User::new("0000000000000000000000000000000c", "carl"));
    world.pbx.write_presence("carl", Presence::calendar("busy", "of another program"));
    world.pbx.plug();
    for user in ["anna", "bert"] {
        soon("cleared", world.pbx.until_cleared(user)).await;
    }
    world.until_status("carl is known", |status| status["users"] == 3).await;
    assert_eq!(world.pbx.note("carl").as_deref(), Some("of another program"));
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn people_2_the_groups_are_told_with_how_many_users_a_choice_leaves() {
    let mut world = World::new(&["anna", "bert", "carl"]).await;
    for (user, groups, template) in [("anna", &["Sales", "Silent"][..], "Office"), ("bert", &["sales"], "")] {
        world.pbx.change_user(user, |user| {
            user.grps = groups.iter().map(ToString::to_string).collect();
            template.clone_into(&mut user.config);
        });
    }
    world.write(json!({"exceptGroups": "silent"})).await;
    soon("anna is cleared", world.pbx.until_cleared("anna")).await;
    let told = world.ask("GetGroups", json!({})).await;
    let groups = json!([
        {"name": "Office", "kind": "template", "users": 1}, {"name": "Sales", "kind": "group", "users": 2},
        {"name": "Silent", "kind": "group", "users": 1},
    ]);
    let expected = json!({"mt": "GetGroupsResult", "api": "Calendar", "src": "GetGroups", "groups": groups});
    assert_eq!(told, expected);
    for (tried, left) in [
        (json!({"onlyGroups": "sales"}), 2),
        (json!({"onlyGroups": "sales", "exceptGroups": "office"}), 1),
        (json!({"exceptGroups": ""}), 3),
    ] {
        let told = world.ask("GetGroups", tried).await;
        assert_eq!((&told["users"], &told["left"], &told["groups"]), (&json!(3), &json!(left), &groups));
    }
    let told = world.ask("GetGroups", json!({"onlyGroups": 5})).await;
    assert_eq!(told["error"], "invalidQuery");
}

#[tokio::test(flavor = "multi_thread")]
async fn people_2_a_dry_run_tells_who_would_be_left_out() {
    let mut world = World::new(&["anna", "bert"]).await;
    world.pbx.change_user("anna", |user| user.grps = vec!["Sales".to_owned()]);
    world.until_user(0, |anna| anna["state"] == "matched").await;
    let groups = |told: &Value| told["groups"].as_array().map(Vec::len);
    soon("the group is known", async {
        while groups(&world.ask("GetGroups", json!({})).await) != Some(1) {}
    })
    .await;
    let told = world.ask("DryRun", json!({"ConfigItems": {"onlyGroups": "sales"}})).await;
    let changed = told["changed"].as_array().unwrap();
    assert_eq!((changed.len(), &told["unchanged"]), (1, &json!(1)), "{told}");
    let nothing = json!({"activity": "", "note": ""});
    assert_eq!((&changed[0]["name"], &changed[0]["after"]), (&json!("bert"), &nothing));
}
