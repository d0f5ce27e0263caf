//! Presences.

use pbx_sim::{Presence, Rule};
use serde_json::{Value, json};

use crate::service::{connected, connected_with};

const GUID: &str = "00000000000000000000000000000001";

fn set(activity: &str, note: &str) -> Value {
    json!({
        "mt": "SetPresence", "api": "PbxApi", "src": "s", "sip": "user1", "guid": GUID,
        "contact": "calendar:", "activity": activity, "note": note,
    })
}

fn with(name: &str, value: Value) -> Value {
    let mut message = set("busy", "Meeting");
    message[name] = value;
    message
}

fn without(name: &str) -> Value {
    let mut message = set("busy", "Meeting");
    message.as_object_mut().unwrap().remove(name);
    message
}

#[tokio::test]
async fn a_presence_is_set_and_acknowledged() {
    let (pbx, mut connection) = connected().await;
    assert_eq!(pbx.calendar_presence("user1"), None);
    let result = json!({"mt": "SetPresenceResult", "api": "PbxApi", "src": "s"});
    for activity in ["", "away", "busy", "dnd"] {
        assert_eq!(connection.ask(set(activity, "Note")).await, result);
        assert_eq!(pbx.calendar_presence("user1"), Some(Presence::calendar(activity, "Note")));
    }
    assert_eq!(connection.ask(with("sip", json!("user1@example.com"))).await, result);
    assert_eq!(pbx.note(GUID).as_deref(), Some("Meeting"));
    assert_eq!(connection.ask(without("note")).await, result);
    assert_eq!(pbx.note("user1").as_deref(), Some(""));
    assert_eq!((pbx.writes("user1"), pbx.writes("user2"), pbx.total_writes()), (6, 0, 6));
    assert_eq!(pbx.violations(), []);
}

#[tokio::test]
async fn a_result_may_say_error_zero() {
    let (_pbx, mut connection) = connected_with(|options| options.error_zero = true).await;
    let result = json!({"mt": "SetPresenceResult", "api": "PbxApi", "src": "s", "error": 0, "errorText": ""});
    assert_eq!(connection.ask(set("", "Free")).await, result);
}

#[tokio::test]
async fn the_newest_presence_is_the_first() {
    let (pbx, mut connection) = connected().await;
    connection.ask(set("busy", "Meeting")).await;
    let own = Presence::new("tel:", "away", "Lunch");
    pbx.write_presence("user1", own.clone());
    assert_eq!(pbx.presences("user1"), [own.clone(), Presence::calendar("busy", "Meeting")]);
    connection.ask(set("", "Free")).await;
    assert_eq!(pbx.presences("user1"), [Presence::calendar("", "Free"), own]);
}

#[tokio::test]
async fn every_broken_presence_is_refused() {
    let (pbx, mut connection) = connected().await;
    let other = "00000000000000000000000000000002";
    let two_users = format!("sip \"user1\" and guid \"{other}\" are two users");
    for (message, rule, code, text) in [
        (without("sip"), Rule::Shape, 1, "missing field `sip`"),
        (without("guid"), Rule::Shape, 1, "missing field `guid`"),
        (without("contact"), Rule::Shape, 1, "missing field `contact`"),
        (without("activity"), Rule::Shape, 1, "missing field `activity`"),
        (with("note", Value::Null), Rule::Shape, 1, "invalid type: null, expected a string"),
        (
            with("status", json!("open")),
            Rule::Shape,
            1,
            "unknown field `status`, expected one of `sip`, `guid`, `contact`, `activity`, `note`",
        ),
        (with("contact", json!("tel:")), Rule::Contact, 1, "the contact is not calendar:"),
        (
            with("activity", json!("lunch")),
            Rule::Activity,
            1,
            r#""lunch" is none of the activities ["", "away", "busy", "dnd"]"#,
        ),
        (with("sip", json!("x")), Rule::UnknownUser, 2, "there is no user with sip \"x\""),
        (with("guid", json!("x")), Rule::UnknownUser, 2, "there is no user with guid \"x\""),
        (with("guid", json!(other)), Rule::UnknownUser, 1, &two_users),
    ] {
        let expected = json!({
            "mt": "SetPresenceResult", "api": "PbxApi", "src": "s", "error": code, "errorText": text,
        });
        assert_eq!(connection.ask(message).await, expected);
        let violations: Vec<_> = pbx.take_violations().iter().map(ToString::to_string).collect();
        assert_eq!(violations, [format!("{rule:?}: SetPresence: {text}")]);
    }
    assert_eq!((pbx.calendar_presence("user1"), pbx.total_writes()), (None, 0));
}

