//! Limits and faults as a client sees them.

use std::time::Duration;

use crate::common::{ANNA, Asker, BEN, WINDOW, instant, start};
use chrono::TimeDelta;
use futures_util::future::join_all;
use graph_sim::{Appointment, Concurrency, Effect, Endpoint, Fault, GraphSim, Limits};

/// How many of these requests at once get through, and how many are throttled.
async fn at_once(asker: &Asker, users: &[&str]) -> (usize, usize) {
    let answers = join_all(users.iter().map(|user| asker.delta(user))).await;
    for answer in answers.iter().filter(|answer| answer.status == 429) {
        let message = "Application is over its MailboxConcurrency limit.";
        assert_eq!(answer.refusal(), (429, "ApplicationThrottled", message));
        assert_eq!(answer.header("retry-after"), "1");
    }
    let with = |status| answers.iter().filter(|answer| answer.status == status).count();
    (with(200), with(429))
}

fn limit(sim: &GraphSim, concurrency: Concurrency) {
    sim.set_limits(Limits { concurrency, ..Limits::default() });
    // Long enough that all requests are there before the first is answered.
    sim.set_latency(Duration::from_secs(1));
}

#[tokio::test]
async fn both_readings_of_the_limit_of_requests_at_once() {
    let (sim, asker) = start().await;
    let both = [ANNA, ANNA, ANNA, BEN, BEN, BEN];
    limit(&sim, Concurrency::PerMailbox);
    assert_eq!(at_once(&asker, &both).await, (6, 0));
    assert_eq!(at_once(&asker, &[ANNA; 6]).await, (4, 2));
    limit(&sim, Concurrency::PerApplication);
    assert_eq!(at_once(&asker, &both).await, (4, 2));
    limit(&sim, Concurrency::Unlimited);
    assert_eq!(at_once(&asker, &[ANNA; 8]).await, (8, 0));
    assert_eq!((sim.counts().throttled, sim.counts().most_at_once), (4, 8));
}

#[tokio::test]
async fn ten_minutes_are_limited_for_each_mailbox() {
    let (sim, asker) = start().await;
    sim.set_limits(Limits { in_ten_minutes: 2, ..Limits::default() });
    for _ in 0..2 {
        assert_eq!(asker.delta(ANNA).await.status, 200);
    }
    sim.advance(TimeDelta::seconds(400));
    let answer = asker.delta(ANNA).await;
    let message = "Application is over its RequestRate limit.";
    assert_eq!(answer.refusal(), (429, "ApplicationThrottled", message));
    assert_eq!(answer.header("retry-after"), "201");
    assert_eq!(asker.delta(BEN).await.status, 200);
    assert_eq!(asker.get("/users").await.status, 200);
    sim.advance(TimeDelta::seconds(201));
    assert_eq!(asker.delta(ANNA).await.status, 200);
}

#[tokio::test]
async fn statuses_on_demand_befall_whom_they_name() {
    let (sim, asker) = start().await;
    let cases = [
        (Fault::status(403), "ErrorAccessDenied"),
        (Fault::status(410), "SyncStateNotFound"),
        (Fault::status(500), "InternalServerError"),
        (Fault::status(503), "ServiceUnavailable"),
        (Fault::throttled(3), "ApplicationThrottled"),
        (
            Fault::new(Effect::Status {
                status: 410,
                code: Some("resyncRequired".into()),
                retry_after: None,
            }),
            "resyncRequired",
        ),
    ];
    for (fault, code) in cases {
        sim.fault(fault.clone().at(Endpoint::Delta).of(ANNA).times(1)).unwrap();
        assert_eq!(asker.delta(BEN).await.status, 200);
        let answer = asker.delta(ANNA).await;
        assert_eq!(answer.refusal().1, code);
        assert_eq!(answer.header("retry-after"), if code == "ApplicationThrottled" { "3" } else { "" });
        assert_eq!(asker.delta(ANNA).await.status, 200, "{fault:?}");
    }
    assert!(sim.fault(Fault::status(500).of("nobody")).is_err());
    sim.fault(Fault::status(504)).unwrap();
    assert_eq!(asker.delta(ANNA).await.status, 504);
    sim.clear_faults();
    assert_eq!(asker.delta(ANNA).await.status, 200);
}

#[tokio::test]
async fn answers_are_cut_off_in_the_middle_or_never_come() {
    let (sim, asker) = start().await;
    let visit = Appointment::new("Visit", instant("2026-11-23T09:00:00Z"), instant("2026-11-23T10:00:00Z"));
    sim.add(ANNA, visit).unwrap();
    let target = format!("/users/{ANNA}/calendarView/delta?{WINDOW}");
    sim.fault(Fault::new(Effect::CutOff).times(1)).unwrap();
    let mut response = asker.request(&target).send().await.unwrap();
    assert_eq!(response.status(), 200);
    let length = response.content_length().unwrap();
    let mut got = 0;
    while let Ok(Some(chunk)) = response.chunk().await {
        got += chunk.len() as u64;
    }
    assert_eq!(got, length / 2);
    sim.fault(Fault::new(Effect::Drop).times(1)).unwrap();
    assert!(asker.request(&target).send().await.is_err());
    assert_eq!(asker.get(&target).await.status, 200);
    assert_eq!(sim.counts().statuses.get(&0), Some(&1));
}

#[tokio::test]
async fn slow_answers_hold_their_place_among_the_requests_at_once() {
    let (sim, asker) = start().await;
    sim.fault(Fault::new(Effect::Slow { ms: 1000 }).of(ANNA)).unwrap();
    assert_eq!(at_once(&asker, &[ANNA; 5]).await, (4, 1));
    assert_eq!(asker.delta(BEN).await.status, 200);
}

#[tokio::test]
async fn the_server_goes_down_and_comes_back_with_all_it_knew() {
    let (sim, asker) = start().await;
    let (_, first) = asker.round(asker.delta(ANNA).await).await;
    sim.down().await;
    assert!(asker.request("/users").send().await.unwrap_err().is_connect());
    let visit = Appointment::new("Visit", instant("2026-11-23T09:00:00Z"), instant("2026-11-23T10:00:00Z"));
    sim.add(ANNA, visit).unwrap();
    sim.up().await;
    let (rows, _) = asker.round(asker.follow(&first).await).await;
    assert_eq!(crate::common::kinds(&rows), ["Visit"]);
    sim.down().await;
    sim.down().await;
    sim.up().await;
    assert_eq!(asker.get("/users").await.status, 200);
}
