//! `people.md` 4: users decide about their own calendar.

use appwebsocket::Credentials;
use serde_json::{Value, json};

use super::world::{World, busy, guid, now, running, soon};
use crate::support::Socket;

const APP: &str = "pbxcalendar-my";

/// A user who has opened *My Calendar*.
async fn opened(world: &World, sip: &str, guid: &str) -> Socket {
    let url = world.service.as_ref().unwrap().url.replacen("http", "ws", 1);
    let mut socket = Socket::connect(&url).await;
    let login = Credentials { app: APP, sip, guid, domain: "contoso.example", ..Credentials::default() };
    socket.login_as(login, &world.password).await;
    socket
}

async fn get(socket: &mut Socket) -> Value {
    socket.answer(json!({"mt": "GetMine", "api": "Calendar"})).await
}

async fn set(socket: &mut Socket, fields: Value) -> Value {
    let mut message = json!({"mt": "SetMine", "api": "Calendar"});
    message.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    socket.answer(message).await
}

/// Waits for an update.
async fn update(socket: &mut Socket, what: &str, is_so: impl Fn(&Value) -> bool) -> Value {
    soon(what, async {
        loop {
            let message = socket.receive().await;
            if message["mt"] == "MineUpdate" && is_so(&message) {
                return message;
            }
        }
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn people_4_a_user_sees_what_colleagues_see_why_and_what_comes_next() {
    let world = World::new(&["anna", "bert"]).await;
    let (meeting, end) = running("Meeting", 30);
    let id = world.add("anna", meeting);
    world.until("anna", &busy("Meeting", end)).await;
    let mut anna = opened(&world, "anna", &guid(1)).await;
    let mine = get(&mut anna).await;
    let names: Vec<&str> = mine.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "activity", "allowed", "api", "changes", "lastSync", "mt", "name", "note", "reasons", "show",
        "state", "titles", "until",
    ];
    assert_eq!(names, expected);
    assert_eq!(
        (&mine["name"], &mine["state"], &mine["allowed"]),
        (&json!("anna"), &json!("matched"), &json!(true))
    );
    assert_eq!((&mine["show"], &mine["titles"]), (&json!(true), &json!("asConfigured")));
    assert_eq!((&mine["note"], &mine["activity"]), (&json!(busy("Meeting", end)), &json!("busy")));
    assert_eq!((&mine["changes"][0]["at"], &mine["until"]), (&json!(end.timestamp_millis()), &mine["until"]));
    assert_eq!(mine["reasons"][0]["why"], "leads");
    world.graph.delete(&super::world::address("anna"), &id).unwrap();
    let update = update(&mut anna, "free", |update| update["note"] == "Free").await;
    assert_eq!((&update["api"], &update["activity"]), (&json!("Calendar"), &json!("")));

    // By the name where there is no GUID, and nobody at all where the PBX lists nobody.
    assert_eq!(get(&mut opened(&world, "bert", "").await).await["name"], "bert");
    for (sip, guid) in [("carl", ""), ("anna", "0000000000000000000000000000000f")] {
        let mut nobody = opened(&world, sip, guid).await;
        assert_eq!(get(&mut nobody).await["error"], "unknownUser");
        assert_eq!(set(&mut nobody, json!({"show": false})).await["error"], "unknownUser");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_4_who_does_not_show_the_calendar_is_cleared_and_comes_back() {
    let mut world = World::new(&["anna", "bert"]).await;
    let (meeting, end) = running("Meeting", 30);
    world.add("anna", meeting);
    world.until("anna", &busy("Meeting", end)).await;
    let mut anna = opened(&world, "anna", &guid(1)).await;
    let begin = std::time::Instant::now();
    let mine = set(&mut anna, json!({"show": false})).await;
    let told = ["show", "activity", "note", "state"].map(|name| mine[name].clone());
    assert_eq!(told, [json!(false), json!(""), json!(""), json!("hiddenByUser")]);
    soon("cleared", world.pbx.until_cleared("anna")).await;
    assert!(begin.elapsed() < std::time::Duration::from_secs(1), "{:?}", begin.elapsed());
    let user = world.users().await.remove(0);
    assert_eq!((&user["state"], user.get("note")), (&json!("hiddenByUser"), None));
    let explained = world.ask("Explain", json!({"guid": user["guid"]})).await;
    assert_eq!(explained["reasons"][0]["state"], "hiddenByUser");
    assert!(!explained.to_string().contains("Meeting"));
    let list = world.ask("GetUsers", json!({"state": "hiddenByUser"})).await;
    assert_eq!((&list["users"][0]["name"], &list["counts"]["hiddenByUser"]), (&json!("anna"), &json!(1)));

    // It is durable before it is acknowledged, and known to whoever starts next.
    assert_eq!(world.pbx.note("bert").as_deref(), Some("Free"));
    world.write(json!({"selfService": false})).await;
    world.until("anna", &busy("Meeting", end)).await;
    let mine = get(&mut anna).await;
    assert_eq!(
        (&mine["allowed"], &mine["show"], &mine["state"]),
        (&json!(false), &json!(false), &json!("matched"))
    );
    assert_eq!(set(&mut anna, json!({"show": true})).await["error"], "notAllowed");
    world.write(json!({"selfService": true})).await;
    soon("cleared again", world.pbx.until_cleared("anna")).await;
    assert_eq!(set(&mut anna, json!({"show": true})).await["state"], "matched");
    world.until("anna", &busy("Meeting", end)).await;
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn people_4_a_pause_ends_by_itself() {
    let mut world = World::new(&["anna"]).await;
    let (meeting, end) = running("Meeting", 30);
    world.add("anna", meeting);
    world.until("anna", &busy("Meeting", end)).await;
    let mut anna = opened(&world, "anna", &guid(1)).await;
    let until = now().timestamp_millis() + 3000;
    let mine = set(&mut anna, json!({"pausedUntil": until})).await;
    assert_eq!(
        (&mine["pausedUntil"], &mine["show"], &mine["note"]),
        (&json!(until), &json!(true), &json!(""))
    );
    soon("cleared", world.pbx.until_cleared("anna")).await;
    assert_eq!(world.users().await.remove(0)["state"], "hiddenByUser");
    world.until("anna", &busy("Meeting", end)).await;
    let mine = get(&mut anna).await;
    assert_eq!((mine.get("pausedUntil"), &mine["state"]), (None, &json!("matched")));
    let far = now().timestamp_millis() + 3_600_000;
    set(&mut anna, json!({"pausedUntil": far})).await;
    soon("cleared", world.pbx.until_cleared("anna")).await;
    set(&mut anna, json!({"pausedUntil": null})).await;
    world.until("anna", &busy("Meeting", end)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_4_titles_that_a_user_hides_are_shown_to_nobody() {
    let mut world = World::new(&["anna", "bert"]).await;
    let (meeting, end) = running("Meeting", 30);
    for user in ["anna", "bert"] {
        world.add(user, meeting.clone());
        world.until(user, &busy("Meeting", end)).await;
    }
    let mut anna = opened(&world, "anna", &guid(1)).await;
    let mine = set(&mut anna, json!({"titles": "never"})).await;
    let note = mine["note"].as_str().unwrap().to_owned();
    assert!(note.starts_with("Busy until ") && !note.contains("#len"), "{note}");
    world.until("anna", &note).await;
    assert_eq!(world.pbx.note("bert"), Some(busy("Meeting", end)), "nobody else's");
    let users = world.ask("GetUsers", json!({"search": "anna", "day": true})).await;
    let explained = world.ask("Explain", json!({"guid": guid(1)})).await;
    let tried = world.ask("DryRun", json!({"ConfigItems": {"mapBusy": 2, "showSubject": true}})).await;
    let of_anna = &tried["changed"].as_array().unwrap().iter().find(|one| one["name"] == "anna").unwrap();
    for told in [&users, &explained, *of_anna] {
        assert!(!told.to_string().contains("Meeting"), "{told}");
    }
    set(&mut anna, json!({"titles": "asConfigured"})).await;
    world.until("anna", &busy("Meeting", end)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_4_nobody_learns_anything_of_anybody_else() {
    let mut world = World::new(&["anna", "bert"]).await;
    let (secret, end) = running("Secret", 30);
    world.add("bert", secret);
    world.until("bert", &busy("Secret", end)).await;
    let mut anna = opened(&world, "anna", &guid(1)).await;
    let mut frames = vec![get(&mut anna).await.to_string()];
    for (api, mt) in [
        ("Calendar", "GetStatus"),
        ("Calendar", "GetUsers"),
        ("Calendar", "GetGroups"),
        ("Calendar", "Explain"),
        ("Calendar", "DryRun"),
        ("Calendar", "Resync"),
        ("Calendar", "StartSignIn"),
        ("Calendar", "AppCheckLogin"),
        ("Calendar", "SetInstancePassword"),
        ("Calendar", "TestConnection"),
        ("Calendar", "CancelTest"),
        ("Calendar", "ReadConfig"),
        ("Calendar", "WriteConfig"),
        ("Calendar", "GetConfigItems"),
        ("Config", "ReadConfig"),
        ("Config", "WriteConfig"),
        ("Config", "GetConfigItems"),
    ] {
        let answer = anna
            .answer(json!({"mt": mt, "api": api, "guid": guid(2), "ConfigItems": {"pbxName": "x"}}))
            .await;
        assert_eq!(answer["result"], "AccessDenied", "{mt}");
        frames.push(answer.to_string());
    }
    // What she names does not count, only the login does.
    let mine = anna.answer(json!({"mt": "GetMine", "api": "Calendar", "guid": guid(2), "sip": "bert"})).await;
    assert_eq!(mine["name"], "anna");
    set(&mut anna, json!({"show": false, "guid": guid(2), "sip": "bert"})).await;
    world
        .graph
        .change_user(&super::world::address("bert"), |user| user.time_zone = "UTC".to_owned())
        .unwrap();
    soon("anna is cleared", world.pbx.until_cleared("anna")).await;
    assert_eq!(world.pbx.note("bert"), Some(busy("Secret", end)));
    frames.extend(anna.received().await.iter().map(Value::to_string));
    assert!(frames.iter().all(|frame| !frame.contains("Secret") && !frame.contains("bert")), "{frames:?}");
    // A manager has no calendar of his own here.
    let denied = world.ask("GetMine", json!({})).await;
    assert_eq!(denied["result"], "AccessDenied");
    for wrong in [json!({"show": "no"}), json!({"titles": 1}), json!({"pausedUntil": "soon"})] {
        assert_eq!(set(&mut anna, wrong).await["error"], "invalidQuery");
    }
}
