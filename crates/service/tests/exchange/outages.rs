//! What keeps all mailboxes from being read, and how many find out that it is over.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use exchange_sim::{BusyForm, Effect, Fault, Operation};
use tokio::net::TcpListener;

use crate::support::{ANNA, Start, meeting, sim, until};

/// Accepts connections and closes them without a word. How many there were, and how many at once at most.
struct Closer {
    port: u16,
    accepted: Arc<AtomicU64>,
}

impl Closer {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let accepted = Arc::<AtomicU64>::default();
        let count = Arc::clone(&accepted);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::Relaxed);
                drop(stream);
            }
        });
        Self { port, accepted }
    }

    fn accepted(&self) -> u64 {
        self.accepted.load(Ordering::Relaxed)
    }
}

#[tokio::test]
async fn a_network_that_does_not_lead_there_is_told() {
    let sim = sim(&["anna"]).await;
    let mut start = Start::known(&sim);
    start.settings.ews_url = format!("https://localhost:{}/EWS/Exchange.asmx", Closer::start().await.port);
    let advice = start.run(&["anna"]).await.until_error("network").await;
    assert!(advice.text.contains("localhost") && advice.text.contains("proxy"), "{}", advice.text);
}

#[tokio::test]
async fn a_proxy_that_is_in_the_way_is_told() {
    let sim = sim(&["anna"]).await;
    // One that is not there, and one that does not let through.
    for proxy in [format!("http://127.0.0.1:{}", Closer::start().await.port), sim.proxy_url()] {
        let mut start = Start::known(&sim);
        start.settings.http_proxy = proxy;
        start.settings.ews_url = "https://nowhere.test/EWS/Exchange.asmx".to_owned();
        let advice = start.run(&["anna"]).await.until_error("proxy").await;
        assert!(advice.text.contains("proxy") && advice.text.contains("nowhere.test"), "{}", advice.text);
    }
}

#[tokio::test]
async fn a_server_that_is_too_busy_for_anybody_is_told() {
    let sim = sim(&["anna", "ben"]).await;
    let busy = Effect::Busy { ms: Some(20), form: BusyForm::Fault, status: 500 };
    sim.fault(Fault::new(busy).at(Operation::FindItem));
    let mut told = Start::known(&sim).run(&["anna", "ben"]).await;
    told.until_error("throttled").await;
    sim.clear_faults();
    told.until_titles("anna", &[]).await;
    told.until_titles("ben", &[]).await;
    told.until_healthy().await;
}

#[tokio::test]
async fn after_eight_refusals_in_a_row_everybody_leaves_the_server_alone() {
    let names: Vec<String> = (0..40).map(|number| format!("user{number:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let sim = sim(&names).await;
    let wait = Duration::from_secs(3);
    let busy = Effect::Busy { ms: Some(3000), form: BusyForm::Fault, status: 500 };
    sim.fault(Fault::new(busy).at(Operation::FindItem));
    let began = Instant::now();
    let _told = Start::known(&sim).run(&names).await;
    // Those under way with the eighth may be refused as well: never more than the four of the beginning.
    until("more than eight", || sim.counts().of(Operation::FindItem) > 8 + 4).await;
    assert!(began.elapsed() >= wait, "{:?}", began.elapsed());
}

#[tokio::test]
async fn one_finds_out_whether_the_server_is_back() {
    let names: Vec<String> = (0..20).map(|number| format!("user{number:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let sim = sim(&names).await;
    let closer = Closer::start().await;
    let mut start = Start::known(&sim);
    start.settings.ews_url = format!("https://localhost:{}/EWS/Exchange.asmx", closer.port);
    let began = Instant::now();
    let mut told = start.run(&names).await;
    told.until_error("network").await;
    until("some attempts", || closer.accepted() >= 12).await;
    // The waits are 25 to 50 ms, then 50 to 100, and so on up to 400; only the first four went together.
    let least: u64 = [25, 50, 100, 200, 200, 200, 200].iter().sum();
    assert!(began.elapsed() >= Duration::from_millis(least), "{:?}", began.elapsed());
}

#[tokio::test]
async fn after_an_outage_all_is_right_again() {
    let sim = sim(&["anna", "ben"]).await;
    let mut told = Start::known(&sim).run(&["anna", "ben"]).await;
    told.until_titles("anna", &[]).await;
    told.until_titles("ben", &[]).await;
    sim.down().await;
    told.resync(None).await;
    told.until_error("network").await;
    sim.add(ANNA, meeting("Meanwhile", 2)).unwrap();
    sim.up().await.unwrap();
    told.until_titles("anna", &["Meanwhile"]).await;
    told.until_healthy().await;
}
