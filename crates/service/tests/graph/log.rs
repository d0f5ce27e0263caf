//! What the log tells, and what it never does.

use std::cell::RefCell;
use std::io;

use graph_sim::{Endpoint, Fault, User};
use pbx_calendar::source::{MailboxState, Wanted};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::support::{Source, address, meeting, sim, user};

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

/// What is logged while everything happens that can happen to a mailbox. Of libraries as much as the service lets
/// through.
async fn log() -> String {
    let targets =
        Targets::new().with_default(LevelFilter::WARN).with_target("pbx_calendar", LevelFilter::TRACE);
    let format = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(|| Writer);
    // Fails if the other test was faster.
    let _ = tracing_subscriber::registry().with(format).with(targets).try_init();

    let sim = sim(&["anna"]).await;
    sim.add_user(User { in_scope: false, ..User::new(address("hidden")) }).unwrap();
    let mut source = Source::new(sim, &["anna"]).await;
    let addresses = vec![address("nobody"), address("noone")];
    let nobody = Wanted { addresses, ..user("nobody") };
    source.want(&[user("anna"), user("hidden"), nobody]);
    source.sim.add(&address("anna"), meeting("Geheimnis", 1)).unwrap();
    source.until_titles("anna", &["Geheimnis"]).await;
    source.until_state("hidden", MailboxState::NotInScope).await;
    source.until_state("nobody", MailboxState::NoMailbox).await;
    for fault in [Fault::status(500), Fault::throttled(0), Fault::status(410).at(Endpoint::Delta)] {
        source.sim.fault(fault.times(4)).unwrap();
        source.sim.add(&address("anna"), meeting("Geheimnis", 1)).unwrap();
    }
    source.until_titles("anna", &["Geheimnis"; 4]).await;
    source.sim.down().await;
    source.until_error("network").await;
    source.sim.up().await;
    source.until_healthy().await;
    source.sim.remove_user(&address("anna")).unwrap();
    source.until_state("anna", MailboxState::NoMailbox).await;
    String::from_utf8(LOG.take()).unwrap()
}

#[tokio::test]
async fn neither_titles_nor_secrets_are_logged_at_any_level() {
    let log = log().await;
    assert!(log.contains("calendarView/delta"), "debugging shows requests");
    for secret in ["Geheimnis", "graph-sim-secret", "eyJ", "deltatoken="] {
        assert_eq!(log.lines().find(|line| line.contains(secret)), None, "{secret}");
    }
}

#[tokio::test]
async fn addresses_are_hashed_in_what_is_logged_by_default() {
    let log = log().await;
    let is_default = |line: &&str| !line.contains("DEBUG") && !line.contains("TRACE");
    let log: String = log.lines().filter(is_default).map(|line| line.to_owned() + "\n").collect();
    assert!(log.contains("mailbox found"));
    assert!(log.contains("cannot be reached"));
    for name in ["anna", "hidden", "nobody", "noone"] {
        assert!(!log.contains(name), "{name}: {log}");
    }
}
