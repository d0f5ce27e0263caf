//! What `ewsDebug` shows, and what it never does.

use std::cell::RefCell;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use calendar::settings::Item;

use exchange_sim::{Account, Effect, Fault, Mailbox, Operation};
use pbx_calendar::source::exchange::sign_in::{Keep, Memory, SignedIn};
use pbx_calendar::source::{Secrets, Sources};
use secrecy::ExposeSecret;
use serde_json::Value;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::sign_in::{of, visit};
use crate::support::{ANNA, DOMAIN, PASSWORD, Start, address, meeting, sim, until};

thread_local! {
    /// What this test has logged: its runtime has one thread, which no other test shares.
    static LOG: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

struct Writer;

impl io::Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.with_borrow_mut(|log| log.extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn listen() {
    let targets =
        Targets::new().with_default(LevelFilter::WARN).with_target("pbx_calendar", LevelFilter::TRACE);
    let format = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(|| Writer);
    // Fails if another test was faster.
    let _ = tracing_subscriber::registry().with(format).with(targets).try_init();
}

fn is_secret(line: &str) -> bool {
    let secrets = [
        "Geheimnis",
        "anna",
        "svc-calendar",
        "geheim",
        "graph-sim-secret",
        "NTLM TlR",
        "Bearer",
        "Cookie",
        "eyJ",
    ];
    secrets.iter().any(|secret| line.contains(secret))
}

#[tokio::test]
async fn the_protocol_is_shown_without_anything_that_is_nobodys_business() {
    listen();
    let sim = sim(&["anna"]).await;
    sim.add(ANNA, meeting("Geheimnis", 2)).unwrap();
    let start = Start::discovered(&sim);
    let sources = start.sources();
    sources.debugging().store(true, Ordering::Relaxed);
    let mut told = start.run_planned(start.plan_of(&sources), &["anna"]).await;
    told.until_titles("anna", &["Geheimnis"]).await;
    until("a stream", || sim.counts().streams == 1).await;
    for fault in [Fault::busy(1), Fault::new(Effect::Html { status: 500 })] {
        sim.fault(fault.at(Operation::FindItem).times(1));
        sim.add(ANNA, meeting("Geheimnis", 2)).unwrap();
    }
    told.until_titles("anna", &["Geheimnis"; 3]).await;
    sim.break_streams(None);
    until("another stream", || sim.counts().streams_opened > 1).await;
    let log = String::from_utf8(LOG.take()).unwrap();
    for word in [
        "EWS request",
        "EWS stream",
        "Autodiscover candidate",
        "operation=\"FindItem\"",
        "code=\"ErrorServerBusy\"",
        "status=200",
        "FindItemResponseMessage",
        "reason=\"broke\"",
    ] {
        assert!(log.contains(word), "{word}: {log}");
    }
    assert_eq!(log.lines().find(|line| is_secret(line)), None);
}

/// A calendar of the cloud is read, with all that may go wrong on the way, and the protocol shown.
async fn read_the_cloud(start: &Start, sources: &Sources, sim: &exchange_sim::ExchangeSim) {
    sources.debugging().store(true, Ordering::Relaxed);
    sim.add(ANNA, meeting("Geheimnis", 2)).unwrap();
    let mut told = start.run_planned(start.plan_of(sources), &["anna"]).await;
    told.until_titles("anna", &["Geheimnis"]).await;
    until("a stream", || sim.counts().streams == 1).await;
    for fault in [Fault::busy(1), Fault::new(Effect::Html { status: 500 }), Fault::status(403)] {
        sim.fault(fault.at(Operation::FindItem).times(1));
        sim.graph().expire_access_tokens();
        sim.add(ANNA, meeting("Geheimnis", 2)).unwrap();
    }
    told.until_titles("anna", &["Geheimnis"; 4]).await;
    sim.graph().fault(graph_sim::Fault::status(401).at(graph_sim::Endpoint::Token).times(1)).unwrap();
    sim.graph().expire_access_tokens();
    sim.break_streams(None);
    until("another stream", || sim.counts().streams_opened > 1).await;
    assert_eq!(sim.violations(), []);
}

/// What was logged, after it was looked at whether the protocol is in it.
fn log_of_the_cloud() -> String {
    let log = String::from_utf8(LOG.take()).unwrap();
    for word in ["EWS request", "EWS stream", "operation=\"FindItem\"", "code=\"ErrorServerBusy\""] {
        assert!(log.contains(word), "{word}: {log}");
    }
    log
}

#[tokio::test]
async fn nothing_of_an_applications_login_is_shown() {
    listen();
    let sim = sim(&[]).await;
    sim.add_mailbox(Mailbox::online(ANNA)).unwrap();
    sim.add_mailbox(Mailbox::online(address("svc-calendar"))).unwrap();
    let start = Start::online(&sim);
    read_the_cloud(&start, &start.sources(), &sim).await;
    assert_eq!(log_of_the_cloud().lines().find(|line| is_secret(line)), None);
}

#[tokio::test]
async fn nothing_of_whoever_signs_in_is_shown() {
    listen();
    let (sim, start) = crate::sign_in::online().await;
    let keep = Arc::new(Memory::default());
    let sources = start.sources().with_keep(keep.clone());
    let desk = sources.desk();
    let secrets: Secrets = [(Item::ClientSecret, "graph-sim-secret".into())].into_iter().collect();
    let mut private = Vec::new();
    // The second one replaces the first.
    for _ in 0..2 {
        let back = visit(&desk.start(&start.settings, &secrets).unwrap()).await;
        let (state, code) = (of(&back, "state"), of(&back, "code"));
        assert!(matches!(desk.finish(&state, Ok(code.clone())).await, SignedIn::Done { .. }));
        private.extend([state, code, refresh_token(&keep).await]);
    }
    read_the_cloud(&start, &sources, &sim).await;
    private.push(refresh_token(&keep).await);
    let log = log_of_the_cloud();
    assert_eq!(log.lines().find(|line| is_secret(line)), None);
    assert!(private.iter().all(|text| text.len() > 8), "{private:?}");
    assert_eq!(private.iter().find(|text| log.contains(text.as_str())), None);
}

/// The one that is kept.
async fn refresh_token(keep: &Memory) -> String {
    let kept = keep.read().await.unwrap().unwrap();
    let kept: Value = serde_json::from_str(kept.expose_secret()).unwrap();
    kept["token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn without_it_there_are_no_such_lines() {
    listen();
    let sim = sim(&[]).await;
    sim.add_mailbox(Mailbox::new(address("anna"))).unwrap();
    sim.add_account(Account::new("svc-calendar", DOMAIN, PASSWORD).with_mailbox(address("svc-calendar")));
    Start::known(&sim).run(&["anna"]).await.until_titles("anna", &[]).await;
    let log = String::from_utf8(LOG.take()).unwrap();
    assert!(log.contains("mailbox found") && !log.contains("EWS request"), "{log}");
    assert_eq!(log.lines().find(|line| is_secret(line)), None);
}
