//! What goes wrong, one by one. Afterwards every presence is right, and nothing was written twice.

use std::time::Duration;

use chrono::TimeDelta;
use graph_sim::{Appointment, Change, Effect, Fault};
use pbx_sim::{Options, Pbx, Reading, User};
use serde_json::json;
use tempfile::TempDir;

use super::world::{self, SECRET, World, busy, host, now, running, settings, soon};
use crate::support::server::set_password;
use crate::support::{Postgres, Server, get};

#[tokio::test(flavor = "multi_thread")]
async fn a_pbx_that_loses_its_connection_is_compared_and_one_that_restarts_is_told_again() {
    let world = World::new(&["anna", "bert"]).await;
    let (meeting, end) = running("Meeting", 30);
    let id = world.add("anna", meeting);
    world.until("anna", &busy("Meeting", end)).await;
    let before = world.pbx.total_writes();
    world.pbx.drop_connection();
    soon("replicated", world.pbx.until_replicated()).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(world.pbx.total_writes(), before, "everything is shown already");

    world.pbx.unplug();
    let later = end + TimeDelta::minutes(5);
    world.change("anna", &id, Change::time(now() - TimeDelta::hours(1), later));
    tokio::time::sleep(Duration::from_secs(1)).await;
    world.pbx.plug();
    world.until("anna", &busy("Meeting", later)).await;
    assert_eq!(world.pbx.total_writes(), before + 1);

    world.pbx.restart();
    world.until("anna", &busy("Meeting", later)).await;
    world.until("bert", "Free").await;
    assert_eq!(world.pbx.total_writes(), before + 3);
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_deleted_while_the_pbx_was_away_is_gone() {
    let mut world = World::new(&["anna", "bert"]).await;
    world.pbx.unplug();
    world.pbx.delete_user("bert");
    world.pbx.plug();
    world.until_status("one user", |status| status["users"] == 1).await;
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_slow_pbx_cannot_take_is_queued_and_the_newest_wins() {
    let world = World::new(&["anna"]).await;
    world.pbx.delay_results(Duration::from_secs(2));
    let (first, _) = running("First", 10);
    let id = world.add("anna", first);
    soon("the first", world.pbx.until(|pbx| pbx.note("anna")?.starts_with("First").then_some(()))).await;
    let before = world.pbx.writes("anna");
    for minutes in 11..15 {
        world.change("anna", &id, Change { subject: Some(format!("N{minutes}")), ..Change::default() });
        tokio::time::sleep(Duration::from_millis(350)).await;
    }
    soon("the last", world.pbx.until(|pbx| pbx.note("anna")?.starts_with("N14").then_some(()))).await;
    assert!(world.pbx.writes("anna") <= before + 2, "not all in between");
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn while_graph_is_down_time_goes_on_and_afterwards_changes_come() {
    let mut world = World::new(&["anna"]).await;
    let (start, end) = (now() + TimeDelta::seconds(3), now() + TimeDelta::seconds(6));
    let id = world.add("anna", Appointment::new("Short", start, end));
    soon("announced", world.pbx.until(|pbx| pbx.note("anna")?.contains("Short").then_some(()))).await;
    world.graph.down().await;
    world.until("anna", &busy("Short", end)).await;
    let status = world.until_status("error", |status| status["sync"] == "error").await;
    assert!(status["error"].is_string() && status["errorText"].is_string(), "{status}");
    assert_eq!(status["source"]["connected"], false);
    let ready = get(&host(&world), "/readyz");
    assert_eq!((ready.status, ready.text().trim_end()), (503, status["error"].as_str().unwrap()));
    world.until("anna", "Free").await;
    world.graph.up().await;
    let longer = now() + TimeDelta::minutes(30);
    world.change("anna", &id, Change::time(start, longer));
    world.until("anna", &busy("Short", longer)).await;
    world.until_status("running", |status| status["sync"] == "running").await;
    assert_eq!(get(&host(&world), "/readyz").status, 200);
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn throttling_expired_links_and_half_answers_pass() {
    let world = World::new(&["anna"]).await;
    let (meeting, end) = running("Meeting", 30);
    let id = world.add("anna", meeting);
    world.until("anna", &busy("Meeting", end)).await;
    let faults = [
        Fault::throttled(1),
        Fault::status(503),
        Fault::new(Effect::CutOff),
        Fault::new(Effect::Drop),
        Fault::new(Effect::Slow { ms: 500 }),
    ];
    for (number, fault) in (1..).zip(faults) {
        world.graph.fault(fault.times(3)).unwrap();
        let later = end + TimeDelta::minutes(number);
        world.change("anna", &id, Change::time(now() - TimeDelta::hours(1), later));
        world.until("anna", &busy("Meeting", later)).await;
    }
    world.graph.expire_delta_tokens(None).unwrap();
    world.graph.expire_access_tokens();
    world.change("anna", &id, Change::cancel());
    world.until("anna", "Free").await;
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_secret_is_told_with_advice_and_the_right_one_sets_all_right() {
    let mut world = World::unconfigured(&["anna"]).await;
    let mut settings = settings(&world.graph);
    settings["clientSecret"] = json!("not-the-secret");
    world.write(settings).await;
    let status = world.until_status("error", |status| status["sync"] == "error").await;
    let text = status["errorText"].as_str().unwrap();
    assert!(text.contains("secret") && !text.contains("not-the-secret"), "{text}");
    world.write(json!({"clientSecret": SECRET})).await;
    world.until("anna", "Free").await;
    let status = world.until_status("running", |status| status["sync"] == "running").await;
    assert_eq!(status.get("error"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pbx_that_answers_nothing_is_disconnected_and_right_again() {
    let mut world = World::new(&["anna"]).await;
    world.pbx.set_reading(Reading::Stopped);
    let (meeting, end) = running("Meeting", 30);
    world.add("anna", meeting);
    // Half a minute of silence is believed.
    tokio::time::sleep(Duration::from_secs(25)).await;
    assert_eq!(world.status().await["pbx"]["connected"], true);
    world.until_status("disconnected", |status| status["pbx"]["connected"] == false).await;
    world.pbx.set_reading(Reading::Prompt);
    soon("connected again", world.pbx.until(|pbx| (pbx.logins() == 2).then_some(()))).await;
    world.until("anna", &busy("Meeting", end)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_kill_9_nothing_is_written_twice_and_what_changed_is_written() {
    kill_9(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_kill_9_it_is_the_same_with_postgresql() {
    let Some(postgres) = Postgres::start() else { return };
    kill_9(&["--database", &postgres.url()]).await;
}

/// The service as a process that can be killed.
async fn kill_9(database: &[&str]) {
    let graph = world::graph(&["anna", "bert"]).await;
    let (data, password) = (TempDir::new().unwrap(), "instance-password");
    set_password(data.path(), database, password);
    let url = graph.url();
    let environment = [("PBX_CALENDAR_LOGIN_URL", url.as_str()), ("PBX_CALENDAR_GRAPH_URL", url.as_str())];
    let mut server = Server::start_with(data.path(), password, database, &environment);
    let mut manager = server.manager().await;
    assert_eq!(manager.write(settings(&graph)).await["result"], "ok");
    let start = now() + TimeDelta::seconds(8);
    let end = now() + TimeDelta::minutes(30);
    graph.add(&world::address("anna"), Appointment::new("Title of a meeting", start, end)).unwrap();

    let app = format!("{}pbxcalendar-calendar", server.url);
    let pbx = Pbx::start(Options { domain: world::DOMAIN.to_owned(), ..Options::new(app, password) });
    for (number, user) in (1_u32..).zip(["anna", "bert"]) {
        pbx.add_user(User::new(&world::guid(number), user));
    }
    soon("announced", pbx.until(|pbx| pbx.note("anna")?.contains("Title").then_some(()))).await;
    soon("free", pbx.until_note("bert", "Free")).await;
    let before = pbx.total_writes();
    server.kill();
    let listen = server.host().to_owned();
    graph.down().await;
    let server =
        Server::start_with(data.path(), password, &[database, &["--listen", &listen]].concat(), &environment);
    soon("begins on time, from what is stored", pbx.until_note("anna", &busy("Title of a meeting", end)))
        .await;
    assert_eq!(pbx.total_writes(), before + 1);
    assert_eq!(pbx.violations(), []);
    let log = server.log();
    for secret in ["Title", SECRET, password, "anna@", "contoso.example\""] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_pbx_is_waited_for_and_monitoring_agrees() {
    let mut world = World::new(&["anna"]).await;
    world.write(json!({"pbxName": "elsewhere"})).await;
    let status = world.until_status("missing", |status| status["error"] == "pbxNotConnected").await;
    assert_eq!(status["sync"], "starting");
    assert_eq!(status["facts"], json!({"pbx": "elsewhere", "connected": ["master"]}));
    assert_eq!(get(&host(&world), "/readyz").status, 200);
}
