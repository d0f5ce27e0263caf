//! One at a time, to be cancelled, and over with its connection.

use std::time::{Duration, Instant};

use graph_sim::{Effect, Endpoint, Fault};
use serde_json::{Value, json};

use super::{Told, start};
use crate::support::Socket;
use crate::sync::world::World;

async fn manager(world: &World) -> Socket {
    let url = &world.service.as_ref().unwrap().url;
    let mut socket = Socket::connect(&url.replacen("http", "ws", 1)).await;
    socket.login("-", &world.password).await;
    socket
}

/// Reads up to the step that hangs.
async fn until_running(socket: &mut Socket, step: &str) {
    loop {
        let message = socket.receive().await;
        if message["step"] == step && message["state"] == "running" {
            return;
        }
    }
}

/// A world whose login says nothing for a minute.
async fn silent() -> World {
    let world = World::new(&["anna"]).await;
    let slow = Fault::new(Effect::Slow { ms: 60_000 });
    world.graph.fault(slow.at(Endpoint::Token)).unwrap();
    world
}

async fn busy(socket: &mut Socket) -> Value {
    start(socket, json!({})).await;
    loop {
        let message = socket.receive().await;
        if message["mt"] == "TestConnectionResult" {
            return message;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_is_cancelled_at_once() {
    let mut world = silent().await;
    start(&mut world.manager, json!({})).await;
    until_running(&mut world.manager, "token").await;
    let began = Instant::now();
    world.manager.send(json!({"mt": "CancelTest", "api": "Calendar", "src": "c"})).await;
    let told = Told::read(&mut world.manager).await;
    // That nothing is waited for is shown beside `connection_test::run`.
    assert!(began.elapsed() < Duration::from_secs(10), "not after the minute of silence");
    assert_eq!((&told.result["ok"], &told.result["cancelled"]), (&json!(false), &json!(true)));
    assert_eq!(told.state("token"), "skipped");
    let answer = world.ask("CancelTest", json!({})).await;
    assert_eq!(answer["ok"], false, "there is none any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_test_a_connection_two_in_all_and_none_without_its_connection() {
    let mut world = silent().await;
    start(&mut world.manager, json!({})).await;
    until_running(&mut world.manager, "token").await;
    assert_eq!(busy(&mut world.manager).await["error"], "busy", "its own runs");
    let dry_run = world.ask("DryRun", json!({"ConfigItems": {"mapBusy": 2}})).await;
    assert_eq!(dry_run["error"], "busy", "whatever takes a while");
    let [mut second, mut third] = [manager(&world).await, manager(&world).await];
    start(&mut second, json!({})).await;
    until_running(&mut second, "token").await;
    assert_eq!(busy(&mut third).await["error"], "busy", "two run");
    drop(second);
    let began = Instant::now();
    loop {
        start(&mut third, json!({"only": ["pbx"]})).await;
        let told = Told::read(&mut third).await;
        if told.result["ok"] == true {
            break;
        }
        assert_eq!(told.result["error"], "busy");
        assert!(began.elapsed() < Duration::from_secs(30), "it ends with its connection");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_hangs_is_slow_and_the_others_go_on() {
    let mut world = silent().await;
    start(&mut world.manager, json!({})).await;
    let told = Told::read(&mut world.manager).await;
    assert_eq!(told.verdict("token")[..3], ["failed", "slow", "slow"]);
    assert_eq!([told.state("mailbox"), told.state("pbx")], ["skipped", "ok"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_and_odd_questions_get_no_test() {
    let mut world = World::new(&["anna"]).await;
    let answer = world.ask("TestConnection", json!({"only": ["nothing"]})).await;
    assert_eq!(answer["error"], "unknownStep");
    let answer = world.ask("TestConnection", json!({"mailbox": 7})).await;
    assert_eq!(answer["error"], "invalidQuery");
    let url = &world.service.as_ref().unwrap().url;
    let mut stranger = Socket::connect(&url.replacen("http", "ws", 1)).await;
    let answer = stranger.ask(json!({"mt": "TestConnection", "api": "Calendar"})).await;
    assert_eq!(answer["result"], "AccessDenied");
}
