//! What `ewsDebug` shows, and what it never does.

use std::cell::RefCell;
use std::io;
use std::sync::atomic::Ordering;

use exchange_sim::{Account, Effect, Fault, Mailbox, Operation};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

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
    let secrets = ["Geheimnis", "anna", "svc-calendar", "geheim", "NTLM TlR", "Bearer", "Cookie", "eyJ"];
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
