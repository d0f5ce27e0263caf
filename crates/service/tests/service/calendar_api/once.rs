//! Never two appointments for one key, never none after a 201: lost answers, kills, races.

use std::time::Duration;

use graph_sim::{Appointment, Effect, Endpoint, Fault};
use serde_json::json;
use tokio::time::sleep;

use super::world::{ANNA, World, at, visit, with};

/// Waits for something in the stand-in.
async fn until(what: &str, mut happened: impl FnMut() -> bool) {
    for _ in 0..2000 {
        if happened() {
            return;
        }
        sleep(Duration::from_millis(5)).await;
    }
    panic!("in vain: {what}");
}

#[tokio::test]
async fn the_same_key_gives_the_same_appointment() {
    let mut world = World::new().await;
    let caller = world.caller("crm").await;
    let created = caller.create("key", &visit(0)).await;
    let again = caller.create("key", &visit(0)).await;
    assert_eq!((created.status, again.status), (201, 200));
    assert_eq!(created.body, again.body);
    assert_eq!(caller.create("key", &visit(1)).await.error(), (422, "keyReused"));
    let other = world.caller("other").await;
    let own = with(visit(0), &json!({"onConflict": "allow"}));
    assert_eq!(other.create("key", &own).await.status, 201, "keys are those of a caller");
    let body = visit(60);
    let (one, two) = tokio::join!(caller.create("both", &body), caller.create("both", &body));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!((statuses, &one.body), ([200, 201], &two.body));
    assert_eq!(world.of_anna().len(), 3);
    world.kill().await;
    let caller = world.again(&caller);
    assert_eq!(caller.create("key", &visit(0)).await.body, created.body);
}

#[tokio::test]
async fn a_lost_answer_leaves_one_appointment() {
    let mut world = World::new().await;
    let caller = world.caller("crm").await;
    let faults = [
        (Effect::Lost, 1, 201),
        (Effect::CutOff, 1, 201),
        (Effect::Lost, 2, 504),
        (Effect::Drop, 1, 504),
        (Effect::Drop, 2, 504),
        (Effect::Status { status: 500, code: None, retry_after: None }, 1, 504),
        (Effect::Status { status: 502, code: None, retry_after: None }, 2, 504),
        (Effect::Status { status: 503, code: None, retry_after: Some(9) }, 1, 503),
        (Effect::Status { status: 429, code: None, retry_after: Some(9) }, 1, 503),
    ];
    for (round, (effect, times, status)) in (0_i64..).zip(faults) {
        let (key, body) = (format!("key{round}"), visit(round * 60));
        world.graph.fault(Fault::new(effect.clone()).at(Endpoint::Events).times(times)).unwrap();
        let first = caller.create(&key, &body).await;
        assert_eq!(first.status, status, "{effect:?} {first:?}");
        if status == 503 {
            assert_eq!(first.header("retry-after"), Some("9"));
        }
        world.graph.clear_faults();
        let again = caller.create(&key, &body).await;
        assert_eq!(again.status, if status == 201 { 200 } else { 201 }, "{effect:?} {again:?}");
        assert_eq!(world.of_anna().len(), usize::try_from(round).unwrap() + 1, "{effect:?}");
    }
}

#[tokio::test]
async fn a_transaction_that_microsoft_knows_is_looked_for() {
    let mut world = World::new().await;
    let caller = world.caller("crm").await;
    // Created, and neither the answer nor the look for it comes back; the next look finds nothing either.
    world.graph.fault(Fault::new(Effect::Lost).at(Endpoint::Events).times(2)).unwrap();
    assert_eq!(caller.create("key", &visit(0)).await.error(), (504, "unknown"));
    assert_eq!(world.of_anna().len(), 1);
    assert_eq!(caller.create("key", &visit(0)).await.status, 201);
    assert_eq!(world.of_anna().len(), 1);
    // Somebody has deleted what was created meanwhile: no second one is made.
    world.graph.fault(Fault::new(Effect::Lost).at(Endpoint::Events).times(2)).unwrap();
    assert_eq!(caller.create("gone", &visit(60)).await.error(), (504, "unknown"));
    let (id, _) = world.graph.appointments(ANNA).unwrap().remove(1);
    world.graph.delete(ANNA, &id).unwrap();
    assert_eq!(caller.create("gone", &visit(60)).await.error(), (504, "unknown"));
    assert_eq!(world.of_anna().len(), 1);
}