#[tokio::test]
async fn who_was_deleted_or_renamed_a_moment_ago_is_refused_without_blame() {
    let (pbx, mut connection) = connected().await;
    pbx.rename_user("user1", "anna");
    let answer = connection.ask(set("", "Free")).await;
    let text = "the user is deleted or has another name now";
    assert_eq!((&answer["error"], &answer["errorText"]), (&json!(2), &json!(text)));
    pbx.delete_user("anna");
    assert_eq!(connection.ask(with("sip", json!("anna"))).await["error"], 2);
    assert_eq!(pbx.violations(), []);
}

#[tokio::test]
async fn a_locked_presence_is_an_error_of_the_pbx() {
    let (pbx, mut connection) = connected().await;
    assert!(pbx.lock_presence("user1", true));
    assert_eq!(connection.ask(set("", "Free")).await["error"], 3);
    assert!(pbx.lock_presence("user1", false));
    assert_eq!(connection.ask(set("", "Free")).await.get("error"), None);
    assert!(!pbx.lock_presence("nobody", true));
    assert_eq!(pbx.violations(), []);
}

#[tokio::test]
async fn a_watched_user_s_presences_are_told() {
    let (pbx, mut connection) = connected().await;
    pbx.change_user("user1", |user| user.emails = vec!["anna@example.com".into()]);
    let own = Presence::new("tel:", "away", "Lunch");
    pbx.write_presence("user1", own.clone());
    let ask = |mt: &str, name: &str, value: &str| json!({"mt": mt, "api": "PbxApi", "src": "w", name: value});
    let update = |presences: &[Presence]| json!({"mt": "PresenceUpdate", "api": "PbxApi", "src": "w", "presence": presences});
    let state = |up: bool| {
        json!({
            "mt": "PresenceState", "api": "PbxApi", "src": "w", "up": up, "sip": "user1", "num": "1001",
            "dn": "User 1", "email": "anna@example.com",
        })
    };
    let result = |mt: &str| json!({"mt": mt, "api": "PbxApi", "src": "w"});

    let subscribe = ask("SubscribePresence", "sip", "user1");
    assert_eq!(connection.ask(subscribe.clone()).await, result("SubscribePresenceResult"));
    assert_eq!(connection.receive().await, state(true));
    assert_eq!(connection.receive().await, update(std::slice::from_ref(&own)));
    // The service hears of what it sets itself, after the result.
    connection.ask(set("busy", "Meeting")).await;
    let both = [Presence::calendar("busy", "Meeting"), own.clone()];
    assert_eq!(connection.receive().await, update(&both));
    assert_eq!(both[0].status, "open");
    pbx.write_presence("user2", own.clone());
    let twice = connection.ask(subscribe).await;
    assert_eq!(twice["errorText"], "the user is watched with this src already");

    let unsubscribe = ask("UnsubscribePresence", "num", "1001");
    assert_eq!(connection.ask(unsubscribe.clone()).await, result("UnsubscribePresenceResult"));
    pbx.write_presence("user1", own);
    let twice = connection.ask(unsubscribe).await;
    assert_eq!(twice["errorText"], "the user is not watched with this src");
    let rules: Vec<_> = pbx.take_violations().iter().map(|violation| violation.rule).collect();
    assert_eq!(rules, [Rule::Order, Rule::Order]);

    connection.ask(ask("SubscribePresence", "num", "1001")).await;
    assert_eq!(connection.receive().await, state(true));
    connection.receive().await;
    pbx.delete_user("user1");
    assert_eq!(connection.receive().await, state(false));
    assert_eq!(connection.ask(ask("SubscribePresence", "sip", "user1")).await["error"], 2);
    assert_eq!(pbx.violations(), []);
}

#[tokio::test]
async fn broken_subscriptions_are_refused() {
    let (pbx, mut connection) = connected().await;
    for (fields, rule, text) in [
        (json!({}), Rule::Shape, "neither sip nor num"),
        (json!({"sip": "", "num": ""}), Rule::Shape, "neither sip nor num"),
        (json!({"sip": 1}), Rule::Shape, "invalid type: integer `1`, expected a string"),
        (json!({"guid": GUID}), Rule::Shape, "unknown field `guid`, expected `sip` or `num`"),
        (json!({"sip": "x"}), Rule::UnknownUser, "there is no user with sip \"x\""),
        (json!({"num": "1"}), Rule::UnknownUser, "there is no user with num \"1\""),
    ] {
        for mt in ["SubscribePresence", "UnsubscribePresence"] {
            let mut message = fields.clone();
            (message["mt"], message["api"]) = (json!(mt), json!("PbxApi"));
            assert_eq!(connection.ask(message).await["errorText"], text);
            let rules: Vec<_> = pbx.take_violations().iter().map(|violation| violation.rule).collect();
            assert_eq!(rules, [rule]);
        }
    }
}
