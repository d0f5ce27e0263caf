//! What a test does to a PBX, and waiting for what comes of it.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use pbx_sim::{Options, Pbx, Presence, Reading, User};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::service::{Connection, Service, connected, soon};

/// Long enough to see that something does not happen.
const MOMENT: Duration = Duration::from_millis(100);

fn set(number: u32, note: &str) -> Value {
    let user = User::numbered(number);
    json!({
        "mt": "SetPresence", "api": "PbxApi", "sip": user.h323, "guid": user.guid,
        "contact": "calendar:", "activity": "", "note": note,
    })
}

async fn pair() -> (Service, Pbx, Connection) {
    let service = Service::start().await;
    let pbx = Pbx::start(service.options());
    pbx.add_numbered_users(3);
    let connection = service.log_in().await;
    (service, pbx, connection)
}

#[tokio::test]
async fn a_dropped_connection_comes_back_and_presences_stay() {
    let (service, pbx, mut connection) = pair().await;
    connection.ask(set(1, "Free")).await;
    pbx.drop_connection();
    assert_eq!(connection.until_closed().await, None);
    let mut connection = service.log_in().await;
    assert_eq!(pbx.note("user1").as_deref(), Some("Free"));
    // Replications and subscriptions ended with the connection.
    let next = json!({"mt": "ReplicateNext", "api": "PbxTableUsers"});
    assert_eq!(connection.ask(next).await["errorText"], "no replication with this src was started");
    assert_eq!(pbx.logins(), 2);
}

#[tokio::test]
async fn a_restart_forgets_presences() {
    let (service, pbx, mut connection) = pair().await;
    connection.ask(set(1, "Free")).await;
    pbx.restart();
    assert_eq!(pbx.presences("user1"), []);
    assert_eq!(connection.until_closed().await, None);
    service.log_in().await;
    assert_eq!(pbx.user_count(), 3);
}

#[tokio::test]
async fn an_unplugged_pbx_stays_away_until_it_is_plugged() {
    let (service, pbx, mut connection) = pair().await;
    pbx.unplug();
    soon(pbx.until_disconnected()).await;
    assert_eq!(connection.until_closed().await, None);
    assert!(tokio::time::timeout(MOMENT, service.accept()).await.is_err());
    pbx.plug();
    let _connection = service.log_in().await;
    soon(pbx.until_connected()).await;
}

#[tokio::test]
async fn a_closed_connection_is_opened_again() {
    let (service, pbx, mut connection) = pair().await;
    connection.wire.close(None).await.unwrap();
    // The PBX answers the close frame.
    while let Some(frame) = soon(connection.wire.next()).await {
        assert!(frame.unwrap().is_close());
    }
    soon(pbx.until_disconnected()).await;
    let connection = service.log_in().await;
    drop(connection);
    soon(pbx.until_disconnected()).await;
    service.log_in().await;
    assert_eq!(pbx.violations(), []);
}

#[tokio::test]
async fn dropping_the_last_handle_ends_the_pbx() {
    let (service, pbx, mut connection) = pair().await;
    let clone = pbx.clone();
    drop(pbx);
    assert!(clone.is_connected());
    drop(clone);
    assert_eq!(connection.until_closed().await, None);
    assert!(tokio::time::timeout(MOMENT, service.accept()).await.is_err());
}

#[tokio::test]
async fn a_pbx_that_does_not_read_still_tells() {
    let (pbx, mut connection) = connected().await;
    let start = json!({"mt": "ReplicateStart", "api": "PbxTableUsers", "add": true, "columns": {"h323": {}}});
    connection.ask(start).await;
    pbx.set_reading(Reading::Stopped);
    connection.send(set(1, "Free")).await;
    pbx.add_user(User::numbered(4));
    assert_eq!(connection.receive().await["columns"], json!({"h323": "user4"}));
    assert!(tokio::time::timeout(MOMENT, pbx.until_note("user1", "Free")).await.is_err());
    pbx.set_reading(Reading::Prompt);
    assert_eq!(connection.receive().await["mt"], "SetPresenceResult");
    soon(pbx.until_note("user1", "Free")).await;
}

#[tokio::test]
async fn a_slow_pbx_pauses_before_each_message() {
    const PAUSE: Duration = Duration::from_millis(50);
    let (pbx, mut connection) = connected().await;
    pbx.set_reading(Reading::Slow(PAUSE));
    let mut writes = pbx.watch_writes();
    for number in 1..=3 {
        connection.send(set(number, "Free")).await;
    }
    let mut instants = Vec::new();
    for number in 1..=3 {
        let written = soon(writes.recv()).await.unwrap();
        assert_eq!(written.h323, format!("user{number}"));
        assert_eq!(written.presence, Presence::calendar("", "Free"));
        instants.push(written.at);
    }
    assert!(instants.is_sorted_by(|earlier, later| *later - *earlier >= PAUSE), "{instants:?}");
}

#[tokio::test]
async fn a_service_feels_that_nobody_reads_and_nothing_is_lost() {
    let service = Service::start().await;
    let options = Options { receive_buffer: Some(4096), ..service.options() };
    let pbx = Pbx::start(options);
    pbx.add_numbered_users(1);
    let mut connection = service.log_in().await;
    pbx.set_reading(Reading::Stopped);
    let message = set(1, &"x".repeat(60_000));
    let flood = tokio::spawn(async move {
        // Far more than the buffers of both ends hold.
        for _ in 0..500 {
            connection.send(message.clone()).await;
        }
        connection
    });
    tokio::time::sleep(MOMENT).await;
    assert!(!flood.is_finished());
    assert_eq!(pbx.total_writes(), 0);
    pbx.set_reading(Reading::Prompt);
    let _connection = soon(flood).await.unwrap();
    soon(pbx.until(|pbx| (pbx.total_writes() == 500).then_some(()))).await;
    assert_eq!(pbx.violations(), []);
}

