//! What managers ask of the synchronization.

use serde_json::{Value, json};

use super::world::{World, busy, guid, running};

#[tokio::test(flavor = "multi_thread")]
async fn status_users_and_reasons_tell_the_truth() {
    let mut world = World::new(&["anna", "bert"]).await;
    world.pbx.add_user(pbx_sim::User::new(&guid(3), "nobody"));
    let (meeting, end) = running("Secret plan", 30);
    let id = world.add("anna", meeting);
    world.until("anna", &busy("Secret plan", end)).await;
    let status = world.until_status("nobody has no mailbox", |status| status["unmatched"] == 1).await;
    assert_eq!(status["sync"], "running");
    assert_eq!(status["source"], json!({"type": "graph", "connected": true}));
    assert_eq!((&status["users"], &status["matched"]), (&json!(3), &json!(2)));
    assert_eq!((&status["pbx"]["connected"], &status["pbx"]["version"]), (&json!(true), &json!("14r1")));
    assert_eq!((status.get("error"), status["since"].is_i64()), (None, true));

    let users = world.users().await;
    let names: Vec<&Value> = users.iter().map(|user| &user["name"]).collect();
    assert_eq!(names, ["nobody", "anna", "bert"], "problems come first");
    let anna = &users[1];
    assert_eq!(anna["addresses"], json!(["anna@contoso.example"]));
    assert_eq!((&anna["state"], &anna["activity"]), (&json!("matched"), &json!("busy")));
    assert_eq!(
        (&anna["note"], &anna["until"]),
        (&json!(busy("Secret plan", end)), &json!(end.timestamp_millis()))
    );
    assert!(anna["mailbox"].is_string() && anna["lastSync"].is_i64(), "{anna}");
    assert_eq!((&users[0]["state"], &users[0]["error"]), (&json!("noMailbox"), &json!("mailboxUnknown")));
    assert_eq!(users[0]["facts"], json!({"addresses": ["nobody@contoso.example"]}));
    let page = world.ask("GetUsers", json!({"limit": 1, "from": 1, "search": "B"})).await;
    assert_eq!((page["users"][0]["name"].as_str(), page.get("more")), (Some("bert"), None));
    let page = world.ask("GetUsers", json!({"limit": 1, "day": true, "state": "matched"})).await;
    let day = page["users"][0]["day"].as_array().unwrap();
    assert!(day.contains(&json!({"from": end.timestamp_millis(), "activity": ""})), "{page}");
    assert_eq!((&day[0]["from"], &page["counts"]["noMailbox"]), (&page["today"]["from"], &json!(1)));
    let page = world.ask("GetUsers", json!({"cursor": page["more"], "state": "matched"})).await;
    assert_eq!((page["users"][0]["name"].as_str(), page.get("more")), (Some("bert"), None));
    let wrong = world.ask("GetUsers", json!({"state": "x"})).await;
    assert_eq!(wrong["error"], "invalidQuery");

    let explained = world.ask("Explain", json!({"guid": guid(1)})).await;
    assert_eq!(explained["note"], busy("Secret plan", end));
    let leading = explained["leading"].as_str().unwrap();
    let reason = &explained["reasons"][0];
    assert!(reason["text"].as_str().unwrap().starts_with(leading), "{explained}");
    assert_eq!((&reason["why"], &reason["end"]), (&json!("leads"), &json!(end.timestamp_millis())));
    assert_eq!(explained["changes"][0]["at"], end.timestamp_millis());
    assert!(!explained["reasons"].to_string().contains("Secret"), "{explained} {id}");
    let unread = world.ask("Explain", json!({"guid": guid(3)})).await;
    assert_eq!((&unread["reasons"][0]["why"], &unread["note"]), (&json!("notRead"), &json!("")), "{unread}");
    assert_eq!(world.ask("Explain", json!({"guid": "x"})).await["error"], "unknownUser");
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_tells_who_would_be_shown_otherwise_and_changes_nothing() {
    let mut world = World::new(&["anna", "bert"]).await;
    let (meeting, end) = running("Meeting", 30);
    world.add("anna", meeting);
    world.until("anna", &busy("Meeting", end)).await;
    let result = world.ask("DryRun", json!({"ConfigItems": {"mapBusy": 2}})).await;
    assert_eq!(result["unchanged"], 1);
    let change = &result["changed"][0];
    assert_eq!((&change["guid"], &change["name"]), (&json!(guid(1)), &json!("anna")));
    assert_eq!(change["before"], json!({"activity": "busy", "note": busy("Meeting", end)}));
    let away = busy("Meeting", end).replace("#busy", "#away");
    assert_eq!(change["after"], json!({"activity": "away", "note": away}));
    assert!(change["at"].is_i64());
    let off = world.ask("DryRun", json!({"ConfigItems": {"syncType": 0}})).await;
    let cleared = json!({"activity": "", "note": ""});
    assert_eq!((&off["unchanged"], &off["changed"][0]["after"]), (&json!(0), &cleared));
    assert_eq!(off["changed"][0]["before"], change["before"]);
    let wrong = world.ask("DryRun", json!({"ConfigItems": {"mapBusy": 9, "presenceTimeZone": "x"}})).await;
    assert_eq!((&wrong["result"], wrong["errors"].as_array().unwrap().len()), (&json!("failed"), 2));
    assert_eq!(world.pbx.note("anna"), Some(busy("Meeting", end)));
    assert_eq!(world.pbx.writes("anna"), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resync_is_done_for_users_that_there_are() {
    let mut world = World::new(&["anna"]).await;
    for (about, ok) in [
        (json!({}), true),
        (json!({"guid": null}), true),
        (json!({"guid": guid(1)}), true),
        (json!({"guid": "x"}), false),
        (json!({"guid": 1}), false),
    ] {
        assert_eq!(world.ask("Resync", about).await["ok"], ok);
    }
    world.write(json!({"syncType": 0})).await;
    world.until_status("off", |status| status["sync"] == "off").await;
    assert_eq!(world.ask("Resync", json!({})).await["ok"], false);
    assert_eq!(world.users().await, Vec::<Value>::new());
}
