//! Whatever befalls requests: what is told in the end is right, and nobody else waits for it.

use std::time::Duration;

use graph_sim::{Concurrency, Effect, Endpoint, Fault, Limits};
use pbx_calendar::source::MailboxState;

use crate::support::{Source, address, meeting, sim};

const ANNA: &str = "anna@contoso.example";

/// While this goes on at one mailbox, the other is read; once it is over, so is the first.
async fn one_of_two(fault: Fault) {
    let sim = sim(&["anna", "ben"]).await;
    let mut source = Source::new(sim, &["anna", "ben"]).await;
    source.until_titles("anna", &[]).await;
    source.until_titles("ben", &[]).await;
    source.sim.fault(fault.of(ANNA)).unwrap();
    for (number, title) in ["one", "two", "three"].iter().enumerate() {
        let number = i64::try_from(number).unwrap();
        source.sim.add(ANNA, meeting("behind the fault", 1 + number)).unwrap();
        let id = source.sim.add(&address("ben"), meeting(title, 1)).unwrap();
        source.until_titles("ben", &[title]).await;
        source.sim.delete(&address("ben"), &id).unwrap();
        source.until_titles("ben", &[]).await;
    }
    source.sim.clear_faults();
    source.until_titles("anna", &["behind the fault"; 3]).await;
    source.until_state("anna", MailboxState::Matched).await;
    source.until_healthy().await;
}

#[tokio::test]
async fn errors_of_the_server() {
    one_of_two(Fault::status(500)).await;
    one_of_two(Fault::status(504)).await;
}

#[tokio::test]
async fn too_many_requests() {
    one_of_two(Fault::throttled(1)).await;
    one_of_two(Fault::status(503)).await;
}

#[tokio::test]
async fn half_an_answer_and_none() {
    one_of_two(Fault::new(Effect::CutOff)).await;
    one_of_two(Fault::new(Effect::Drop)).await;
}

#[tokio::test]
async fn slow_answers() {
    one_of_two(Fault::new(Effect::Slow { ms: 3000 })).await;
}

#[tokio::test]
async fn an_expired_link_of_no_avail() {
    one_of_two(Fault::status(410).at(Endpoint::Delta)).await;
}

#[tokio::test]
async fn masters_that_cannot_be_had() {
    one_of_two(Fault::status(500).at(Endpoint::Event)).await;
}

#[tokio::test]
async fn an_expired_link_is_replaced() {
    let sim = sim(&["anna"]).await;
    let id = sim.add(ANNA, meeting("old", 1)).unwrap();
    let mut source = Source::new(sim, &["anna"]).await;
    source.until_titles("anna", &["old"]).await;
    source.sim.expire_delta_tokens(None).unwrap();
    source.sim.delete(ANNA, &id).unwrap();
    source.sim.add(ANNA, meeting("new", 1)).unwrap();
    source.until_titles("anna", &["new"]).await;
    source.sim.add(ANNA, meeting("newer", 1)).unwrap();
    source.until_titles("anna", &["new", "newer"]).await;
}

#[tokio::test]
async fn an_expired_token_is_replaced_and_one_is_renewed_before() {
    let sim = sim(&["anna"]).await;
    sim.set_token_lifetime(chrono::TimeDelta::seconds(3));
    let mut source = Source::new(sim, &["anna"]).await;
    source.until_titles("anna", &[]).await;
    source.sim.expire_access_tokens();
    source.sim.add(ANNA, meeting("after", 1)).unwrap();
    source.until_titles("anna", &["after"]).await;
    let tokens = source.sim.counts().tokens;
    source.until("renewals", |source| source.sim.counts().tokens >= tokens + 2).await;
    assert_eq!(source.health, Some(Ok(())));
}

#[tokio::test]
async fn graph_goes_and_comes_back() {
    let sim = sim(&["anna", "ben"]).await;
    let mut source = Source::new(sim, &["anna", "ben"]).await;
    source.until_titles("anna", &[]).await;
    source.sim.down().await;
    source.until_error("network").await;
    source.sim.add(ANNA, meeting("meanwhile", 1)).unwrap();
    source.sim.up().await;
    source.until_titles("anna", &["meanwhile"]).await;
    source.until_healthy().await;
    source.until_state("ben", MailboxState::Matched).await;
}

#[tokio::test]
async fn a_limit_for_the_whole_application_is_found_and_kept() {
    let names: Vec<String> = (0..60).map(|number| format!("user{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let sim = sim(&names).await;
    sim.set_latency(Duration::from_millis(20));
    sim.set_limits(Limits { concurrency: Concurrency::PerApplication, at_once: 4, ..Limits::default() });
    let mut source = Source::new(sim, &names).await;
    for name in &names {
        source.until_state(name, MailboxState::Matched).await;
    }
    let before = source.sim.counts();
    source.until("a thousand rounds", |source| source.rounds.with_label_values(&["ok"]).get() > 1000).await;
    let after = source.sim.counts();
    let asked = after.of(Endpoint::Delta) - before.of(Endpoint::Delta);
    let refused = after.throttled - before.throttled;
    // About one in twenty; more on a machine that is busy with something else, where answers come in bursts.
    assert!(refused * 5 < asked, "{refused} of {asked} refused");
}

#[tokio::test]
async fn without_a_limit_many_mailboxes_are_asked_at_once() {
    let names: Vec<String> = (0..200).map(|number| format!("user{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let sim = sim(&names).await;
    sim.set_latency(Duration::from_millis(50));
    let mut source = Source::new(sim, &names).await;
    source.until("so many rounds", |source| source.rounds.with_label_values(&["ok"]).get() > 2000).await;
    let counts = source.sim.counts();
    assert!(counts.most_at_once >= 20, "{}", counts.most_at_once);
    assert_eq!(counts.throttled, 0);
}