#[tokio::test]
async fn a_kill_at_any_step_leaves_one_appointment() {
    let mut world = World::new().await;
    let mut caller = world.caller("crm").await;
    let slow = |endpoint| Fault::new(Effect::Slow { ms: 4000 }).at(endpoint);
    let held = |endpoint| Fault::new(Effect::Held { ms: 4000 }).at(endpoint);
    // Before anything is read; before and after it is written; at the look for others.
    let steps = [
        ("users", slow(Endpoint::Users), Endpoint::Users, 1, 0),
        ("view", slow(Endpoint::View), Endpoint::View, 1, 0),
        ("not yet", slow(Endpoint::Events), Endpoint::Events, 1, 0),
        ("written", held(Endpoint::Events), Endpoint::Events, 1, 1),
    ];
    for (round, (step, fault, endpoint, requests, written)) in (0_i64..).zip(steps) {
        world.graph.reset_counts();
        world.graph.fault(fault).unwrap();
        let before = world.of_anna().len();
        let (sender, body) = (caller.clone(), visit(round * 60));
        let sent = tokio::spawn(async move { sender.try_create("key", &body).await });
        let graph = world.graph.control();
        until(step, || graph.counts().of(endpoint) >= requests).await;
        let count = || graph.appointments(ANNA).unwrap().len();
        until(step, || count() == before + written).await;
        world.kill().await;
        sent.await.unwrap();
        world.graph.clear_faults();
        caller = world.again(&caller);
        let created = caller.create("key", &visit(round * 60)).await;
        assert_eq!(created.status, 201, "{step} {created:?}");
        assert_eq!(world.of_anna().len(), before + 1, "{step}");
        let id = world.graph.appointments(ANNA).unwrap().remove(before).0;
        assert_eq!(caller.create("key", &visit(round * 60)).await.status, 200);
        world.graph.delete(ANNA, &id).unwrap();
        caller = world.caller(step).await;
    }
}

#[tokio::test]
async fn two_callers_race_and_one_wins() {
    let mut world = World::new().await;
    let (one, other) = (world.caller("one").await, world.caller("other").await);
    for round in 0..200 {
        let (key, body) = (format!("key{round}"), visit(round * 40));
        let (first, second) = tokio::join!(one.create(&key, &body), other.create(&key, &body));
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "{first:?} {second:?}");
    }
    assert_eq!(world.of_anna().len(), 200);
}

#[tokio::test]
async fn whoever_came_between_stays_and_ours_goes() {
    let mut world = World::new().await;
    let caller = world.caller("crm").await;
    // The mailbox has been looked at and found free when the request to create comes.
    world.graph.fault(Fault::new(Effect::Slow { ms: 1500 }).at(Endpoint::Events).times(1)).unwrap();
    let sender = caller.clone();
    let sent = tokio::spawn(async move { sender.create("key", &visit(0)).await });
    let graph = world.graph.control();
    until("the request to create", || graph.counts().of(Endpoint::Events) == 1).await;
    let theirs = world.graph.add(ANNA, Appointment::new("Theirs", at(10), at(20))).unwrap();
    let refused = sent.await.unwrap();
    assert_eq!(refused.error(), (409, "conflict"));
    let left: Vec<String> = world.of_anna().into_iter().map(|one| one.subject).collect();
    assert_eq!(left, ["Theirs"]);
    world.graph.delete(ANNA, &theirs).unwrap();
    assert_eq!(caller.create("key", &visit(0)).await.status, 201, "the key is good for another attempt");
    assert_eq!(world.of_anna().len(), 1);
}
