//! What many users cost. Not a test of speed, which the machine would decide: run by hand with
//! `cargo test --release -p pbx-calendar --test service scale -- --ignored --nocapture`.

use std::time::{Duration, Instant};

use graph_sim::{Concurrency, GraphSim, Limits};
use pbx_calendar::source::Timing;
use pbx_calendar::{Options, start};
use secrecy::ExposeSecret;
use tempfile::TempDir;

use super::world::{self, DOMAIN, guid, options, settings};
use crate::support::Socket;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures, and takes minutes"]
async fn first_synchronization_and_a_new_session() {
    for users in [1000, 4000, 16_000] {
        measure(users).await;
    }
}

async fn measure(users: u32) {
    let graph = GraphSim::start(graph_sim::Settings::default()).await.unwrap();
    graph.populate(users as usize).unwrap();
    graph.set_limits(Limits { concurrency: Concurrency::Unlimited, ..Limits::default() });
    let data = TempDir::new().unwrap();
    let timing = Timing { poll: Duration::from_mins(5), ..world::timing() };
    let service = start(Options { timing, ..options(&data, &graph) }).await.unwrap();
    let password = service.new_password.as_ref().unwrap().expose_secret().to_owned();
    let pbx = world::pbx(&service.url, &password, &[]);
    for number in 1..=users {
        pbx.add_user(pbx_sim::User::new(&guid(number), &format!("user{number:05}")));
    }
    let mut manager = Socket::connect(&service.url.replacen("http", "ws", 1)).await;
    manager.login("-", &password).await;
    let begin = Instant::now();
    manager.write(settings(&graph)).await;
    pbx.until_replicated().await;
    println!("{users} users read after {:.1?}", begin.elapsed());
    pbx.until(|pbx| (pbx.total_writes() >= u64::from(users)).then_some(())).await;
    println!("{users} users shown after {:.1?}", begin.elapsed());
    let begin = Instant::now();
    pbx.restart();
    pbx.until(|pbx| (pbx.total_writes() >= 2 * u64::from(users)).then_some(())).await;
    println!("{users} users shown again after {:.1?}", begin.elapsed());
    assert_eq!(pbx.violations(), [], "{DOMAIN}");
    drop(pbx);
    service.stop().await;
}