#[tokio::test]
async fn results_can_be_late_and_keep_their_order() {
    let (pbx, mut connection) = connected().await;
    pbx.delay_results(MOMENT);
    for number in 1..=3 {
        let mut message = set(number, "Free");
        message["src"] = json!(number.to_string());
        connection.send(message).await;
    }
    soon(pbx.until_note("user3", "Free")).await;
    // Other answers do not wait.
    connection.is_quiet().await;
    for number in 1..=3 {
        assert_eq!(connection.receive().await["src"], number.to_string());
    }
}

#[tokio::test]
async fn a_rival_replaces_what_the_service_sets() {
    let (pbx, mut connection) = connected().await;
    let rival = Presence::calendar("busy", "Mine");
    assert!(pbx.set_rival("user1", rival.clone()));
    assert_eq!(pbx.calendar_presence("user1"), Some(rival.clone()));
    let subscribe = json!({"mt": "SubscribePresence", "api": "PbxApi", "sip": "user1"});
    for mt in ["SubscribePresenceResult", "PresenceState", "PresenceUpdate"] {
        if mt == "SubscribePresenceResult" {
            connection.send(subscribe.clone()).await;
        }
        assert_eq!(connection.receive().await["mt"], mt);
    }
    assert_eq!(connection.ask(set(1, "Free")).await["mt"], "SetPresenceResult");
    connection.receive().await;
    assert_eq!(connection.receive().await["presence"], json!([rival]));
    assert!(pbx.remove_rival("user1"));
    assert!(!pbx.remove_rival("user1"));
    connection.ask(set(1, "Free")).await;
    assert_eq!(pbx.note("user1").as_deref(), Some("Free"));
    assert_eq!((pbx.writes("user1"), pbx.violations()), (2, vec![]));
}

#[tokio::test]
async fn users_are_named_once() {
    let (pbx, _connection) = connected().await;
    assert!(!pbx.add_user(User::numbered(1)));
    assert!(!pbx.rename_user("user1", "user2"));
    assert!(!pbx.rename_user("nobody", "x"));
    assert!(!pbx.delete_user("nobody"));
    assert!(!pbx.write_presence("nobody", Presence::calendar("", "")));
    assert!(!pbx.set_rival("nobody", Presence::calendar("", "")));
    assert!(pbx.change_user("user1", |user| user.guid = "x".into()));
    assert_eq!(pbx.user("user1"), Some(User::numbered(1)));
    assert_eq!(pbx.user("nobody"), None);
}

#[tokio::test]
async fn cleared_is_missing_or_empty() {
    let (pbx, mut connection) = connected().await;
    soon(pbx.until_cleared("user1")).await;
    connection.ask(set(1, "Free")).await;
    let waiting = tokio::spawn({
        let pbx = pbx.clone();
        async move { pbx.until_cleared("user1").await }
    });
    connection.ask(set(1, "")).await;
    soon(waiting).await.unwrap();
    connection.ask(set(1, "Free again")).await;
    soon(pbx.until_presence("user1", "", "Free again")).await;
}

#[tokio::test]
async fn several_pbxs_share_a_service() {
    let service = Service::start().await;
    let pbxs = ["master", "branch"].map(|name| {
        let pbx = Pbx::start(Options { name: name.into(), ..service.options() });
        pbx.add_numbered_users(1);
        pbx
    });
    let mut names = Vec::new();
    for _ in &pbxs {
        let mut connection = service.accept().await;
        assert!(connection.check_login().await);
        connection.send(json!({"mt": "AppLoginResult", "ok": true})).await;
        let name = connection.receive().await["pbx"].as_str().unwrap().to_owned();
        connection.receive().await;
        connection.ask(set(1, &name)).await;
        names.push(name);
        drop(connection);
        pbxs.iter().find(|pbx| Some(&pbx.options().name) == names.last()).unwrap().unplug();
    }
    names.sort();
    assert_eq!(names, ["branch", "master"]);
    for pbx in &pbxs {
        assert_eq!(pbx.note("user1"), Some(pbx.options().name.clone()));
    }
}

#[tokio::test]
async fn fifty_thousand_users_are_read_and_set() {
    let service = Service::start().await;
    let pbx = Pbx::start(service.options());
    pbx.add_numbered_users(50_000);
    let mut connection = service.log_in().await;
    let start = json!({"mt": "ReplicateStart", "api": "PbxTableUsers", "columns": {"guid": {}, "h323": {}}});
    connection.ask(start).await;
    let next = json!({"mt": "ReplicateNext", "api": "PbxTableUsers"});
    let mut rows = 0;
    while connection.ask(next.clone()).await.get("columns").is_some() {
        rows += 1;
    }
    assert_eq!((rows, pbx.is_replicated()), (50_000, true));
    let (mut requests, mut results) = connection.wire.split();
    let asking = tokio::spawn(async move {
        for number in 1..=50_000 {
            requests.feed(Message::text(set(number, "Free").to_string())).await.unwrap();
        }
        requests.flush().await.unwrap();
        requests
    });
    for _ in 0..50_000 {
        let result = results.next().await.unwrap().unwrap();
        assert_eq!(result, Message::text(r#"{"api":"PbxApi","mt":"SetPresenceResult"}"#));
    }
    assert_eq!((pbx.total_writes(), pbx.violations()), (50_000, vec![]));
    assert_eq!(pbx.note("user50000").as_deref(), Some("Free"));
    drop(asking.await.unwrap());
}
